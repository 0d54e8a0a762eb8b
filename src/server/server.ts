import { randomFillSync } from 'node:crypto';
import { Server } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '#core/ids.ts';
import { createApp, type TendApp } from './app.ts';
import { prepareInstance } from './auth/first-start.ts';
import { createPasswordHasher } from './auth/password-hash.ts';
import { deriveKeys, deriveNamespace, loadSecret } from './auth/secret-key.ts';
import { backUpBeforeUpgrade } from './backup/before-upgrade.ts';
import { runScheduledBackups } from './backup/scheduled-backups.ts';
import { createLeadership } from './cluster/leadership.ts';
import { joinProcesses, type Processes } from './cluster/processes.ts';
import type { Config } from './config.ts';
import type { ServerContext } from './context.ts';
import { openDatabase, type OpenOptions } from './db/database.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { createLogger, type Logger } from './logger.ts';
import { runMaintenance } from './maintenance/maintenance.ts';
import { createLocalHub } from './write/hub.ts';
import { createWritePath } from './write/write-path.ts';

/** Time that requests get to finish when the process is told to stop. */
const STOP_WITHIN = 10_000;
/** A proxy opens a connection and sends its request a moment later, on a busy machine. */
const LAST_REQUESTS_MS = 1_000;

export interface RunningServer extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  readonly context: ServerContext;
  /** Present when the first account needs it. */
  readonly setupToken: string | undefined;
  /** Stops taking connections, finishes what was begun, ends streams, closes the database. */
  stop(): Promise<void>;
}

/** What a server has besides what every command has: a connection to the other processes. */
interface ContextParts {
  readonly logger?: Logger;
  readonly processes?: Pick<Processes, 'hub' | 'sharedCounters'>;
}

/** Everything that a process needs, on the system's clock and randomness. The caller closes the database. */
export async function createContext(
  config: Config,
  closing: AbortSignal,
  opening: OpenOptions = {},
  parts: ContextParts = {},
): Promise<ServerContext> {
  const { logger = createLogger(config.logLevel), processes = { hub: createLocalHub(), sharedCounters: undefined } } =
    parts;
  const { hub, sharedCounters } = processes;
  const keys = deriveKeys(loadSecret(config));
  const clock = { now: () => Date.now() };
  const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => randomFillSync(bytes);
  const database = await openDatabase(config.database, {
    ...opening,
    async beforeUpgrade() {
      const { path } = await backUpBeforeUpgrade(config, clock.now());
      logger.info({ path }, 'backup made before the upgrade of the database');
    },
    onFsyncFailure(error) {
      // What was acknowledged is safe; nothing after this moment can be. Recovery happens at the next start.
      logger.fatal({ err: error }, 'the disk failed to write, ending');
      process.exit(1);
    },
  });
  const write = createWritePath({
    database,
    hub,
    now: () => clock.now(),
    onFailure: (err, uid) => logger.error({ err, uid }, 'mutation failed'),
  });
  return {
    config,
    database,
    write,
    hub,
    sharedCounters,
    logger,
    clock,
    random,
    newId: () => uuidv7(clock.now(), random),
    keys,
    hasher: createPasswordHasher(),
    limits: DEFAULT_LIMITS,
    closing,
  };
}

export interface StartOptions {
  /** Several processes start as one: only the first makes sure of what every installation has. Default: true. */
  readonly first?: boolean;
}

export async function startServer(config: Config, { first = true }: StartOptions = {}): Promise<RunningServer> {
  const closing = new AbortController();
  const logger = createLogger(config.logLevel);
  const processes = await joinProcesses(config, `tend:${deriveNamespace(loadSecret(config))}:`, logger);
  const opening = { processes: config.workers };
  const context = await createContext(config, closing.signal, opening, { logger, processes }).catch(
    (error: unknown) => {
      processes.close();
      throw error;
    },
  );
  try {
    const built = await createApp(context);
    const { setupToken } = first ? await prepareInstance(context, built.effects) : { setupToken: undefined };
    const url = await built.app.listen({ host: config.host, port: config.port });
    const leadership = createLeadership(context.database, 'maintenance');
    const maintenance = Promise.all([runMaintenance(context, leadership), runScheduledBackups(context)]);
    const parts = { context, built, closing, maintenance, processes };
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= stopServer(parts));
    return { url, context, setupToken, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    processes.close();
    await context.database.close();
    throw error;
  }
}

interface ServerParts {
  readonly context: ServerContext;
  readonly built: TendApp;
  readonly closing: AbortController;
  readonly maintenance: Promise<unknown>;
  readonly processes: Processes;
}

/**
 * Takes no more connections, and gives those that were made a moment ago the time to bring their request: closing the
 * HTTP server would cut them off as idle, and a proxy may not repeat what it sent there.
 */
async function stopListening(server: Server): Promise<void> {
  // Right after the turn of the loop that accepted whoever was waiting.
  await nextTurn();
  Server.prototype.close.call(server);
  await sleep(LAST_REQUESTS_MS);
}

async function stopServer({ context, built: { app }, closing, maintenance, processes }: ServerParts): Promise<void> {
  // Streams end, `/readyz` says no, and every answer asks to come back over another connection.
  closing.abort();
  const { drainSeconds } = context.config;
  await sleep(drainSeconds * 1_000);
  if (drainSeconds > 0) await stopListening(app.server);
  // A connection whose last answer was on its way when closing began would stay open for its keep-alive time.
  const idle = setInterval(() => app.server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => app.server.closeAllConnections(), STOP_WITHIN);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(deadline);
    await maintenance;
    processes.close();
    await context.database.close();
  }
}
