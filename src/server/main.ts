import cluster from 'node:cluster';
import type { WorkerReady } from './cluster/supervisor.ts';
import { type Config, loadConfig } from './config.ts';

/** Exit codes that scripts and service managers can tell apart. */
const CONFIGURATION = 2;
const SCHEMA_TOO_NEW = 3;

try {
  process.umask(0o077);
  const config = loadConfig();
  if (cluster.isWorker) await work(config);
  else if (config.workers > 1) await supervise(config);
  else await serve(config);
} catch (error) {
  const { name, message, code } = error as Error & { code?: string };
  // The worker has said it all.
  if (name === 'WorkerFailedError') process.exit((error as { exitCode?: number }).exitCode);
  // Of these the message says everything; a stack would hide it.
  const isPlain = ['ConfigError', 'SchemaTooNewError', 'DatabaseInUseError'].includes(name) || code === 'EADDRINUSE';
  process.stderr.write(`${isPlain ? message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(name === 'ConfigError' ? CONFIGURATION : name === 'SchemaTooNewError' ? SCHEMA_TOO_NEW : 1);
}

async function serve(config: Config): Promise<void> {
  const { startServer } = await import('./server.ts');
  const server = await startServer(config);
  announce(config, server);
  const end = (signal: NodeJS.Signals): void => endWith(server.stop(), server.context.logger, signal);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

/** One of several, of which the supervisor takes care. */
async function work(config: Config): Promise<void> {
  // A terminal sends it to everybody; the supervisor tells what to do.
  process.on('SIGINT', () => {});
  const { startServer } = await import('./server.ts');
  const server = await startServer(config, { first: cluster.worker?.id === 1 });
  const ready: WorkerReady = { ready: true, url: server.url, setupToken: server.setupToken };
  process.send?.(ready);
  const end = (signal: string): void => endWith(server.stop(), server.context.logger, signal);
  process.once('SIGTERM', end);
  // Without its supervisor it has no port.
  process.once('disconnect', () => end('disconnect'));
}

async function supervise(config: Config): Promise<void> {
  const [{ Supervisor }, { createLogger }] = await Promise.all([
    import('./cluster/supervisor.ts'),
    import('./logger.ts'),
  ]);
  const logger = createLogger(config.logLevel);
  const supervisor = new Supervisor({ workers: config.workers, drainSeconds: config.drainSeconds, logger });
  const end = (signal: NodeJS.Signals): void => endWith(supervisor.stop(), logger, signal);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.on('SIGUSR2', () => void supervisor.replaceAll());
  announce(config, await supervisor.start());
}

function announce(config: Config, { url, setupToken }: Pick<WorkerReady, 'url' | 'setupToken'>): void {
  const address = config.publicUrl ?? `http://localhost:${new URL(url).port}`;
  process.stdout.write(`Tend is ready at ${address}\n`);
  if (config.demo) process.stdout.write(`Demo: ${config.demo.username} / ${config.demo.password}\n`);
  if (setupToken !== undefined) {
    process.stdout.write(`Setup token for the first account, valid for 24 hours: ${setupToken}\n`);
  }
}

function endWith(
  stopped: Promise<void>,
  logger: { info(data: object, text: string): void; fatal(data: object, text: string): void },
  signal: string,
): void {
  logger.info({ signal }, 'stopping');
  stopped.then(
    () => process.exit(0),
    (error: unknown) => {
      logger.fatal({ err: error }, 'could not stop cleanly');
      process.exit(1);
    },
  );
}
