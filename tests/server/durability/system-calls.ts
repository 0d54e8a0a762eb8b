import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine lets us watch the system calls of our own processes. */
export function canTrace(): boolean {
  return (
    spawnSync('strace', ['-f', '-e', 'trace=fsync', '-o', '/dev/null', process.execPath, '--version']).status === 0
  );
}

/** What the processes read, wrote to their sockets and synchronised to the disk while `work` ran, in order. */
export async function traceCalls(pids: readonly number[], work: () => Promise<void>): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-trace-'));
  const path = join(directory, 'trace');
  const attach = pids.flatMap((pid) => ['-p', String(pid)]);
  const calls = 'trace=fsync,fdatasync,read,recvfrom,write,writev,sendto,sendmsg';
  const tracer = spawn('strace', ['-f', '-e', calls, '-s', '32', '-o', path, ...attach], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await attached(tracer.stderr, pids);
    await work();
    const end = once(tracer, 'exit');
    tracer.kill('SIGINT');
    await end;
    return (await readFile(path, 'utf8')).split('\n');
  } finally {
    tracer.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  }
}

async function attached(messages: NodeJS.ReadableStream, pids: readonly number[]): Promise<void> {
  let text = '';
  for await (const chunk of messages) {
    text += String(chunk);
    if (pids.every((pid) => text.includes(`Process ${pid} attached`))) return;
  }
  throw new Error(`strace could not attach: ${text}`);
}

const REQUESTED = /"POST \/api\/v1\/tasks/;
const SYNCED = /\bf(?:data)?sync(?:\(| resumed>).*= 0$/;
const CREATED = /"HTTP\/1\.1 201 /;

/** How many answers "201 Created" left, and how many of them without anything having been synchronised since the request. */
export function countAnswers(lines: readonly string[]): { readonly created: number; readonly early: number } {
  let [created, early] = [0, 0];
  let isSynced = false;
  for (const line of lines) {
    if (REQUESTED.test(line)) isSynced = false;
    if (SYNCED.test(line)) isSynced = true;
    if (!CREATED.test(line)) continue;
    created++;
    if (!isSynced) early++;
  }
  return { created, early };
}
