import { Command } from 'commander';
import { notFound } from '#core/errors.ts';
import { foldUsername } from '#core/auth/credentials.ts';
import { makeAccount } from '#server/auth/account-admin.ts';
import { findUserByName } from '#server/auth/user-repository.ts';
import type { CommandEnvironment } from './instance.ts';
import { type SeedMutation, seedMutations } from './seed-mutations.ts';
import { wholeNumber } from './whole-number.ts';

/** Mutations per transaction. */
const CHUNK = 500;

interface SeedFlags {
  readonly tasks: number;
  readonly projects: number;
  readonly user: string;
  readonly password?: string;
  readonly seed: number;
}

/** `tend seed`: an account with many tasks, for development and measurements. */
export function seedCommand({ output, openInstance }: CommandEnvironment): Command {
  return new Command('seed')
    .description('fill an account with made-up tasks, for development and measurements')
    .requiredOption('--tasks <n>', 'how many', wholeNumber)
    .option('--projects <n>', 'over how many projects they are spread', wholeNumber, 10)
    .option('--user <name>', 'whose account', 'demo')
    .option('--password <password>', 'make the account, with this password, if it does not exist')
    .option('--seed <n>', 'the same number gives the same tasks', wholeNumber, 1)
    .action(async (flags: SeedFlags) => {
      await using instance = await openInstance();
      const { context, effects } = instance;
      const { user: username, password } = flags;
      const present = await findUserByName(context.database.reader, foldUsername(username));
      if (!present && password === undefined) throw notFound('user');
      const user =
        present ?? (await makeAccount(context, effects, { username, password: password ?? '', role: 'user' }));
      const actor = { userId: user.id, instanceRole: user.role, source: 'job' } as const;
      const now = context.clock.now();
      for (const chunk of chunksOf(seedMutations({ ...flags, now, newId: context.newId }), CHUNK)) {
        const mutations = chunk.map((mutation) => ({ ...mutation, uid: context.newId() }));
        await context.write.execute({ actor, mutations, atomic: true });
      }
      output.out(`Added ${flags.tasks} tasks in ${flags.projects} projects to ${user.username}.`);
    });
}

function* chunksOf(items: Iterable<SeedMutation>, size: number): Generator<SeedMutation[]> {
  let chunk: SeedMutation[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
