import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCommand } from './admin/add-command.ts';
import { backupCommand } from './admin/backup-commands.ts';
import { restoreCommand } from './admin/restore-command.ts';
import { listCommand } from './admin/list-command.ts';
import { seedCommand } from './admin/seed-command.ts';
import { migrateCommand, serveCommand } from './admin/server-commands.ts';
import { importCommands } from './admin/import/fastapi-command.ts';
import type { CommandEnvironment } from './admin/instance.ts';
import { readNewPassword } from './admin/password-input.ts';
import { userCommands } from './admin/user-commands.ts';

/** The `tend` command. Configuration comes from the same environment variables as the server's. */
export function createProgram(environment: CommandEnvironment, readPassword = readNewPassword): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('tend')
    .description('a task manager that you host yourself')
    .version(version)
    .configureOutput({
      writeOut: (text) => environment.output.out(text.trimEnd()),
      writeErr: (text) => environment.output.err(text.trimEnd()),
    })
    .showHelpAfterError();
  for (const command of [
    serveCommand(),
    migrateCommand(environment),
    listCommand(environment),
    addCommand(environment),
    userCommands(environment, readPassword),
    backupCommand(environment),
    restoreCommand(environment),
    importCommands(environment),
    seedCommand(environment),
  ]) {
    program.addCommand(command);
  }
  return program;
}
