import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseTarget } from '#server/db/database.ts';
import { startTend, type TendProcess } from '#tests/support/tend-process.ts';
import { signUp } from './account.ts';
import { AckLog } from './ack-log.ts';
import { CrashWriter } from './crash-writer.ts';
import { brokenPromises, readFacts } from './stored-facts.ts';

const WRITERS = ['rest-a', 'rest-b', 'push-a', 'push-b'];
const KILL_WITHIN_MS = 1_500;

export type CrashEnd = 'server ended' | 'server lives';

export interface CrashOptions {
  readonly rounds: number;
  readonly dataDirectory: string;
  readonly target: DatabaseTarget;
  /** Default: the server as people run it. */
  readonly command?: readonly [string, ...string[]];
  /** What breaks in this round. Default: `kill -9` of the server. */
  readonly crash?: (round: number, server: TendProcess, stopWriters: () => void) => Promise<CrashEnd>;
  /** End early when something is found, for controls that are meant to find something. */
  readonly untilBroken?: boolean;
}

export interface CrashReport {
  readonly rounds: number;
  readonly acks: number;
  /** Promises that were not kept, each once. */
  readonly broken: readonly string[];
  /** Milliseconds from the start of a process until it was ready, one per start. */
  readonly starts: readonly number[];
}

/** Starts a server, writes to it, breaks it at a random moment, and compares what it said with what is there. */
export async function runCrashRounds(options: CrashOptions): Promise<CrashReport> {
  using log = new AckLog(join(options.dataDirectory, 'acks.log'));
  const broken = new Set<string>();
  const starts: number[] = [];
  let server = await start(options, starts);
  try {
    const account = await signUp(server.url);
    const writers = WRITERS.map((name) => new CrashWriter(name, account, log));
    let round = 0;
    for (; round < options.rounds; round++) {
      const end = await crashUnderLoad(options, round, server, writers);
      if (end === 'server ended') server = await start(options, starts);
      const sent = {
        titles: new Set(writers.flatMap((writer) => [...writer.titles])),
        uncertain: new Set(writers.flatMap((writer) => [...writer.uncertain])),
      };
      for (const each of brokenPromises(log.read(), await readFacts(options.target), sent)) broken.add(each);
      if (options.untilBroken && broken.size > 0) break;
    }
    return { rounds: round, acks: log.read().length, broken: [...broken], starts };
  } finally {
    await server.stop('SIGKILL');
  }
}

async function start({ target, dataDirectory, command }: CrashOptions, starts: number[]): Promise<TendProcess> {
  const env = {
    CREATE_DEMO_USER: 'false',
    RATE_LIMIT_FACTOR: '10000',
    // A slow machine may need more than the ten minutes of a token.
    ACCESS_TOKEN_EXPIRE_MINUTES: '1440',
    DATABASE_URL: target.engine === 'sqlite' ? `sqlite:///${target.path}` : target.url,
  };
  const began = performance.now();
  const server = await startTend({ dataDirectory, env, ...(command && { command }) });
  starts.push(performance.now() - began);
  return server;
}

async function crashUnderLoad(
  { crash = killServer }: CrashOptions,
  round: number,
  server: TendProcess,
  writers: readonly CrashWriter[],
): Promise<CrashEnd> {
  const stopping = new AbortController();
  const firstAck = Promise.withResolvers<void>();
  const running = writers.map((writer) => writer.run(server.url, stopping.signal, firstAck.resolve));
  const done = Promise.all(running);
  try {
    await Promise.race([firstAck.promise, done]);
    await sleep(randomInt(KILL_WITHIN_MS));
    return await crash(round, server, () => stopping.abort());
  } finally {
    stopping.abort();
    await done;
  }
}

/** Nobody may knock at the port of a dead server: the next one to have it may be somebody else's. */
export async function killServer(_round: number, server: TendProcess, stopWriters: () => void): Promise<CrashEnd> {
  const ended = server.stop('SIGKILL');
  stopWriters();
  await ended;
  return 'server ended';
}
