import type { Account, ServerContext } from '#server/context.ts';
import { derivedId } from '#server/write/account-effects.ts';
import { sampleMutations } from './sample-mutations.ts';

/** Fills the account with sample data dated around today, unless it has projects of its own already. */
export async function addSampleTasks(
  context: Pick<ServerContext, 'database' | 'write' | 'clock' | 'newId'>,
  account: Account,
): Promise<void> {
  const { database, write, clock, newId } = context;
  const projects = await database.reader
    .selectFrom('project')
    .select(['id', 'inbox'])
    .where('created_by', '=', account.id)
    .execute();
  const inbox = projects.find((project) => project.inbox === 1);
  if (!inbox || projects.length > 1) return;
  const settings = await database.reader
    .selectFrom('settings')
    .select('time_zone')
    .where('id', '=', account.id)
    .executeTakeFirst();
  const sample = sampleMutations({
    now: clock.now(),
    timeZone: settings?.time_zone ?? 'UTC',
    inboxId: inbox.id,
    newId,
  });
  await write.execute({
    actor: { userId: account.id, instanceRole: account.role, source: 'job' },
    // Processes that start together fill one account: whoever comes second finds every uid known.
    mutations: sample.map((mutation, n) => ({ ...mutation, uid: derivedId(`sample ${account.id} ${n}`) })),
    atomic: true,
  });
}
