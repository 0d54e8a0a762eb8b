import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createComment } from '#core/comments/comment-mutators.ts';
import { createFilter } from '#core/filters/saved-filter-mutators.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { addMember } from '#core/projects/member-mutators.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import { addFavourite, provisionUser } from '#core/users/user-mutators.ts';
import { ranksBetween } from '#core/ordering.ts';
import type { TypedMutator } from '#core/mutation/mutator.ts';
import type { TableTotals } from '#server/backup/archive-format.ts';
import { backUpToFile, type BackupFile } from '#server/backup/backup-file.ts';
import type { RestoreOptions } from '#server/backup/restoration.ts';
import { snapshotOf } from '#server/backup/snapshot.ts';
import { digestTables } from '#server/backup/table-rows.ts';
import { describeTables } from '#server/backup/table-shape.ts';
import { type Database, type DatabaseTarget, openDatabase } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { createLocalHub } from '#server/write/hub.ts';
import { createWritePath, type WritePath } from '#server/write/write-path.ts';
import { SEARCH_VERSION } from '#server/search/search-document.ts';
import { emptyTarget, testEngine } from '#tests/support/test-database.ts';
import { insertUser, newId, requestOf, type TestUser } from '#tests/support/write-world.ts';

const NOW = Date.parse('2026-11-22T03:00:00.000Z');

/** What transports tend to lose: quotes, line ends of every kind, scripts, an emoji of several code points. */
export const HARD_TEXT = 'Größe "5\' 10\\" \r\n\t\u2028 שלום 中文 👩‍👩‍👧 e\u0301 \uFFFF {"a":[1,null]} %s $1 :x ?';

/** A place for one database, and a directory for backups of it; both gone at the end. */
export interface BackupPlace extends AsyncDisposable {
  readonly target: DatabaseTarget;
  readonly directory: string;
}

export async function backupPlace(engine: Engine = testEngine()): Promise<BackupPlace> {
  const empty = await emptyTarget(engine);
  const directory = await mkdtemp(join(tmpdir(), 'tend-backup-'));
  return {
    target: empty.target,
    directory,
    async [Symbol.asyncDispose]() {
      await empty[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface OpenInstallation extends AsyncDisposable {
  readonly database: Database;
  readonly write: WritePath;
  readonly user: TestUser;
  readonly run: <Args>(mutator: TypedMutator<Args>, args: Args) => Promise<void>;
}

/** An installation with one person; the real write path. */
export async function install(target: DatabaseTarget): Promise<OpenInstallation> {
  const database = await openDatabase(target);
  const instance = {
    id: newId(),
    epoch: newId(),
    created_at: NOW,
    setup_token_hash: null,
    setup_expires_at: null,
    search_version: SEARCH_VERSION,
  };
  await database.writer.insertInto('instance').values(instance).execute();
  const user: TestUser = { userId: newId(), instanceRole: 'user', source: 'api', inboxId: newId() };
  await insertUser(database, user.userId, 'ana', NOW);
  const write = createWritePath({ database, hub: createLocalHub(), now: () => NOW });
  const run = async <Args>(mutator: TypedMutator<Args>, args: Args): Promise<void> => {
    await write.execute(requestOf(user, mutator, args));
  };
  await run(provisionUser, { inboxId: user.inboxId, inboxRank: 'a0' });
  return { database, write, user, run, [Symbol.asyncDispose]: () => database.close() };
}

/** At least one row in every table, and what is hard to carry in the texts. */
export async function fill({ database, user, run, write }: OpenInstallation, tasks = 1_500): Promise<void> {
  const other = newId();
  await insertUser(database, other, 'ben', NOW);
  const project = newId();
  const section = newId();
  await run(createProject, { id: project, name: 'Reise "5\' 10\\" 🚲', rank: 'a1' });
  await run(createSection, { id: section, projectId: project, name: 'Später', rank: 'a0' });
  await run(addMember, { projectId: project, userId: other, role: 'editor' });
  await run(createLabel, { id: newId(), name: 'büro', rank: 'a0' });
  await run(createFilter, { id: newId(), name: 'Büro', query: '@büro & "5\' 10\\"', rank: 'a0' });
  await run(addFavourite, { id: newId(), targetKind: 'project', targetId: project, rank: 'a0' });
  const ids = Array.from({ length: tasks }, () => newId());
  const ranks = ranksBetween(null, null, tasks);
  for (let start = 0; start < tasks; start += 250) {
    const mutations = ids.slice(start, start + 250).map((id, i) => ({
      uid: newId(),
      name: createTask.key,
      args: {
        id,
        projectId: project,
        title: `Task ${start + i} 中文 👩‍👩‍👧`,
        rank: ranks[start + i],
        description: i % 50 === 0 ? HARD_TEXT : '',
        ...(i % 3 === 0 && { date: '2026-12-24', labels: ['büro', 'a"b'] }),
        ...(i % 4 === 0 && { sectionId: section }),
      },
    }));
    await write.execute({ actor: user, mutations, atomic: true });
  }
  const [first = '', second = '', third = ''] = ids;
  await run(completeTask, { id: first });
  await run(deleteTask, { id: second });
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null };
  await run(updateTask, { id: third, date: '2026-11-18', recurrence });
  await run(completeTask, { id: third });
  await run(createComment, { id: newId(), taskId: first, body: HARD_TEXT });
  const push = { id: newId(), schema: 1 };
  const refused = { seq: 1, uid: newId(), name: completeTask.key, args: { id: newId() } };
  await write.execute({ actor: { ...user, source: 'web' }, client: push, mutations: [refused], atomic: false });
  await fillAccountTables(database, user.userId);
}

async function fillAccountTables({ writer }: Database, userId: string): Promise<void> {
  const times = { rotated_at: NOW, created_at: NOW, expires_at: NOW + 1, absolute_expires_at: 2 ** 52 };
  const session = { id: newId(), user_id: userId, token_hash: 'h', previous_hash: null, generation: 3, remember: 1 };
  await writer
    .insertInto('session')
    .values({
      ...session,
      ...times,
      remember: 1,
      user_agent: `${HARD_TEXT}\u0001`,
      ip: '::1',
      revoked_at: null,
      revoked_reason: null,
    })
    .execute();
  await writer
    .insertInto('login_attempt')
    .values({ key: 'account:é', count: 2, streak: 1, window_start: NOW, blocked_until: 0 })
    .execute();
  const event = { id: newId(), at: NOW, user_id: null, action: 'login.failed', ip: null, detail: '{"a":"\\"b"}' };
  await writer.insertInto('audit_event').values(event).execute();
}

export function backUp(target: DatabaseTarget, path: string): Promise<BackupFile> {
  return backUpToFile(snapshotOf(target), path, { app: '0.0.0-test', now: NOW });
}

export function restoreOptions({ directory }: BackupPlace, more: Partial<RestoreOptions> = {}): RestoreOptions {
  return { app: '0.0.0-test', now: NOW, replace: false, backupDirectory: directory, ...more };
}

/** Rows and hash of every table, past any archive. */
export function contentOf(target: DatabaseTarget): Promise<TableTotals[]> {
  return snapshotOf(target)(async (tables) => digestTables(tables, await describeTables(tables)));
}
