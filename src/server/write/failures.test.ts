import { expect, test, vi } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import * as mutators from '#core/mutators.ts';
import { createSyncDevice } from '#tests/support/sync-device.ts';
import { createWriteWorld, taskArgs } from '#tests/support/write-world.ts';

/** A mutator with a bug in it, for one title. */
function plantBug(): () => void {
  const real = mutators.findMutator(createTask.key)!;
  const spy = vi.spyOn(real, 'apply').mockImplementation((tx, args) => {
    if ((args as { title: string }).title === 'Bug') throw new TypeError('a bug of ours');
    createApply(tx, args);
  });
  return () => spy.mockRestore();
}
const createApply = createTask.apply;

test('a mutation that fails for no reason of its own is tried again, and gives up its place after five times', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = createSyncDevice(world.database, world.write, ana);
  const muts = ['One', 'Bug', 'Two'].map((title) =>
    device.next(createTask, taskArgs({ projectId: ana.inboxId, title })),
  );
  const remove = plantBug();
  try {
    const first = await device.push(...muts);
    expect(first).toMatchObject({
      last: 1,
      stop: 'retry',
      retryAfterMs: expect.any(Number),
      results: [{ seq: 1, status: 'applied' }],
    });
    for (let i = 0; i < 4; i++)
      expect(await device.push(...muts.slice(1))).toMatchObject({ last: 1, stop: 'retry', results: [] });
    expect(await device.push(...muts.slice(1))).toMatchObject({
      last: 3,
      results: [
        { seq: 2, status: 'rejected', code: 'internal' },
        { seq: 3, status: 'applied' },
      ],
    });
  } finally {
    remove();
  }
  expect((await world.rows('task')).map((task) => task.title).toSorted()).toEqual(['One', 'Two']);
  expect((await device.pull()).rejected).toMatchObject([{ seq: 2, code: 'internal' }]);
});

test('a request that fails takes none of those with it that share its commit', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const remove = plantBug();
  try {
    const titles = ['One', 'Bug', 'Two', 'Three'];
    const answers = await Promise.allSettled(
      titles.map((title) => world.run(ana, createTask, taskArgs({ projectId: ana.inboxId, title }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  } finally {
    remove();
  }
  expect((await world.rows('task')).map((task) => task.title).toSorted()).toEqual(['One', 'Three', 'Two']);
});

test('a request that the database cannot store fails alone', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const clash = taskArgs({ projectId: ana.inboxId, title: 'Clash' });
  // A row that no mutator can see, because it has the same id in another table: the search index has one place for both.
  await world.database.writer
    .insertInto('search_document')
    .values(await hiddenDocument(world.database.engine, clash.id))
    .execute();
  const answers = await Promise.allSettled(
    [taskArgs({ projectId: ana.inboxId, title: 'One' }), clash, taskArgs({ projectId: ana.inboxId, title: 'Two' })].map(
      (args) => world.run(ana, createTask, args),
    ),
  );
  const stored = (await world.rows('task')).map((task) => task.title).toSorted();
  expect(answers[0]!.status).toBe('fulfilled');
  expect(answers[2]!.status).toBe('fulfilled');
  expect(stored.filter((title) => title !== 'Clash')).toEqual(['One', 'Two']);
});

async function hiddenDocument(engine: string, eid: string) {
  const row = { scope_id: 'p:none', kind: 'task', eid };
  return (engine === 'postgres' ? { ...row, words: '' } : row) as never;
}
