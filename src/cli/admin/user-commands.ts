import { Argument, Command, Option } from 'commander';
import { foldUsername } from '#core/auth/credentials.ts';
import { changeRole, makeAccount, resetPassword } from '#server/auth/account-admin.ts';
import { listUsers, type User } from '#server/auth/user-repository.ts';
import { tableOf } from '#cli/output.ts';
import type { CommandEnvironment, Instance } from './instance.ts';

interface UserEnvironment extends Pick<CommandEnvironment, 'output'> {
  readonly open: () => Promise<Instance>;
  readonly readPassword: () => Promise<string>;
}

/** `tend user …`: accounts, also beside a running server. */
export function userCommands(environment: CommandEnvironment, readPassword: () => Promise<string>): Command {
  const { output } = environment;
  const own = { output, readPassword, open: () => environment.openInstance({ besideServer: true }) };
  const command = new Command('user').description('accounts of this instance');
  for (const each of [createCommand(own), resetCommand(own), roleCommand(own), listCommand(own)])
    command.addCommand(each);
  return command;
}

function createCommand({ output, open, readPassword }: UserEnvironment): Command {
  return new Command('create')
    .description('make an account; the password is asked for, or read from standard input')
    .argument('<username>')
    .addOption(new Option('--role <role>', 'role in this instance').choices(['admin', 'user']).default('user'))
    .option('--name <name>', 'how others see the person')
    .option('--email <address>')
    .action(async (username: string, options: { role: 'admin' | 'user'; name?: string; email?: string }) => {
      await using instance = await open();
      const user = await makeAccount(instance.context, instance.effects, {
        username,
        password: await readPassword(),
        role: options.role,
        ...(options.name !== undefined && { displayName: options.name }),
        ...(options.email !== undefined && { email: options.email }),
      });
      output.out(`Made the account ${user.username} (${user.role}).`);
    });
}

function resetCommand({ output, open, readPassword }: UserEnvironment): Command {
  return new Command('reset-password')
    .description('set a new password, end all sessions and lift a lock')
    .argument('<username>')
    .action(async (username: string) => {
      await using instance = await open();
      await resetPassword(instance.context, username, await readPassword());
      output.out(`The password of ${foldUsername(username)} is changed and all their sessions are ended.`);
    });
}

function roleCommand({ output, open }: UserEnvironment): Command {
  return new Command('role')
    .description('make somebody an administrator, or no longer')
    .argument('<username>')
    .addArgument(new Argument('<role>').choices(['admin', 'user']))
    .action(async (username: string, role: 'admin' | 'user') => {
      await using instance = await open();
      await changeRole(instance.context, username, role);
      output.out(`${foldUsername(username)} now has the role ${role}.`);
    });
}

function listCommand({ output, open }: UserEnvironment): Command {
  return new Command('list')
    .description('all accounts')
    .option('--json', 'for programs')
    .action(async ({ json = false }: { json?: boolean }) => {
      await using instance = await open();
      const users = (await listUsers(instance.context.database.reader)).map(shownUser);
      if (json) {
        output.out(JSON.stringify(users, null, 2));
        return;
      }
      const rows = users.map(({ username, role, status, createdAt, lastLoginAt }) => [
        username,
        role,
        status,
        createdAt.slice(0, 10),
        lastLoginAt?.slice(0, 16).replace('T', ' ') ?? 'never',
      ]);
      for (const line of tableOf(['USER', 'ROLE', 'STATUS', 'MADE', 'LAST LOGIN'], rows)) output.out(line);
    });
}

/** Without the hash of the password. */
function shownUser({ id, username, display_name: displayName, email, role, status, ...user }: User) {
  return {
    id,
    username,
    displayName,
    email,
    role,
    status,
    createdAt: new Date(user.created_at).toISOString(),
    lastLoginAt: user.last_login_at === null ? null : new Date(user.last_login_at).toISOString(),
  };
}
