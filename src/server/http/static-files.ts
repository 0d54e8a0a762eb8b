import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedEncodings, type Encoding } from './accepted-encoding.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Best first. */
const ENCODINGS: readonly { readonly name: Encoding; readonly suffix: string }[] = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

interface Variant {
  readonly encoding: Encoding | undefined;
  readonly path: string;
}

interface StaticFile {
  readonly type: string;
  readonly immutable: boolean;
  readonly variants: readonly Variant[];
}

interface Content {
  readonly body: Buffer;
  readonly etag: string;
}

/** The files of one directory, listed once: what is not in the list does not exist, whatever a path looks like. */
export interface StaticFiles {
  has(path: string): boolean;
  send(path: string, request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

export function createStaticFiles(directory: string): StaticFiles {
  const files = listFiles(directory);
  const contents = new Map<string, Content>();
  const load = (path: string): Content => {
    let content = contents.get(path);
    if (!content) {
      const body = readFileSync(path);
      content = { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
      contents.set(path, content);
    }
    return content;
  };
  return {
    has: (path) => files.has(path),
    send(path, request, reply) {
      const file = files.get(path);
      if (!file) throw new Error(`no such file: ${path}`);
      const accepted = acceptedEncodings(request.headers['accept-encoding']);
      const variant = file.variants.find(({ encoding }) => encoding === undefined || accepted.includes(encoding));
      if (!variant) throw new Error(`no variant of ${path}`);
      const { body, etag } = load(variant.path);
      reply.headers({
        // Names with a hash never change their content; everything else is asked for again and mostly not sent.
        'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        etag,
        vary: 'Accept-Encoding',
      });
      const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
      if (known.includes(etag) || known.includes(`W/${etag}`)) return reply.code(304).send();
      if (variant.encoding) reply.header('content-encoding', variant.encoding);
      return reply.type(file.type).send(body);
    },
  };
}

function listFiles(directory: string): ReadonlyMap<string, StaticFile> {
  const names = listNames(directory);
  const all = new Set(names);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    const path = join(directory, name);
    const encoded = ENCODINGS.filter(({ suffix }) => all.has(name + suffix));
    files.set(`/${name.split(sep).join('/')}`, {
      type,
      immutable: /^assets[/\\].*[-.][\w-]{8,}\.\w+$/.test(name),
      variants: [
        ...encoded.map((encoding) => ({ encoding: encoding.name, path: path + encoding.suffix })),
        { encoding: undefined, path },
      ],
    });
  }
  return files;
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(directory, name)).isFile(),
    );
  } catch (error) {
    // Not built: a server for the API alone.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
