import { randomFillSync } from 'node:crypto';
import type { Actor } from '#core/actor.ts';
import { uuidv7 } from '#core/ids.ts';
import type { TypedMutator } from '#core/mutation/mutator.ts';
import { addMember } from '#core/projects/member-mutators.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import type { Role } from '#core/projects/role.ts';
import { KINDS, type Kind, type RowOf } from '#core/rows.ts';
import { rowHash } from '#core/sync/checksum.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { provisionUser } from '#core/users/user-mutators.ts';
import type { Database } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { createLocalHub, type Hub } from '#server/write/hub.ts';
import type { WriteMutation, WriteRequest, WriteResult } from '#server/write/write-request.ts';
import { createWritePath, type WritePath } from '#server/write/write-path.ts';
import type { CommitReport } from '#server/write/writer.ts';
import { SEARCH_VERSION } from '#server/search/search-document.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';

export function newId(): string {
  return uuidv7(Date.now(), (bytes) => randomFillSync(bytes));
}

/** A real database with the real write path, and accounts made straight in it. */
export interface WriteWorld extends AsyncDisposable {
  readonly database: Database;
  readonly hub: Hub;
  readonly write: WritePath;
  /** Every commit so far. */
  readonly commits: CommitReport[];
  clockMs: number;
  addUser(username: string): Promise<TestUser>;
  run<Args>(
    user: TestUser,
    mutator: TypedMutator<Args>,
    args: Args,
    more?: Partial<WriteMutation>,
  ): Promise<WriteResult>;
  rows<K extends Kind>(kind: K): Promise<RowOf<K>[]>;
  row<K extends Kind>(kind: K, id: string): Promise<RowOf<K> | undefined>;
}

export interface TestUser extends Actor {
  readonly inboxId: string;
}

export async function createWriteWorld(): Promise<WriteWorld> {
  const database = await createTestDatabase();
  const hub = createLocalHub();
  const commits: CommitReport[] = [];
  const world = { clockMs: Date.parse('2026-11-18T12:00:00.000Z') };
  await ensureInstance(database);
  const write = createWritePath({
    database,
    hub,
    now: () => world.clockMs,
    onCommit: (commit) => commits.push(commit),
  });

  async function rows<K extends Kind>(kind: K): Promise<RowOf<K>[]> {
    const stored = await database.reader
      .selectFrom(kind as 'task')
      .select(columnsOf(kind) as never)
      .orderBy('id')
      .execute();
    return stored.map((row) => decodeRow<K>(kind, row as never));
  }

  return Object.assign(world, {
    database,
    hub,
    write,
    commits,
    rows,
    async addUser(username: string): Promise<TestUser> {
      const user: TestUser = { userId: newId(), instanceRole: 'user', source: 'api', inboxId: newId() };
      await insertUser(database, user.userId, username, world.clockMs);
      const args = { inboxId: user.inboxId, inboxRank: 'a0' };
      await write.execute(requestOf(user, provisionUser, args));
      return user;
    },
    run: <Args>(user: TestUser, mutator: TypedMutator<Args>, args: Args, more: Partial<WriteMutation> = {}) =>
      write.execute(requestOf(user, mutator, args, more)),
    row: async <K extends Kind>(kind: K, id: string) => (await rows(kind)).find((row) => row.id === id),
    async [Symbol.asyncDispose]() {
      await database.close();
    },
  });
}

async function ensureInstance({ writer }: Database): Promise<void> {
  if (await writer.selectFrom('instance').select('id').executeTakeFirst()) return;
  const row = {
    id: newId(),
    epoch: newId(),
    created_at: 0,
    setup_token_hash: null,
    setup_expires_at: null,
    search_version: SEARCH_VERSION,
  };
  await writer.insertInto('instance').values(row).execute();
}

export async function insertUser(database: Database, id: string, username: string, now: number): Promise<void> {
  await database.writer
    .insertInto('user')
    .values({
      id,
      username,
      display_name: username,
      email: null,
      password_hash: '',
      role: 'user',
      status: 'active',
      created_at: now,
      updated_at: now,
      password_changed_at: now,
      last_login_at: null,
    })
    .execute();
}

export function aMutation<Args>(
  mutator: TypedMutator<Args>,
  args: Args,
  more: Partial<WriteMutation> = {},
): WriteMutation {
  return { uid: newId(), name: mutator.key, args, ...more };
}

export function requestOf<Args>(
  actor: Actor,
  mutator: TypedMutator<Args>,
  args: Args,
  more: Partial<WriteMutation> = {},
): WriteRequest {
  return { actor, mutations: [aMutation(mutator, args, more)], atomic: true };
}

/** Creates a project of `owner` with the given members and returns its id. */
export async function addProject(
  world: WriteWorld,
  owner: TestUser,
  members: readonly (readonly [TestUser, Role])[] = [],
): Promise<string> {
  const id = newId();
  await world.run(owner, createProject, { id, name: 'Project', rank: 'a0' });
  for (const [{ userId }, role] of members) await world.run(owner, addMember, { projectId: id, userId, role });
  return id;
}

export async function addTask(
  world: WriteWorld,
  user: TestUser,
  given: Partial<Parameters<typeof taskArgs>[0]> = {},
): Promise<string> {
  const args = taskArgs({ projectId: user.inboxId, ...given });
  await world.run(user, createTask, args);
  return args.id;
}

export function taskArgs(given: {
  projectId: string;
  id?: string;
  title?: string;
  parentId?: string;
  description?: string;
}) {
  return { id: newId(), title: 'A task', rank: 'a0', ...given };
}

/** The checksum of every scope, added up from its rows. */
export async function sumsFromRows({ database }: Pick<WriteWorld, 'database'>): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const kind of KINDS) {
    const rows = await database.reader
      .selectFrom(kind as 'task')
      .select(['scope_id', 'id', 'rev'])
      .execute();
    for (const { scope_id, id, rev } of rows) sums[scope_id] = ((sums[scope_id] ?? 0) + rowHash(id, rev)) >>> 0;
  }
  return sums;
}

/** The checksum of every scope, as the write path kept it; scopes that became empty are left out. */
export async function sumsFromScopes({ database }: Pick<WriteWorld, 'database'>): Promise<Record<string, number>> {
  const rows = await database.reader.selectFrom('scope').select(['id', 'sum']).where('sum', '<>', 0).execute();
  return Object.fromEntries(rows.map(({ id, sum }) => [id, sum]));
}
