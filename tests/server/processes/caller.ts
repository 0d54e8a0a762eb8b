import { randomUUID } from 'node:crypto';
import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CallerOptions {
  readonly url: string;
  /** Of a server that signs its own certificate. */
  readonly ca?: string;
  readonly token?: string;
  /** The address to call from. */
  readonly from?: string;
  /** What it says besides. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallAnswer<T> {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: T;
}

/** A client that keeps its connections, as browsers and programs do. */
export interface Caller {
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown, key?: string): Promise<CallAnswer<T>>;
  /** The same, again while the server is not there, as the web app does: with one key for all attempts. */
  persist<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<CallAnswer<T>>;
  /** The answer as it comes; for event streams. */
  open(path: string, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

const TIMEOUT_MS = 15_000;
const PERSIST_MS = 20_000;
const TEMPORARY = [429, 502, 503, 504];

export function createCaller({ url, ca, token, from, headers }: CallerOptions): Caller {
  const secure = url.startsWith('https:');
  const agent = secure
    ? new SecureAgent({ keepAlive: true, maxSockets: 64, ...(ca && { ca }) })
    : new PlainAgent({ keepAlive: true, maxSockets: 64 });

  function send(method: string, path: string, options: { body?: unknown; key?: string; signal?: AbortSignal }) {
    const { body, key, signal } = options;
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = (secure ? secureRequest : plainRequest)(
        `${url}${path}`,
        {
          method,
          agent,
          ...(from && { localAddress: from }),
          ...(signal && { signal }),
          headers: {
            ...headers,
            ...(token && { authorization: `Bearer ${token}` }),
            ...(key && { 'idempotency-key': key }),
            ...(payload !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(payload);
    });
  }

  async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<CallAnswer<T>> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await send(method, path, { body, signal, ...(key && { key }) });
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  return {
    call,
    async persist<T>(method: string, path: string, body?: unknown) {
      const key = method === 'GET' ? undefined : randomUUID();
      const deadline = performance.now() + PERSIST_MS;
      for (let attempt = 0; ; attempt++) {
        const outcome = await call<T>(method, path, body, key).catch((error: Error) => error);
        const isFinal = !(outcome instanceof Error) && !TEMPORARY.includes(outcome.status);
        if (isFinal) return outcome;
        if (performance.now() > deadline) {
          throw new Error(`${method} ${path} failed ${attempt + 1} times`, {
            cause: outcome instanceof Error ? outcome : outcome.body,
          });
        }
        await sleep(Math.random() * Math.min(1_000, 50 * 2 ** attempt));
      }
    },
    open: (path, signal) => send('GET', path, { signal }),
    close: () => agent.destroy(),
  };
}
