import type { Actor } from '#core/actor.ts';
import { foldUsername, usernameFault } from '#core/auth/credentials.ts';
import { must } from '#core/errors.ts';
import { rankBetween, ranksBetween } from '#core/ordering.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { accountOf, createUser } from '#server/auth/accounts.ts';
import { findUserByName, type User } from '#server/auth/user-repository.ts';
import { inTransaction } from '#server/db/database.ts';
import { derivedId } from '#server/write/account-effects.ts';
import type { WriteMutation } from '#server/write/write-request.ts';
import type { Instance } from '#cli/admin/instance.ts';
import { type ImportPlan, type PlannedTask, type PlannedUser, planImport } from './fastapi-plan.ts';
import type { SourceData, SourceUser } from './fastapi-source.ts';

/** Tasks per transaction: two mutations each. */
const CHUNK = 200;

/** What the import would do here, without doing it. */
export async function previewImport({ context }: Instance, data: SourceData): Promise<ImportPlan> {
  const { reader } = context.database;
  const seen = new Set<string>();
  const refusals = new Map<number, string>();
  for (const user of data.users) {
    const name = foldUsername(user.username);
    const fault = usernameFault(name);
    const present = fault === undefined ? await findUserByName(reader, name) : undefined;
    if (fault !== undefined) refusals.set(user.id, `a user name ${fault}`);
    else if (seen.has(name)) refusals.set(user.id, 'the name differs from an earlier one only in case');
    else if (present && present.id !== accountId(user)) refusals.set(user.id, 'this user name is taken here');
    seen.add(name);
  }
  return planImport(data, (user) => refusals.get(user.id));
}

/**
 * Brings users with their passwords, and their tasks into their inboxes. Ids follow from the source, so a second
 * run, also after an interrupted first one, brings what is missing and doubles nothing.
 */
export async function runImport(instance: Instance, plan: ImportPlan): Promise<void> {
  for (const planned of plan.users) {
    const user = await ensureAccount(instance, planned.source);
    await importTasks(instance, user, planned);
  }
}

async function ensureAccount({ context, effects }: Instance, source: SourceUser): Promise<User> {
  const username = foldUsername(source.username);
  const present = await findUserByName(context.database.reader, username);
  const user =
    present ??
    (await inTransaction(context.database, (tx) =>
      createUser(
        tx,
        { clock: context.clock, newId: () => accountId(source) },
        {
          username,
          displayName: source.username,
          passwordHash: source.passwordHash,
          role: 'user',
          ...(source.email !== null && { email: source.email }),
        },
      ),
    ));
  await effects.provision(accountOf(user), {});
  return user;
}

async function importTasks({ context }: Instance, user: User, { source, tasks }: PlannedUser): Promise<void> {
  const inbox = await context.database.reader
    .selectFrom('project')
    .select('id')
    .where('inbox', '=', 1)
    .where('created_by', '=', user.id)
    .executeTakeFirst();
  const projectId = must(inbox, 'an account has an inbox').id;
  const actor: Actor = { userId: user.id, instanceRole: user.role, source: 'import' };
  const ranks = ranksBetween(rankBetween(null, null), null, tasks.length);
  for (let from = 0; from < tasks.length; from += CHUNK) {
    const chunk = tasks.slice(from, from + CHUNK);
    const mutations = chunk.flatMap((task, n) =>
      mutationsOf(task, { source, projectId, rank: ranks[from + n] ?? '' }, context.clock.now()),
    );
    await context.write.execute({ actor, mutations, atomic: true });
  }
}

interface TaskPlace {
  readonly source: SourceUser;
  readonly projectId: string;
  readonly rank: string;
}

/** The original kept no time of completion: a completed task counts as completed when it was made. */
function mutationsOf(task: PlannedTask, { source, projectId, rank }: TaskPlace, now: number): WriteMutation[] {
  const name = `${sourceName(source)} task ${task.sourceId}`;
  const id = derivedId(name);
  const at = new Date(Math.min(task.createdAt ?? now, now)).toISOString();
  const { title, description } = task;
  const created = {
    uid: derivedId(`${name} create`),
    name: createTask.key,
    at,
    args: { id, projectId, rank, title, description },
  };
  if (!task.completed) return [created];
  return [created, { uid: derivedId(`${name} complete`), name: completeTask.key, at, args: { id } }];
}

function accountId(source: SourceUser): string {
  return derivedId(sourceName(source));
}

/** The hash tells apart users of the same name and number in different source files. */
function sourceName({ id, username, passwordHash }: SourceUser): string {
  return `fastapi user ${id} ${username} ${passwordHash}`;
}
