import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isPagePath } from '#core/paths.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A server at an address that stays, while its web app is replaced and its network goes away. */
export interface Deployment extends AsyncDisposable {
  readonly url: string;
  /** Paths that somebody asked for, oldest first. */
  readonly requested: string[];
  /** From now on the web app is the one of the directory. */
  upgrade(directory: string): void;
  /** Cuts every connection, until told otherwise. */
  setReachable(reachable: boolean): void;
}

/** Stands before the server at `upstream`. */
export async function startDeployment(upstream: string): Promise<Deployment> {
  const pageHeaders = (await fetch(upstream)).headers;
  const requested: string[] = [];
  let directory: string | undefined;
  let reachable = true;

  const answerFile = async (path: string, from: string, response: ServerResponse): Promise<void> => {
    const name = isPagePath(path) && extname(path) === '' ? '/index.html' : path;
    const body = await readFile(join(from, name)).catch(() => undefined);
    for (const [header, value] of pageHeaders) {
      if (!/^(?:content-(?!security)|etag|vary|date|connection|keep-alive|transfer)/.test(header))
        response.setHeader(header, value);
    }
    response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
    response.writeHead(body === undefined ? 404 : 200).end(body);
  };
  const server = createServer((incoming, response) => {
    if (!reachable) return incoming.socket.destroy();
    const path = new URL(incoming.url ?? '/', upstream).pathname;
    requested.push(path);
    const isStatic = isPagePath(path) || path.startsWith('/assets/') || path === '/sw.js';
    if (directory !== undefined && isStatic) return void answerFile(path, directory, response);
    forward(incoming, response, upstream);
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The deployment has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requested,
    upgrade: (to) => void (directory = to),
    setReachable(to) {
      reachable = to;
      if (!to) server.closeAllConnections();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse, upstream: string): void {
  const { method, headers, url } = incoming;
  const onward = request(new URL(url ?? '/', upstream), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
