import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, notFound } from '#core/errors.ts';
import { isPagePath } from '#core/paths.ts';
import { methodsFor, type RouteEntry } from './policy.ts';
import { DOCS_CONTENT_POLICY } from './security-headers.ts';
import { createStaticFiles } from './static-files.ts';

export interface WebDirectories {
  /** The built web app. */
  readonly web: string;
  /** The built documentation page. */
  readonly docs: string;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Answers every request that no route takes: files, the page for every other path, and the errors 404 and 405. */
export function createFallback(directories: WebDirectories, routes: readonly RouteEntry[]): Handler {
  const web = createStaticFiles(directories.web);
  const docs = createStaticFiles(directories.docs);
  return (request, reply) => {
    const path = pathOf(request);
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (path === '/docs' || path.startsWith('/docs/')) {
        // The page names its files relative to itself.
        if (path === '/docs') return reply.redirect('/docs/', 308);
        const name = path.slice('/docs'.length);
        const file = name === '/' ? '/index.html' : name;
        if (!docs.has(file)) throw notFound('page');
        return docs.send(file, request, reply.header('content-security-policy', DOCS_CONTENT_POLICY));
      }
      if (web.has(path)) return web.send(path, request, reply);
      if (isPagePath(path) && web.has('/index.html')) return web.send('/index.html', request, reply);
    }
    const allowed = methodsFor(routes, path);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      reply.header('allow', allowed.join(', '));
      throw new DomainError('method_not_allowed', `${path} takes ${allowed.join(', ')}.`);
    }
    throw notFound('address');
  };
}

function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    throw new DomainError('malformed_request', 'The address is not encoded as UTF-8.');
  }
}
