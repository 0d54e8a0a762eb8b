import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTend, type TendProcess } from '#tests/support/tend-process.ts';

export interface Account {
  readonly token: string;
  readonly userId: string;
  readonly inboxId: string;
}

const ENV = {
  CREATE_DEMO_USER: 'false',
  LOG_LEVEL: 'error',
  RATE_LIMIT_FACTOR: '10000',
  ACCESS_TOKEN_EXPIRE_MINUTES: '600',
};

export function startMeasured(dataDirectory: string, env: Readonly<Record<string, string>> = {}): Promise<TendProcess> {
  return startTend({ dataDirectory, env: { ...ENV, ...env } });
}

export async function call<T>(url: string, path: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const CREDENTIALS = { username: 'bench', password: 'a password for measuring' };

export async function logIn(url: string, how: 'signup' | 'login'): Promise<Account> {
  const answer = await call<{ access_token: string; user: { id: string } }>(url, `/auth/${how}`, CREDENTIALS);
  const token = answer.access_token;
  const { items } = await call<{ items: { id: string; inbox: boolean }[] }>(url, '/projects', undefined, token);
  const inboxId = items.find((project) => project.inbox)?.id;
  if (!inboxId) throw new Error('the account has no inbox');
  return { token, userId: answer.user.id, inboxId };
}

export interface BareProcess extends AsyncDisposable {
  readonly url: string;
}

/** The hand-written server on the same file; SQLite lets both work in turn. */
export async function startBare(dataDirectory: string, { userId, token, inboxId }: Account): Promise<BareProcess> {
  const script = fileURLToPath(new URL('bare-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, `${dataDirectory}/tend.db`, userId, token, inboxId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Resident memory in MiB, from Linux; NaN elsewhere. */
export function residentMemory(pid: number): number {
  try {
    const [, kb = 'NaN'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kb) / 1024;
  } catch {
    return Number.NaN;
  }
}
