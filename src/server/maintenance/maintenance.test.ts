import { expect, test } from 'vitest';
import { archiveProject, deleteProject } from '#core/projects/project-mutators.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import { deleteSection } from '#core/sections/section-mutators.ts';
import { createLeadership } from '#server/cluster/leadership.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { deleteTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { createSyncDevice } from '#tests/support/sync-device.ts';
import {
  addProject,
  addTask,
  createWriteWorld,
  newId,
  sumsFromRows,
  sumsFromScopes,
  taskArgs,
  type WriteWorld,
} from '#tests/support/write-world.ts';
import { removeIdleClients } from './idle-clients.ts';
import { compactLog } from './log-compaction.ts';
import { maintainOnce, runMaintenance } from './maintenance.ts';
import { purgeTrash } from './trash-purge.ts';

const DAY_MS = 86_400_000;

function contextOf(world: WriteWorld) {
  return { database: world.database, write: world.write, clock: { now: () => world.clockMs } };
}

test('what is in the trash for more than 30 days goes for good, with what belongs to it', async () => {
  await using world = await createWriteWorld();
  const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
  const [kept, gone] = [await addTask(world, ana, { title: 'Kept' }), await addTask(world, ana, { title: 'Gone' })];
  const child = await addTask(world, ana, { title: 'Child', parentId: gone });
  await world.run(ana, createComment, { id: newId(), taskId: child, body: 'Gone too' });
  const project = await addProject(world, ana, [[ben, 'editor']]);
  await addTask(world, ben, { projectId: project });
  const section = newId();
  await world.write.execute({
    actor: ana,
    atomic: true,
    mutations: [
      { uid: newId(), name: 'section.create@1', args: { id: section, projectId: ana.inboxId, name: 'S', rank: 'a0' } },
    ],
  });
  const inSection = await addTask(world, ana, { title: 'In section' });
  await world.run(ana, moveTask, { id: inSection, sectionId: section });
  await world.run(ana, deleteTask, { id: gone });
  await world.run(ana, deleteSection, { id: section });
  await world.run(ana, deleteProject, { id: project });
  world.clockMs += 29 * DAY_MS;
  const recent = await addTask(world, ana, { title: 'Recent' });
  await world.run(ana, deleteTask, { id: recent });
  expect(await purgeTrash(contextOf(world))).toBe(0);
  world.clockMs += 2 * DAY_MS;
  expect(await purgeTrash(contextOf(world))).toBe(3);
  expect((await world.rows('task')).map((task) => task.id).toSorted()).toEqual([kept, recent].toSorted());
  expect(await world.rows('comment')).toEqual([]);
  expect(await world.rows('section')).toEqual([]);
  expect((await world.rows('project')).every((each) => each.inbox)).toBe(true);
  expect(await purgeTrash(contextOf(world))).toBe(0);
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
  const source = await world.database.reader
    .selectFrom('mutation')
    .select('user_id')
    .where('source', '=', 'job')
    .distinct()
    .execute();
  expect(source).toEqual([{ user_id: ana.userId }]);
});

test('what was restored, or is in an archived project, stays', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const restored = await addTask(world, ana);
  await world.run(ana, deleteTask, { id: restored });
  const project = await addProject(world, ana);
  const archived = await addTask(world, ana, { projectId: project });
  await world.run(ana, deleteTask, { id: archived });
  await world.run(ana, archiveProject, { id: project });
  world.clockMs += 40 * DAY_MS;
  await world.run(ana, restoreTask, { id: restored });
  expect(await purgeTrash(contextOf(world))).toBe(0);
  expect(await world.rows('task')).toHaveLength(2);
});

test('the log keeps 30 days, and shortening it twice is the same as once', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const id = await addTask(world, ana);
  world.clockMs += 20 * DAY_MS;
  await world.run(ana, updateTask, { id, title: 'Later' });
  world.clockMs += 11 * DAY_MS;
  expect(await compactLog(contextOf(world))).toBe(2);
  expect(await compactLog(contextOf(world))).toBe(0);
  const changes = await world.database.reader.selectFrom('change').select(['eid', 'ver']).execute();
  expect(changes).toEqual([{ eid: id, ver: 3 }]);
  const floors = await world.database.reader.selectFrom('scope').select('floor').orderBy('floor').execute();
  expect(floors).toEqual([{ floor: 1 }, { floor: 2 }]);
});

test('a device that sent nothing for 90 days is forgotten, and its next mutations find a way', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = createSyncDevice(world.database, world.write, ana);
  await device.push(device.next(createTask, taskArgs({ projectId: ana.inboxId })));
  world.clockMs += 91 * DAY_MS;
  expect(await removeIdleClients(contextOf(world))).toBe(1);
  const late = device.next(createTask, taskArgs({ projectId: ana.inboxId }));
  expect(await device.push(late)).toMatchObject({ stop: 'gap', last: 0 });
  device.clientId = newId();
  expect(await device.push({ ...late, seq: 1 })).toMatchObject({ last: 1, results: [{ status: 'applied' }] });
  expect(await world.rows('task')).toHaveLength(2);
});

test('a step that fails is logged and does not keep the others from running', async () => {
  await using world = await createWriteWorld();
  const errors: unknown[] = [];
  const steps: unknown[] = [];
  const logger = { error: (entry: unknown) => errors.push(entry), info: (entry: unknown) => steps.push(entry) };
  const ana = await world.addUser('ana');
  await addTask(world, ana);
  world.clockMs += 31 * DAY_MS;
  const trashed = { ...contextOf(world), closing: new AbortController().signal, logger: logger as never };
  const broken = { ...trashed, database: { ...world.database, writer: world.database.reader.withSchema('nowhere') } };
  await maintainOnce(broken);
  expect(errors.slice(0, 2)).toMatchObject([{ step: 'compactedScopes' }, { step: 'forgottenClients' }]);
  await maintainOnce(trashed);
  expect(steps).toMatchObject([{ step: 'compactedScopes', count: 2 }]);
});

test('housekeeping ends when the process is closing', async () => {
  await using world = await createWriteWorld();
  const closing = new AbortController();
  const leadership = createLeadership(world.database, 'a test');
  const running = runMaintenance({ ...contextOf(world), closing: closing.signal, logger: {} as never }, leadership);
  closing.abort();
  await running;
});
