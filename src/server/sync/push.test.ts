import { expect, test } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import { createSyncDevice } from '#tests/support/sync-device.ts';
import { addProject, createWriteWorld, newId, taskArgs } from '#tests/support/write-world.ts';
import { readInstance } from './instance.ts';
import { pushMutations } from './push.ts';

async function worldWithDevice() {
  const world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = createSyncDevice(world.database, world.write, ana);
  return { world, ana, device };
}

test('a push that is sent again is answered alike and applied once', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const muts = [
    device.next(createTask, taskArgs({ projectId: ana.inboxId })),
    device.next(createTask, taskArgs({ projectId: newId() })),
  ];
  const first = await device.push(...muts);
  const again = await device.push(...muts);
  expect(again).toEqual(first);
  expect(first.results).toMatchObject([{ status: 'applied' }, { status: 'rejected', code: 'not_found' }]);
  expect(await world.rows('task')).toHaveLength(1);
  const third = await device.push(...muts, device.next(createTask, taskArgs({ projectId: ana.inboxId })));
  expect(third).toMatchObject({ last: 3, results: [{}, {}, { seq: 3, status: 'applied' }] });
});

test('a refusal is told by push, and by every pull until the device has seen it', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const refused = device.next(createTask, taskArgs({ projectId: newId() }));
  await device.push(refused, device.next(createTask, taskArgs({ projectId: ana.inboxId })));
  const pulled = await device.pull();
  expect(pulled).toMatchObject({
    last: 2,
    rejected: [{ seq: 1, uid: refused.uid, code: 'not_found', detail: expect.any(String) }],
  });
  expect((await device.pull()).rejected).toEqual([]);
});

test('a gap in the queue stops it, as does a sequence number that was used for something else', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const create = () => device.next(createTask, taskArgs({ projectId: ana.inboxId }));
  const [first, , third] = [create(), create(), create()];
  expect(await device.push(first)).toMatchObject({ last: 1 });
  expect(await device.push(third)).toMatchObject({ last: 1, stop: 'gap', results: [] });
  expect(await device.push({ ...create(), seq: 1 })).toMatchObject({ last: 1, stop: 'forked', results: [] });
  await expect(device.push({ ...first, seq: 2 }, { ...third, seq: 4 })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  expect(await world.rows('task')).toHaveLength(1);
});

test('under a new client id the same mutations are recognised and not repeated', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const mutation = device.next(createTask, taskArgs({ projectId: ana.inboxId }));
  await device.push(mutation);
  device.clientId = newId();
  expect(await device.push(mutation)).toMatchObject({ last: 1, results: [{ seq: 1, status: 'applied' }] });
  expect(await world.rows('task')).toHaveLength(1);
});

test('a refusal is told by the pull of the new client id too, when the answer to its push was lost', async () => {
  const { world, device } = await worldWithDevice();
  await using _ = world;
  const refused = device.next(createTask, taskArgs({ projectId: newId() }));
  await device.push(refused);
  device.clientId = newId();
  await device.push(refused);
  expect(await device.pull()).toMatchObject({ last: 1, rejected: [{ seq: 1, uid: refused.uid, code: 'not_found' }] });
});

test('another account can neither use nor read the queue of a device', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const eve = await world.addUser('eve');
  await device.push(device.next(createTask, taskArgs({ projectId: ana.inboxId })));
  const theirs = createSyncDevice(world.database, world.write, eve);
  theirs.clientId = device.clientId;
  expect(await theirs.push(theirs.next(createTask, taskArgs({ projectId: eve.inboxId })))).toMatchObject({
    stop: 'wrong_user',
    last: 0,
    results: [],
  });
  expect(await theirs.pull()).toMatchObject({ stop: 'wrong_user', scopes: [], last: 0 });
});

test('an action that this server does not know stops the queue and is not lost', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const known = device.next(createTask, taskArgs({ projectId: ana.inboxId }));
  const unknown = { ...device.next(createTask, taskArgs({ projectId: ana.inboxId })), name: 'task.create@9' };
  expect(await device.push(known, unknown)).toMatchObject({ last: 1, stop: 'server_too_old', results: [{ seq: 1 }] });
});

test('what only the server may do is refused to devices', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  const ben = await world.addUser('ben');
  const projectId = await addProject(world, ana);
  const mutation = {
    ...device.next(createTask, taskArgs({ projectId })),
    name: 'member.add@1',
    args: { projectId, userId: ben.userId, role: 'viewer' },
  };
  expect(await device.push(mutation)).toMatchObject({ results: [{ status: 'rejected', code: 'forbidden' }] });
});

test('another epoch or version of the protocol is told before anything is done', async () => {
  const { world, ana, device } = await worldWithDevice();
  await using _ = world;
  await world.database.writer.updateTable('instance').set({ epoch: newId() }).execute();
  const instance = await readInstance(world.database);
  const base = {
    v: 1,
    schema: 1,
    instance: instance.instance,
    epoch: instance.epoch,
    clientId: newId(),
    muts: [device.next(createTask, taskArgs({ projectId: ana.inboxId }))],
  };
  const stopOf = async (change: object) =>
    (await pushMutations(world.write, instance, ana, { ...base, ...change })).stop;
  expect(await stopOf({ epoch: newId() })).toBe('epoch');
  expect(await stopOf({ instance: newId() })).toBe('epoch');
  expect(await stopOf({ v: 2 })).toBe('server_too_old');
  expect(await stopOf({ schema: 2 })).toBe('server_too_old');
  expect(await world.rows('task')).toEqual([]);
  expect(await stopOf({})).toBeUndefined();
});
