import { randomFillSync } from 'node:crypto';
import { uuidv7 } from '#core/ids.ts';
import { createApp, type TendApp } from './app.ts';
import { prepareInstance } from './auth/first-start.ts';
import { createPasswordHasher } from './auth/password-hash.ts';
import { deriveKeys, loadSecret } from './auth/secret-key.ts';
import type { Config } from './config.ts';
import type { ServerContext } from './context.ts';
import { openDatabase, type OpenOptions } from './db/database.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { createLogger } from './logger.ts';
import { runMaintenance } from './maintenance/maintenance.ts';
import { createLocalHub } from './write/hub.ts';
import { createWritePath } from './write/write-path.ts';

/** Time that requests get to finish when the process is told to stop. */
const STOP_WITHIN = 10_000;

export interface RunningServer extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  readonly context: ServerContext;
  /** Present when the first account needs it. */
  readonly setupToken: string | undefined;
  /** Stops taking connections, finishes what was begun, ends streams, closes the database. */
  stop(): Promise<void>;
}

/** Everything that a process needs, on the system's clock and randomness. The caller closes the database. */
export async function createContext(
  config: Config,
  closing: AbortSignal,
  opening: OpenOptions = {},
): Promise<ServerContext> {
  const logger = createLogger(config.logLevel);
  const keys = deriveKeys(loadSecret(config));
  const clock = { now: () => Date.now() };
  const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => randomFillSync(bytes);
  const database = await openDatabase(config.database, {
    ...opening,
    onFsyncFailure(error) {
      // What was acknowledged is safe; nothing after this moment can be. Recovery happens at the next start.
      logger.fatal({ err: error }, 'the disk failed to write, ending');
      process.exit(1);
    },
  });
  const hub = createLocalHub();
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

export async function startServer(config: Config): Promise<RunningServer> {
  const closing = new AbortController();
  const context = await createContext(config, closing.signal);
  try {
    const built = await createApp(context);
    const { setupToken } = await prepareInstance(context, built.effects);
    const url = await built.app.listen({ host: config.host, port: config.port });
    const maintenance = runMaintenance(context);
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= stopServer(context, built, closing, maintenance));
    return { url, context, setupToken, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await context.database.close();
    throw error;
  }
}

async function stopServer(
  context: ServerContext,
  { app }: TendApp,
  closing: AbortController,
  maintenance: Promise<void>,
): Promise<void> {
  closing.abort();
  // A connection whose last answer was on its way when closing began would stay open for its keep-alive time.
  const idle = setInterval(() => app.server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => app.server.closeAllConnections(), STOP_WITHIN);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(deadline);
    await maintenance;
    await context.database.close();
  }
}
