import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardProcess } from '#tests/support/guard-process.ts';

/** A server of somebody else's that a test starts, stops, and makes misbehave. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** The end of what it wrote. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Ends it and waits. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts it and waits until `isReady`. */
export async function startProgram(
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<Program> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-8_000);
    });
  }
  await once(child, 'spawn');
  const dismiss = guardProcess(child.pid as number);
  const end = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    dismiss();
    await endChild(child, signal);
  };
  const deadline = Date.now() + 20_000;
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end();
      throw new Error(`${command} is not ready:\n${output}`);
    }
    await sleep(20);
  }
  return {
    pid: child.pid as number,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    end,
    [Symbol.asyncDispose]: () => end(),
  };
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Where a program of the system is; Debian keeps servers outside of an ordinary PATH. */
export function findProgram(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

export function programPath(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not installed.`);
  return path;
}
