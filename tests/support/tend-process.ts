import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '#tests/support/free-port.ts';
import { guardProcess } from '#tests/support/guard-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface TendProcessOptions {
  /** On top of the defaults: a port and a data directory of its own, a demo user, open signup, warnings only. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: this Node on `bin/tend-server.mjs`. */
  readonly command?: readonly [string, ...string[]];
  /** Default: the repository. */
  readonly cwd?: string;
  /** Who runs it, for tests that run as root. */
  readonly uid?: number;
  /** Kept after the end when given; else a new one that goes with the process. */
  readonly dataDirectory?: string;
}

/** The real server as a process of its own, as people run it. */
export interface TendProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDirectory: string;
  /** What it wrote to stdout and stderr, the end of it. */
  output(): string;
  /** Sends the signal and waits for the end; answers with the exit code, null after a deadly signal. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a server and waits until `/readyz` answers with 200. */
export async function startTend(options: TendProcessOptions = {}): Promise<TendProcess> {
  const port = options.port ?? (await freePort());
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'tend-data-')));
  const [program, ...args] = options.command ?? [
    process.execPath,
    '--max-semi-space-size=4',
    join(root, 'bin/tend-server.mjs'),
  ];
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnvironment(),
      HOST: '127.0.0.1',
      CREATE_DEMO_USER: 'true',
      SIGNUP: 'open',
      LOG_LEVEL: 'warn',
      ...options.env,
      PORT: `${port}`,
      DATA_DIR: dataDirectory,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  await once(child, 'spawn');
  const dismiss = guardProcess(child.pid as number);

  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    dismiss();
    const code = await end(child, signal);
    if (options.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
    return code;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(child, url, () => output);
  } catch (error) {
    await stop('SIGKILL');
    throw error;
  }
  return {
    url,
    port,
    pid: child.pid as number,
    dataDirectory,
    output: () => output,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** Only what a program needs to run: settings of the developer's shell stay outside. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'LANG', 'TZ'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined));
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return child.exitCode;
}

async function waitUntilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended before it was ready:\n${output()}`);
    }
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > deadline) throw new Error(`The server was not ready after 60 s:\n${output()}`);
    await sleep(20);
  }
}
