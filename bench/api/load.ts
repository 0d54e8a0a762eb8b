import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';

export interface LoadOptions {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  /** A JSON body makes it a POST. */
  readonly body?: unknown;
  /** Requests per second over all connections; default: as many as it can. */
  readonly rate?: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** Requests from a process of its own, so that the generator does not share the event loop of what it measures. */
export async function load({ url, token, connections, seconds, body, rate }: LoadOptions): Promise<LoadResult> {
  const flags = ['--json', '-c', `${connections}`, '-d', `${seconds}`, '-H', `authorization: Bearer ${token}`];
  if (body !== undefined) flags.push('-m', 'POST', '-H', 'content-type: application/json', '-b', JSON.stringify(body));
  if (rate !== undefined) flags.push('-R', `${rate}`);
  const child = spawn(process.execPath, [autocannon, ...flags, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  const result = (await json(child.stdout)) as AutocannonResult;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`);
  }
  // Not `requests.average`, which counts whole seconds only.
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

interface AutocannonResult {
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
}
