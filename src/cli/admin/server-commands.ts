import { Command } from 'commander';
import { backUpBeforeUpgrade } from '#server/backup/before-upgrade.ts';
import { loadConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/database.ts';
import type { CommandEnvironment } from './instance.ts';

/** `tend serve`: what `npm start` runs, without installing and building. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server, configured by the environment')
    .action(async () => void (await import('#server/main.ts')));
}

/** `tend migrate`: the schema of this version, before the server of this version starts. */
export function migrateCommand({ output }: CommandEnvironment): Command {
  return new Command('migrate').description('bring the database to the schema of this version').action(async () => {
    const config = loadConfig();
    await using database = await openDatabase(config.database, {
      async beforeUpgrade() {
        const { path } = await backUpBeforeUpgrade(config, Date.now());
        output.out(`What was there before is kept in ${path}`);
      },
    });
    output.out(
      `The ${database.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'} database has the schema of this version.`,
    );
  });
}
