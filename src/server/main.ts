import { loadConfig } from './config.ts';
import { startServer } from './server.ts';

/** Exit codes that scripts and service managers can tell apart. */
const CONFIGURATION = 2;
const SCHEMA_TOO_NEW = 3;

try {
  await serve();
} catch (error) {
  const { name, message, code } = error as Error & { code?: string };
  // Of these the message says everything; a stack would hide it.
  const isPlain = ['ConfigError', 'SchemaTooNewError', 'DatabaseInUseError'].includes(name) || code === 'EADDRINUSE';
  process.stderr.write(`${isPlain ? message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(name === 'ConfigError' ? CONFIGURATION : name === 'SchemaTooNewError' ? SCHEMA_TOO_NEW : 1);
}

async function serve(): Promise<void> {
  process.umask(0o077);
  const config = loadConfig();
  const server = await startServer(config);
  const address = config.publicUrl ?? `http://localhost:${new URL(server.url).port}`;
  process.stdout.write(`Tend is ready at ${address}\n`);
  if (config.demo) process.stdout.write(`Demo: ${config.demo.username} / ${config.demo.password}\n`);
  if (server.setupToken !== undefined) {
    process.stdout.write(`Setup token for the first account, valid for 24 hours: ${server.setupToken}\n`);
  }
  const stop = (signal: NodeJS.Signals): void => {
    server.context.logger.info({ signal }, 'stopping');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        server.context.logger.fatal({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
