import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { projectScope, userScope } from '#core/rows.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { removeMember, leaveProject } from '#core/projects/member-mutators.ts';
import { purgeProject, deleteProject } from '#core/projects/project-mutators.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import {
  addProject,
  addTask,
  aMutation,
  createWriteWorld,
  newId,
  requestOf,
  sumsFromRows,
  sumsFromScopes,
  taskArgs,
} from '#tests/support/write-world.ts';

test('a mutation writes its row, the log, the scope version and its own record in one commit', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const commitsBefore = world.commits.length;
  const args = taskArgs({ projectId: ana.inboxId, title: 'Buy milk' });
  const mutation = aMutation(createTask, args);
  const result = await world.write.execute({ actor: ana, mutations: [mutation], atomic: true });
  expect(result.results).toMatchObject([{ uid: mutation.uid, status: 'applied', replayed: false }]);
  expect(result.scopes).toEqual([{ scope: projectScope(ana.inboxId), ver: 2, tag: expect.any(Number) }]);
  expect(world.commits.length - commitsBefore).toBe(1);

  const task = await world.row('task', args.id);
  expect(task).toEqual(result.results[0]?.rows[0]?.row);
  expect(task).toMatchObject({ title: 'Buy milk', rev: 1, createdBy: ana.userId });

  const db = world.database.reader;
  const scope = await db.selectFrom('scope').selectAll().where('id', '=', projectScope(ana.inboxId)).executeTakeFirst();
  const commit = await db
    .selectFrom('scope_commit')
    .selectAll()
    .where('scope_id', '=', scope!.id)
    .where('ver', '=', 2)
    .executeTakeFirst();
  expect(commit?.tag).toBe(scope?.tag);
  const changes = await db.selectFrom('change').selectAll().where('mutation_uid', '=', mutation.uid).execute();
  expect(changes).toMatchObject([{ scope_id: scope!.id, ver: 2, kind: 'task', eid: args.id, op: 'put', before: null }]);
  const stored = await db.selectFrom('mutation').selectAll().where('uid', '=', mutation.uid).executeTakeFirst();
  expect(stored).toMatchObject({ status: 'applied', name: 'task.create@1', source: 'api', user_id: ana.userId });
  expect(JSON.parse(stored!.args)).toEqual(args);
});

test('the log keeps the changed fields only', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const id = await addTask(world, ana, { title: 'Old' });
  await world.run(ana, updateTask, { id, title: 'New' });
  const changes = await world.database.reader
    .selectFrom('change')
    .select(['before', 'after'])
    .where('eid', '=', id)
    .orderBy('ver')
    .execute();
  expect(JSON.parse(changes[1]!.before!)).toEqual({ title: 'Old' });
  expect(JSON.parse(changes[1]!.after!)).toEqual({ title: 'New' });
});

test('a known uid is answered from its record and not carried out again', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const request = requestOf(ana, createTask, taskArgs({ projectId: ana.inboxId }), { fingerprint: 'body-1' });
  const first = await world.write.execute(request);
  const second = await world.write.execute(request);
  expect(second.results).toMatchObject([{ status: 'applied', replayed: true, rows: first.results[0]?.rows }]);
  expect(await world.rows('task')).toHaveLength(1);
  const other = { ...request, mutations: [{ ...request.mutations[0]!, fingerprint: 'body-2' }] };
  await expect(world.write.execute(other)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  const ben = await world.addUser('ben');
  await expect(world.write.execute({ ...request, actor: ben })).rejects.toMatchObject({ code: 'conflict' });
});

test('an atomic request that is refused in the middle writes nothing', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const good = aMutation(createTask, taskArgs({ projectId: ana.inboxId }));
  const bad = aMutation(createTask, taskArgs({ projectId: newId() }));
  await expect(world.write.execute({ actor: ana, mutations: [good, bad], atomic: true })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await world.rows('task')).toEqual([]);
  const stored = await world.database.reader
    .selectFrom('mutation')
    .select('uid')
    .where('uid', 'in', [good.uid, bad.uid])
    .execute();
  expect(stored).toEqual([]);
});

test('without atomicity a refusal is recorded and the others go through', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const mutations = [
    aMutation(createTask, taskArgs({ projectId: ana.inboxId })),
    aMutation(createTask, taskArgs({ projectId: newId() })),
    aMutation(createTask, taskArgs({ projectId: ana.inboxId })),
  ];
  const { results } = await world.write.execute({ actor: ana, mutations, atomic: false });
  expect(results.map((result) => [result.status, result.code])).toEqual([
    ['applied', undefined],
    ['rejected', 'not_found'],
    ['applied', undefined],
  ]);
  expect(await world.rows('task')).toHaveLength(2);
  const again = await world.write.execute({ actor: ana, mutations, atomic: false });
  expect(again.results.map((result) => [result.status, result.code, result.replayed])).toEqual([
    ['applied', undefined, true],
    ['rejected', 'not_found', true],
    ['applied', undefined, true],
  ]);
});

test('later mutations of a request see what earlier ones wrote', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const parent = taskArgs({ projectId: ana.inboxId });
  const child = taskArgs({ projectId: ana.inboxId, parentId: parent.id });
  const project = { id: newId(), name: 'Home', rank: 'a0' };
  await world.write.execute({
    actor: ana,
    atomic: true,
    mutations: [
      aMutation(createTask, parent),
      aMutation(createTask, child),
      { uid: newId(), name: 'project.create@1', args: project },
      aMutation(moveTask, { id: parent.id, projectId: project.id }),
      aMutation(updateTask, { id: child.id, title: 'Renamed' }),
    ],
  });
  expect(await world.row('task', child.id)).toMatchObject({ projectId: project.id, title: 'Renamed', rev: 3 });
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
});

test('arguments that do not fit are refused with the path of each fault', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const args = { id: 'x', projectId: ana.inboxId, rank: 'a0', title: ' ', nonsense: 1 };
  const request = { actor: ana, atomic: true, mutations: [{ uid: newId(), name: 'task.create@1', args }] };
  const error = await world.write.execute(request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DomainError);
  expect((error as DomainError).data.errors?.map((fault) => fault.path).toSorted()).toEqual([
    '/id',
    '/nonsense',
    '/title',
  ]);
  const unknown = { actor: ana, atomic: true, mutations: [{ uid: newId(), name: 'task.explode@1', args: {} }] };
  await expect(world.write.execute(unknown)).rejects.toMatchObject({ code: 'validation_failed' });
});

test('If-Match refuses a row that has changed, and does not betray rows of others', async () => {
  await using world = await createWriteWorld();
  const [ana, eve] = [await world.addUser('ana'), await world.addUser('eve')];
  const id = await addTask(world, ana);
  const rename = (title: string, rev: number, user = ana) =>
    world.run(user, updateTask, { id, title }, { ifMatch: { kind: 'task', id, rev } });
  await rename('Second', 1);
  await expect(rename('Third', 1)).rejects.toMatchObject({ code: 'revision_mismatch', data: { current: 2 } });
  expect(await world.row('task', id)).toMatchObject({ title: 'Second', rev: 2 });
  await expect(rename('Mine', 1, eve)).rejects.toMatchObject({ code: 'not_found' });
});

test('access follows from member rows', async () => {
  await using world = await createWriteWorld();
  const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
  const projectId = await addProject(world, ana, [[ben, 'editor']]);
  const accessOf = async (userId: string) =>
    (
      await world.database.reader
        .selectFrom('access')
        .select(['scope_id', 'role'])
        .where('user_id', '=', userId)
        .execute()
    )
      .map(({ scope_id, role }) => `${scope_id} ${role}`)
      .toSorted();
  const own = [`${projectScope(ben.inboxId)} owner`, `${userScope(ben.userId)} owner`];
  expect(await accessOf(ben.userId)).toEqual([...own, `${projectScope(projectId)} editor`].toSorted());
  await world.run(ana, removeMember, { projectId, userId: ben.userId });
  expect(await accessOf(ben.userId)).toEqual(own.toSorted());
  await world.run(ana, deleteProject, { id: projectId });
  await world.run(ana, purgeProject, { id: projectId });
  expect(await accessOf(ana.userId)).toHaveLength(2);
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
});

test('a row that moves leaves a mark without content in its old scope, and undo sees one change', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const target = await addProject(world, ana);
  const id = await addTask(world, ana);
  await world.run(ana, createComment, { id: newId(), taskId: id, body: 'Hello' });
  const mutation = aMutation(moveTask, { id, projectId: target });
  await world.write.execute({ actor: ana, mutations: [mutation], atomic: true });
  const changes = await world.database.reader
    .selectFrom('change')
    .select(['scope_id', 'eid', 'op', 'before', 'after'])
    .where('mutation_uid', '=', mutation.uid)
    .where('kind', '=', 'task')
    .orderBy('seq')
    .execute();
  expect(changes).toMatchObject([
    { scope_id: projectScope(ana.inboxId), eid: id, op: 'del', before: null, after: null },
    { scope_id: projectScope(target), eid: id, op: 'put' },
  ]);
  await world.write.execute({
    actor: ana,
    atomic: true,
    mutations: [{ uid: newId(), name: 'undo@1', args: { uid: mutation.uid } }],
  });
  expect(await world.row('task', id)).toMatchObject({ projectId: ana.inboxId, rev: 3 });
  expect((await world.rows('comment'))[0]).toMatchObject({ projectId: ana.inboxId });
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
});

test('undo of an undo brings back what the first one took, also within one request', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const id = await addTask(world, ana, { title: 'One' });
  const rename = aMutation(updateTask, { id, title: 'Two' });
  const undo = { uid: newId(), name: 'undo@1', args: { uid: rename.uid } };
  const redo = { uid: newId(), name: 'undo@1', args: { uid: undo.uid } };
  await world.write.execute({ actor: ana, mutations: [rename, undo], atomic: true });
  expect(await world.row('task', id)).toMatchObject({ title: 'One' });
  await world.write.execute({ actor: ana, mutations: [redo], atomic: true });
  expect(await world.row('task', id)).toMatchObject({ title: 'Two' });
  const stored = await world.database.reader
    .selectFrom('mutation')
    .select('undo_of')
    .where('uid', '=', redo.uid)
    .executeTakeFirst();
  expect(stored?.undo_of).toBe(undo.uid);
  const ben = await world.addUser('ben');
  await expect(
    world.write.execute({ actor: ben, mutations: [{ ...redo, uid: newId() }], atomic: true }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('a device dates its own actions, within 30 days and never ahead', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = { ...ana, source: 'web' } as const;
  const createdAt = async (at: string, user: typeof ana | typeof device = device) => {
    const args = taskArgs({ projectId: ana.inboxId });
    await world.write.execute({ actor: user, atomic: true, mutations: [aMutation(createTask, args, { at })] });
    return (await world.row('task', args.id))?.createdAt;
  };
  expect(await createdAt('2026-11-18T09:00:00.000Z')).toBe('2026-11-18T09:00:00.000Z');
  expect(await createdAt('2027-01-01T00:00:00.000Z')).toBe('2026-11-18T12:00:00.000Z');
  expect(await createdAt('2020-01-01T00:00:00.000Z')).toBe('2026-10-19T12:00:00.000Z');
  expect(await createdAt('2026-11-18T09:00:00.000Z', ana)).toBe('2026-11-18T12:00:00.000Z');
});

test('a commit wakes the scopes that changed and the users whose access did', async () => {
  await using world = await createWriteWorld();
  const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
  const woken: string[][] = [];
  const stop = world.hub.subscribe((notice) => woken.push([...notice.scopes].toSorted()));
  const projectId = await addProject(world, ana, [[ben, 'viewer']]);
  await world.run(ben, leaveProject, { projectId });
  await world.run(ana, createLabel, { id: newId(), name: 'home', rank: 'a0' });
  stop();
  await world.run(ana, createLabel, { id: newId(), name: 'work', rank: 'a0' });
  const project = projectScope(projectId);
  expect(woken).toEqual([
    [project, userScope(ana.userId)].toSorted(),
    [project, userScope(ben.userId)].toSorted(),
    [project, userScope(ben.userId)].toSorted(),
    [userScope(ana.userId)],
  ]);
});

test('500 mutations in one request are one commit', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const before = world.commits.length;
  const mutations = Array.from({ length: 500 }, () => aMutation(createTask, taskArgs({ projectId: ana.inboxId })));
  const { results, scopes } = await world.write.execute({ actor: ana, mutations, atomic: true });
  expect(results).toHaveLength(500);
  expect(scopes).toMatchObject([{ ver: 2 }]);
  expect(world.commits.length - before).toBe(1);
  expect(await world.rows('task')).toHaveLength(500);
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
});

test('requests that arrive together share a commit, and each gets its own answer', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const before = world.commits.length;
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) =>
      world.run(ana, createTask, taskArgs({ projectId: i % 10 === 0 ? newId() : ana.inboxId, title: `Task ${i}` })),
    ),
  );
  expect(answers.filter((answer) => answer.status === 'rejected')).toHaveLength(6);
  expect(await world.rows('task')).toHaveLength(54);
  expect(world.commits.length - before).toBeLessThanOrEqual(10);
  expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
});
