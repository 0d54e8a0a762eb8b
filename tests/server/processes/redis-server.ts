import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/support/free-port.ts';
import { programPath, startProgram } from './program.ts';

/** A Redis that keeps nothing on disk, and that a test can freeze, kill and empty. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** On the same port, empty. */
  restart(): Promise<void>;
  flush(): Promise<void>;
  /** One command, answered in the words of the protocol. */
  command(...words: readonly string[]): Promise<string>;
}

export async function startRedis(): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-redis-'));
  const port = await freePort();
  const command = (...words: readonly string[]): Promise<string> => ask(port, words);
  const launch = () =>
    startProgram(
      programPath('redis-server'),
      ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory],
      () => command('PING').then((answer) => answer.startsWith('+PONG'), no),
    );
  let program = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    freeze: () => program.signal('SIGSTOP'),
    thaw: () => program.signal('SIGCONT'),
    kill: () => program.end(),
    async restart() {
      program = await launch();
    },
    async flush() {
      await command('FLUSHALL');
    },
    command,
    async [Symbol.asyncDispose]() {
      await program.end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function no(): false {
  return false;
}

function ask(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${words.join(' ')}\r\n`));
    socket.once('data', (data: Buffer) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
