import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { projectScope } from '#core/rows.ts';
import { addToChecksum, removeFromChecksum } from '#core/sync/checksum.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { createSyncDevice, sorted, visibleRows } from '#tests/support/sync-device.ts';
import {
  addTask,
  aMutation,
  createWriteWorld,
  newId,
  taskArgs,
  type TestUser,
  type WriteWorld,
} from '#tests/support/write-world.ts';
import { readPage } from './page.ts';

/** What a newer Tend beside this one does on the same database: it migrates, and writes rows of a kind of its own. */
async function newerProcess({ database: { writer } }: WriteWorld, { inboxId, userId }: TestUser) {
  const scope = projectScope(inboxId);
  const id = newId();
  const migration = '9999-reminders';
  await sql`insert into kysely_migration (name, timestamp) values (${migration}, '2030-01-01')`.execute(writer);

  async function commit(op: 'put' | 'del', uid: string): Promise<void> {
    const found = writer.selectFrom('scope').select(['ver', 'sum']).where('id', '=', scope);
    const { ver, sum } = await found.executeTakeFirstOrThrow();
    const version = { ver: ver + 1, tag: 7 };
    const next = { ...version, sum: (op === 'put' ? addToChecksum : removeFromChecksum)(sum, id, 1) };
    await writer.updateTable('scope').set(next).where('id', '=', scope).execute();
    const when = { scope_id: scope, ver: version.ver, at: 0 };
    await writer
      .insertInto('scope_commit')
      .values({ ...when, tag: version.tag, tx_id: newId() })
      .execute();
    const values = op === 'put' ? { before: null, after: '{"minutes":5}' } : { before: '{"minutes":5}', after: null };
    await writer
      .insertInto('change')
      .values({ ...when, ...values, seq: 0, kind: 'reminder', eid: id, op, mutation_uid: uid, actor: userId })
      .execute();
  }
  return {
    remind: (uid = newId()) => commit('put', uid),
    forget: () => commit('del', newId()),
  };
}

async function worldWithNewerProcess() {
  const world = await createWriteWorld();
  const ana = await world.addUser('ana');
  await addTask(world, ana);
  const device = createSyncDevice(world.database, world.write, ana);
  await device.sync();
  return { world, ana, device, newer: await newerProcess(world, ana) };
}

test('rows of a kind that only a newer process knows are left to it, and nothing counts as fetched', async () => {
  const { world, ana, device, newer } = await worldWithNewerProcess();
  await using _ = world;
  await newer.remind();
  const cursors = structuredClone(device.cursors);
  const args = taskArgs({ projectId: ana.inboxId, title: 'Buy milk' });
  expect(await device.push(device.next(createTask, args))).toMatchObject({ results: [{ status: 'applied' }] });
  expect(await device.pull()).toMatchObject({ stop: 'server_too_old', scopes: [], gone: [] });
  expect(device.cursors).toEqual(cursors);
});

test('a scope with rows that only a newer process knows is sent to nobody as a whole', async () => {
  const { world, ana, newer } = await worldWithNewerProcess();
  await using _ = world;
  await newer.remind();
  const other = createSyncDevice(world.database, world.write, ana);
  expect(await other.ask({})).toMatchObject({ stop: 'server_too_old', scopes: [] });
  const scope = projectScope(ana.inboxId);
  const page = readPage(world.database, ana.userId, { s: scope });
  await expect(page).rejects.toMatchObject({ code: 'unavailable', data: { retryAfter: 1 } });
});

test('beside a newer process everything else goes on', async () => {
  const { world, ana, device, newer } = await worldWithNewerProcess();
  await using _ = world;
  await newer.remind();
  await newer.forget();
  const other = createSyncDevice(world.database, world.write, ana);
  await other.sync();
  expect(sorted(other.rows)).toEqual(sorted(await visibleRows(world.database, ana.userId)));
  // Its cursor is from before the change.
  expect(await device.pull()).toMatchObject({ stop: 'server_too_old' });
});

test('what also changed rows that only a newer process knows is not undone in part', async () => {
  const { world, ana, newer } = await worldWithNewerProcess();
  await using _ = world;
  const [task] = await world.rows('task');
  const rename = aMutation(updateTask, { id: task?.id ?? '', title: 'New' });
  await world.write.execute({ actor: ana, mutations: [rename], atomic: true });
  await newer.remind(rename.uid);
  await expect(world.run(ana, undo, { uid: rename.uid })).rejects.toMatchObject({ code: 'not_undoable' });
  expect((await world.row('task', task?.id ?? ''))?.title).toBe('New');
});
