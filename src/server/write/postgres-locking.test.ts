import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { expect, test } from 'vitest';
import { projectScope } from '#core/rows.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { moveProject } from '#core/projects/project-mutators.ts';
import { createSyncDevice, sorted, visibleRows } from '#tests/support/sync-device.ts';
import { testEngine } from '#tests/support/test-database.ts';
import { addProject, addTask, createWriteWorld, newId, taskArgs, type WriteWorld } from '#tests/support/write-world.ts';
import { createLocalHub } from './hub.ts';
import { createWritePath } from './write-path.ts';

/** What only a database with several writers can get wrong. */
const isPostgres = testEngine() === 'postgres';

/** Another process in the middle of a write: it holds the lock of a scope until told otherwise. */
async function holdScope({ database }: WriteWorld, scope: string): Promise<PoolClient> {
  const client = await database.postgres!.connect();
  await client.query('begin');
  await client.query('select 1 from scope where id = $1 for update', [scope]);
  return client;
}

async function release(client: PoolClient): Promise<void> {
  await client.query('commit');
  client.release();
}

function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, sleep(300).then(() => false)]);
}

test.runIf(isPostgres)(
  'who begins later in a scope commits later, and a pull never sees a version before the ones below it',
  async () => {
    await using world = await createWriteWorld();
    const ana = await world.addUser('ana');
    const scope = projectScope(ana.inboxId);
    const device = createSyncDevice(world.database, world.write, ana);
    await device.sync();
    // A writer that took its place first, and takes its time.
    const first = await holdScope(world, scope);
    const second = world.run(ana, createTask, taskArgs({ projectId: ana.inboxId, title: 'Second' }));
    expect(await isSettled(second)).toBe(false);
    expect((await device.pull()).scopes).toEqual([]);
    await first.query('update scope set ver = ver + 1, tag = 7 where id = $1', [scope]);
    await first.query(
      'insert into scope_commit (scope_id, ver, tag, tx_id, at) select id, ver, tag, $2, 0 from scope where id = $1',
      [scope, newId()],
    );
    await release(first);
    expect((await second).scopes).toMatchObject([{ scope, ver: 3 }]);
    const pulled = await device.pull();
    expect(pulled.scopes).toMatchObject([{ s: scope, to: { ver: 3 }, put: { task: [{ title: 'Second' }] } }]);
  },
);

test.runIf(isPostgres)('a scope that stays locked makes a write fail in time, and others go on', async () => {
  await using world = await createWriteWorld();
  const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
  const holder = await holdScope(world, projectScope(ana.inboxId));
  const blocked = world.run(ana, createTask, taskArgs({ projectId: ana.inboxId }));
  const began = performance.now();
  for (let i = 0; i < 20; i++) await addTask(world, ben);
  expect(await isSettled(blocked)).toBe(false);
  expect(performance.now() - began).toBeLessThan(10_000);
  await release(holder);
  await expect(blocked).resolves.toMatchObject({ results: [{ status: 'applied' }] });
});

test.runIf(isPostgres)('a task that moves between plan and lock is found where it went', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const [from, to] = [await addProject(world, ana), await addProject(world, ana)];
  const id = await addTask(world, ana, { projectId: from });
  const other = createWritePath({ database: world.database, hub: createLocalHub(), now: () => world.clockMs });
  const holder = await holdScope(world, projectScope(from));
  // Both plans see the task in its old project and wait for its lock.
  const moved = other.execute({
    actor: ana,
    atomic: true,
    mutations: [{ uid: newId(), name: moveTask.key, args: { id, projectId: to } }],
  });
  await sleep(150);
  const renamed = world.run(ana, updateTask, { id, title: 'Renamed' });
  await sleep(150);
  await release(holder);
  await Promise.all([moved, renamed]);
  expect(await world.row('task', id)).toMatchObject({ projectId: to, title: 'Renamed', rev: 3 });
});

test.runIf(isPostgres)('projects that are placed below each other at the same time form no circle', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const other = createWritePath({ database: world.database, hub: createLocalHub(), now: () => world.clockMs });
  for (let i = 0; i < 10; i++) {
    const [a, b] = [await addProject(world, ana), await addProject(world, ana)];
    const place = (write: typeof other, id: string, parentId: string) =>
      write.execute({
        actor: ana,
        atomic: true,
        mutations: [{ uid: newId(), name: moveProject.key, args: { id, parentId } }],
      });
    const answers = await Promise.allSettled([place(world.write, a, b), place(other, b, a)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});

test.runIf(isPostgres)(
  'an id that two processes give to rows of different projects at once belongs to one of them',
  async () => {
    await using world = await createWriteWorld();
    const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
    const other = createWritePath({ database: world.database, hub: createLocalHub(), now: () => world.clockMs });
    for (let i = 0; i < 10; i++) {
      const id = newId();
      const create = (write: typeof other, user: typeof ana) =>
        write.execute({
          actor: user,
          atomic: true,
          mutations: [{ uid: newId(), name: createTask.key, args: taskArgs({ projectId: user.inboxId, id }) }],
        });
      const answers = await Promise.allSettled([create(world.write, ana), create(other, ben)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = answers.find((answer) => answer.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'conflict' });
    }
  },
);

test.runIf(isPostgres)('the same uid in two processes at once is carried out once', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const other = createWritePath({ database: world.database, hub: createLocalHub(), now: () => world.clockMs });
  for (let i = 0; i < 10; i++) {
    const request = {
      actor: ana,
      atomic: true,
      mutations: [{ uid: newId(), name: createTask.key, args: taskArgs({ projectId: ana.inboxId }) }],
    };
    const answers = await Promise.all([world.write.execute(request), other.execute(request)]);
    expect(answers.map(({ results }) => Number(results[0]!.replayed)).reduce((sum, each) => sum + each)).toBe(1);
  }
  expect(await world.rows('task')).toHaveLength(10);
  const device = createSyncDevice(world.database, world.write, ana);
  await device.sync();
  expect(sorted(device.rows)).toEqual(sorted(await visibleRows(world.database, ana.userId)));
});
