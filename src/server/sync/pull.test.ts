import { expect, test } from 'vitest';
import { changeMemberRole, removeMember } from '#core/projects/member-mutators.ts';
import { projectScope, userScope } from '#core/rows.ts';
import { rowHash } from '#core/sync/checksum.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { compactLog } from '#server/maintenance/log-compaction.ts';
import { createSyncDevice, sorted, visibleRows, type SyncDevice } from '#tests/support/sync-device.ts';
import {
  addProject,
  addTask,
  aMutation,
  createWriteWorld,
  newId,
  taskArgs,
  type TestUser,
  type WriteWorld,
} from '#tests/support/write-world.ts';
import { readInstance } from './instance.ts';
import { readPage } from './page.ts';
import { pullChanges } from './pull.ts';

const DAY_MS = 86_400_000;

async function inSync(world: WriteWorld, device: SyncDevice, user: TestUser): Promise<void> {
  await device.sync();
  expect(sorted(device.rows)).toEqual(sorted(await visibleRows(world.database, user.userId)));
}

async function worldWithDevice() {
  const world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = createSyncDevice(world.database, world.write, ana);
  return { world, ana, device };
}

test('what one device pushes, another pulls', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const other = createSyncDevice(world.database, world.write, ana);
  await other.sync();
  const args = taskArgs({ projectId: ana.inboxId, title: 'Buy milk' });
  const answer = await device.push(
    device.next(createTask, args),
    device.next(updateTask, { id: args.id, title: 'Buy bread' }),
  );
  expect(answer).toMatchObject({
    last: 2,
    results: [
      { seq: 1, status: 'applied' },
      { seq: 2, status: 'applied' },
    ],
  });
  const pulled = await other.pull();
  expect(pulled.scopes).toMatchObject([
    { s: projectScope(ana.inboxId), put: { task: [{ title: 'Buy bread', rev: 2 }] }, del: [] },
  ]);
  await inSync(world, other, ana);
  expect((await other.pull()).scopes).toEqual([]);
  await inSync(world, device, ana);
  expect(device.last).toBe(2);
});

test('a task that moves is seen in one of its projects, never in both or neither', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const ben = await world.addUser('ben');
  const shared = await addProject(world, ana, [[ben, 'viewer']]);
  const id = await addTask(world, ana, { projectId: shared });
  const bens = createSyncDevice(world.database, world.write, ben);
  await device.sync();
  await bens.sync();
  await world.run(ana, moveTask, { id, projectId: ana.inboxId });
  const pulled = await device.pull();
  expect(pulled.scopes).toHaveLength(2);
  expect(pulled.scopes).toContainEqual(
    expect.objectContaining({ s: projectScope(shared), del: [['task', id]], put: {} }),
  );
  expect(pulled.scopes).toContainEqual(
    expect.objectContaining({
      s: projectScope(ana.inboxId),
      del: [],
      put: { task: [expect.objectContaining({ id })] },
    }),
  );
  const seenByBen = await bens.pull();
  expect(seenByBen.scopes).toEqual([
    expect.objectContaining({ s: projectScope(shared), del: [['task', id]], put: {} }),
  ]);
  expect(JSON.stringify(seenByBen)).not.toContain(ana.inboxId);
  await inSync(world, bens, ben);
});

test('who loses access is told to drop the scope; who gets it back fetches it anew', async () => {
  const { world, ana } = await worldWithDevice();
  await using _ = world;
  const ben = await world.addUser('ben');
  const shared = await addProject(world, ana, [[ben, 'editor']]);
  await addTask(world, ana, { projectId: shared });
  const device = createSyncDevice(world.database, world.write, ben);
  await inSync(world, device, ben);
  await world.run(ana, changeMemberRole, { projectId: shared, userId: ben.userId, role: 'viewer' });
  await inSync(world, device, ben);
  const late = device.next(createTask, taskArgs({ projectId: shared }));
  expect(await device.push(late)).toMatchObject({ results: [{ status: 'rejected', code: 'forbidden' }] });
  await world.run(ana, removeMember, { projectId: shared, userId: ben.userId });
  const pulled = await device.pull();
  expect(pulled.gone).toEqual([projectScope(shared)]);
  expect([...device.rows.values()].some(({ row }) => 'projectId' in row && row.projectId === shared)).toBe(false);
  const again = device.next(createTask, taskArgs({ projectId: shared }));
  expect(await device.push(again)).toMatchObject({ results: [{ status: 'rejected', code: 'not_found' }] });
  await world.write.execute({
    actor: ana,
    atomic: true,
    mutations: [
      { uid: newId(), name: 'member.add@1', args: { projectId: shared, userId: ben.userId, role: 'viewer' } },
    ],
  });
  expect((await device.pull()).scopes).toMatchObject([
    { s: projectScope(shared), put: { project: [{}], member: [{}, {}], task: [{}] }, del: [] },
  ]);
  await inSync(world, device, ben);
});

test('scopes that were never granted are gone, and their pages do not exist', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const eve = await world.addUser('eve');
  device.cursors[projectScope(eve.inboxId)] = { ver: 1, tag: 0 };
  device.cursors[userScope(eve.userId)] = { ver: 1, tag: 0 };
  expect((await device.pull()).gone.toSorted()).toEqual([projectScope(eve.inboxId), userScope(eve.userId)].toSorted());
  await expect(readPage(world.database, ana.userId, { s: projectScope(eve.inboxId) })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(
    readPage(world.database, ana.userId, { s: projectScope(ana.inboxId), after: 'label,x' }),
  ).rejects.toMatchObject({ code: 'validation_failed' });
});

test('a first pull brings small scopes whole; larger ones are named, and the rest comes with the closing pull', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const small = await addProject(world, ana);
  const large = await addProject(world, ana);
  for (let i = 0; i < 8; i++) await addTask(world, ana, { projectId: large });
  const pull = async (wholeMax: number) => {
    const instance = await readInstance(world.database);
    const request = { v: 1, schema: 1, instance: null, epoch: null, clientId: device.clientId, last: 0, cur: {} };
    return (await pullChanges(world.database, instance, ana.userId, request, { wholeMax })).scopes;
  };
  const scopes = [userScope(ana.userId), ...[ana.inboxId, small, large].map(projectScope)].toSorted();
  const whole = await pull(100);
  expect(whole.map(({ s }) => s).toSorted()).toEqual(scopes);
  expect(whole.find(({ s }) => s === projectScope(large))).toMatchObject({ put: { task: { length: 8 } }, del: [] });
  // The large one does not fit: the answer would be put aside until its pages are there.
  expect(await pull(9)).toMatchObject([{ s: projectScope(large), reset: true, count: 10 }]);
  expect((await pull(0)).map(({ s }) => s).toSorted()).toEqual(scopes);
  expect((await pull(0)).every((scope) => 'reset' in scope)).toBe(true);
  await inSync(world, device, ana);
});

test('pages bring a large scope in order, and a closing pull what changed meanwhile', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  for (let i = 0; i < 3; i++) {
    const mutations = Array.from({ length: 500 }, () => aMutation(createTask, taskArgs({ projectId: ana.inboxId })));
    await world.write.execute({ actor: ana, mutations, atomic: true });
  }
  const s = projectScope(ana.inboxId);
  const first = await readPage(world.database, ana.userId, { s });
  expect(first).toMatchObject({ done: false, head: { ver: 4 } });
  expect(Object.values(first.rows).flat()).toHaveLength(1000);
  await world.run(ana, updateTask, {
    id: first.rows['task']![0]!['id'] as string,
    title: 'Changed behind the page',
  });
  const second = await readPage(world.database, ana.userId, { s, after: first.after! });
  expect(second).toMatchObject({ done: true, after: null, head: { ver: 5 } });
  expect(Object.values(second.rows).flat()).toHaveLength(502);
  await inSync(world, device, ana);
});

test('a cursor older than the log, or with too much after it, leads to a reset', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  await device.sync();
  const s = projectScope(ana.inboxId);
  const old = { ...device.cursors[s]! };
  await addTask(world, ana);
  world.clockMs += 31 * DAY_MS;
  const compacted = await compactLog({ database: world.database, clock: { now: () => world.clockMs } });
  expect(compacted).toBe(2);
  expect((await device.pull()).scopes).toMatchObject([{ s, reset: true, count: 3 }]);
  await inSync(world, device, ana);
  await addTask(world, ana);
  expect((await device.pull()).scopes).toMatchObject([{ s, put: { task: [{}] } }]);
  device.cursors[s] = old;
  expect((await device.pull()).scopes).toMatchObject([{ s, reset: true }]);

  await inSync(world, device, ana);
  for (let i = 0; i < 5; i++) {
    const mutations = Array.from({ length: 500 }, () => aMutation(createTask, taskArgs({ projectId: ana.inboxId })));
    await world.write.execute({ actor: ana, mutations, atomic: true });
  }
  expect((await device.pull()).scopes).toMatchObject([{ s, reset: true, count: 2504 }]);
  await inSync(world, device, ana);
});

test('a restored backup is noticed by the tags, and the device takes over what the server has', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  await device.sync();
  const s = projectScope(ana.inboxId);
  const lost = await addTask(world, ana, { title: 'Lost' });
  await device.sync();
  // The server goes back to before that task, and then makes another commit of the same number.
  const { writer } = world.database;
  const before = await writer.selectFrom('scope').selectAll().where('id', '=', s).executeTakeFirstOrThrow();
  const { rev } = (await world.row('task', lost))!;
  await writer.deleteFrom('task').where('id', '=', lost).execute();
  await writer.deleteFrom('change').where('scope_id', '=', s).where('ver', '=', before.ver).execute();
  await writer.deleteFrom('scope_commit').where('scope_id', '=', s).where('ver', '=', before.ver).execute();
  await writer
    .updateTable('scope')
    .set({ ver: before.ver - 1, sum: (before.sum - rowHash(lost, rev) + 2 ** 32) % 2 ** 32 })
    .where('id', '=', s)
    .execute();
  const kept = await addTask(world, ana, { title: 'After the restore' });
  expect(await world.database.reader.selectFrom('scope').select('ver').where('id', '=', s).executeTakeFirst()).toEqual({
    ver: before.ver,
  });
  expect((await device.pull()).scopes).toMatchObject([{ s, reset: true }]);
  await inSync(world, device, ana);
  expect(device.rows.has(`task ${lost}`)).toBe(false);
  expect(device.rows.has(`task ${kept}`)).toBe(true);
});

test('a scope that was fetched from a history that is gone is fetched again', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const s = projectScope(ana.inboxId);
  const { tag } = await world.database.reader
    .selectFrom('scope')
    .select('tag')
    .where('id', '=', s)
    .executeTakeFirstOrThrow();
  await addTask(world, ana);
  const answerTo = async (hi: { ver: number; tag: number }) =>
    (await device.ask({ [s]: { ver: 1, tag, hi } })).scopes.find((each) => each.s === s);
  // The target is of this history, but the last page was of another: rows of it may be on the device.
  expect(await answerTo({ ver: 2, tag: 12345 })).toMatchObject({ reset: true });
  expect(await answerTo({ ver: 1, tag })).toMatchObject({ to: { ver: 2 }, put: { task: [{}] } });
});
