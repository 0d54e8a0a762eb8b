import { Command } from 'commander';
import type { CommandEnvironment } from '#cli/admin/instance.ts';
import type { Output } from '#cli/output.ts';
import { previewImport, runImport } from './fastapi-import.ts';
import { countOf, type ImportPlan, type Remark } from './fastapi-plan.ts';
import { readSource } from './fastapi-source.ts';

/** `tend import …`: data of other programs. */
export function importCommands({ output, openInstance }: CommandEnvironment): Command {
  const command = new Command('import').description('bring data from another program');
  command
    .command('fastapi')
    .description('users with their passwords, and their tasks, from the SQLite file of the FastAPI task manager')
    .requiredOption('--database <file>', 'the SQLite file, often tasks.db')
    .option('--dry-run', 'say what would be brought, and change nothing')
    .action(async ({ database, dryRun = false }: { database: string; dryRun?: boolean }) => {
      const data = readSource(database);
      await using instance = await openInstance();
      const plan = await previewImport(instance, data);
      if (!dryRun) await runImport(instance, plan);
      report(output, plan, dryRun);
    });
  return command;
}

function report(output: Output, plan: ImportPlan, dryRun: boolean): void {
  const tasks = plan.users.flatMap((user) => user.tasks);
  const completed = tasks.filter((task) => task.completed).length;
  output.out(
    `${dryRun ? 'Would bring' : 'Brought'} ${countOf(plan.users.length, 'user')} and ${countOf(tasks.length, 'task')} (${completed} completed).`,
  );
  for (const user of plan.users) output.out(`  ${user.source.username}: ${countOf(user.tasks.length, 'task')}`);
  const withoutPassword = plan.users.filter((user) => !/^\$(5|argon2id)\$/.test(user.source.passwordHash));
  const remarks: Remark[] = [
    ...plan.adjusted,
    ...withoutPassword.map((user) => ({
      subject: `user ${JSON.stringify(user.source.username)}`,
      reason: 'the password is of a kind that Tend cannot check: set a new one with "tend user reset-password"',
    })),
  ];
  list(output, dryRun ? 'Would be changed to fit' : 'Changed to fit', remarks);
  list(output, dryRun ? 'Would be left out' : 'Left out', plan.skipped);
}

function list(output: Output, title: string, remarks: readonly Remark[]): void {
  if (remarks.length > 0) output.out(`${title}:`);
  for (const { subject, reason } of remarks) output.out(`  ${subject}: ${reason}`);
}
