import { expect, test, vi } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { DeviceStorage } from '#tests/support/device-storage.ts';
import { isOpen } from '#web/replica/row-indexes.ts';
import { aMember, aProject, aReplica, aTask, deltasOf, id, type KindRow } from '#tests/support/replica-fixture.ts';

const HOME = id(10);
const WORK = id(11);
const MILK = id(100);
const BREAD = id(101);

function rows(): KindRow[] {
  return [
    ['project', aProject({ id: HOME, name: 'Home' })],
    ['member', aMember(HOME)],
    ['project', aProject({ id: WORK, name: 'Work' })],
    ['member', aMember(WORK)],
    ['task', aTask({ id: MILK, projectId: HOME, title: 'Milk', rank: 'a1', date: '2026-11-22' })],
    ['task', aTask({ id: BREAD, projectId: HOME, title: 'Bread', rank: 'a2' })],
  ];
}

function acknowledge(replica: ReturnType<typeof aReplica>, changed: KindRow[], ver = 2): string[] {
  const { next } = replica.outbox.state;
  const scopes = deltasOf(changed, ver).map((delta) => ({ ...delta, sum: Number.NaN }));
  return replica.applyPull({ gone: [], staged: [], scopes, last: next - 1 }, []);
}

test('a mutation is visible before it returns and waits for the server', () => {
  const replica = aReplica(rows());
  const onPending = vi.fn<() => void>();
  replica.onPending = onPending;
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
  expect(replica.baseRow('task', MILK)?.title).toBe('Milk');
  expect(replica.outbox.state.pending.map(({ seq, name }) => [seq, name])).toEqual([[1, 'task.update@1']]);
  expect(replica.status.get()).toMatchObject({ state: 'saving', pending: 1 });
  expect(onPending).toHaveBeenCalledTimes(1);
});

test('a refused mutation changes nothing, queues nothing and tells nobody', () => {
  const replica = aReplica(rows());
  const listener = vi.fn<() => void>();
  replica.subscribeKind('task', listener);
  expect(() => replica.mutate(updateTask, { id: id(999), title: 'x' })).toThrow(DomainError);
  expect(replica.outbox.state.pending).toEqual([]);
  expect(listener).not.toHaveBeenCalled();
});

test('one mutation tells each listener once, however many rows it changes', () => {
  const children: KindRow[] = [102, 103].map((n) => ['task', aTask({ id: id(n), projectId: HOME, parentId: MILK })]);
  const replica = aReplica([...rows(), ...children]);
  const open = replica.query({ kind: 'task', where: { index: 'openByProject', key: HOME } });
  const listener = vi.fn<() => void>();
  open.subscribe(listener);
  replica.subscribeKind('task', listener);
  replica.mutate(completeTask, { id: MILK });
  expect(listener).toHaveBeenCalledTimes(1);
  expect(open.ids()).toEqual([BREAD]);
});

test('a live query keeps its array while its rows stay the same', () => {
  const replica = aReplica(rows());
  const live = replica.query({ kind: 'task', where: { index: 'openByDate', to: '2026-11-22' } });
  const before = live.rows();
  const ids = live.ids();
  live.subscribe(() => {});
  replica.mutate(updateTask, { id: BREAD, title: 'Rye bread' });
  expect(live.rows()).toBe(before);
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  expect(live.rows()).not.toBe(before);
  expect(live.ids()).toBe(ids);
  expect(replica.query({ kind: 'task', where: { index: 'openByDate', to: '2026-11-22' } })).toBe(live);
});

test('a query that nobody watches is current when it is read again', () => {
  const replica = aReplica(rows());
  const live = replica.query({ kind: 'task', where: { index: 'openByProject', key: HOME }, filter: isOpen });
  expect(live.ids()).toEqual([MILK, BREAD]);
  replica.mutate(completeTask, { id: MILK });
  expect(live.ids()).toEqual([BREAD]);
});

test('tasks of an archived or trashed project leave the dated views and come back with it', () => {
  const replica = aReplica(rows());
  const today = replica.query({ kind: 'task', where: { index: 'openByDate', key: '2026-11-22' } });
  today.subscribe(() => {});
  const home = aProject({ id: HOME, rev: 2, archivedAt: '2026-11-22T10:00:00.000Z' });
  replica.applyPull({ gone: [], staged: [], scopes: deltasOf([['project', home]], 2), last: 0 }, []);
  expect([today.ids(), replica.count({ index: 'openByDate', key: '2026-11-22' })]).toEqual([[], 0]);
  expect(replica.count({ index: 'openByProject', key: HOME })).toBe(2);
  replica.applyPull(
    { gone: [], staged: [], scopes: deltasOf([['project', { ...home, rev: 3, archivedAt: null }]], 3), last: 0 },
    [],
  );
  expect([today.ids(), replica.count({ index: 'openByDate', key: '2026-11-22' })]).toEqual([[MILK], 1]);
});

test('a change from elsewhere arrives below the pending ones', () => {
  const replica = aReplica(rows());
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  const remote = aTask({ id: MILK, projectId: HOME, title: 'Soy milk', priority: 1, rev: 2 });
  replica.applyPull({ gone: [], staged: [], scopes: deltasOf([['task', remote]], 2), last: 0 }, []);
  expect(replica.get('task', MILK)).toMatchObject({ title: 'Oat milk', priority: 1 });
  expect(replica.baseRow('task', MILK)).toEqual(remote);
});

test('an acknowledged mutation leaves the queue and its row stays', () => {
  const replica = aReplica(rows());
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  const shown = replica.get('task', MILK);
  acknowledge(replica, [['task', shown as NonNullable<typeof shown>]]);
  expect(replica.outbox.state).toMatchObject({ pending: [], sent: [{ seq: 1 }] });
  expect(replica.get('task', MILK)).toBe(shown);
  expect(replica.status.get().state).toBe('synced');
});

test('a pending mutation that no longer applies waits without effect', () => {
  const replica = aReplica(rows());
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  const scopes = deltasOf([]).concat({
    s: `p:${HOME}`,
    to: { ver: 2, tag: 1 },
    view: '',
    put: {},
    del: [['task', MILK]],
    sum: 0,
  });
  replica.applyPull({ gone: [], staged: [], scopes, last: 0 }, []);
  expect(replica.get('task', MILK)).toBeUndefined();
  expect(replica.outbox.state.pending).toHaveLength(1);
});

test('a rejected mutation disappears from view and keeps what was typed', () => {
  const replica = aReplica(rows());
  const uid = replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  replica.applyPull({ gone: [], staged: [], scopes: [], last: 1 }, [{ seq: 1, uid, code: 'forbidden', detail: 'No.' }]);
  expect(replica.get('task', MILK)?.title).toBe('Milk');
  expect(replica.rejected.get()).toMatchObject([{ uid, code: 'forbidden', detail: 'No.', text: 'Oat milk' }]);
  expect(replica.status.get()).toMatchObject({ state: 'attention', pending: 0, rejected: 1 });
  replica.retryRejected(uid);
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
  expect(replica.status.get()).toMatchObject({ state: 'saving', pending: 1, rejected: 0 });
});

test('a scope that is gone takes its rows along and nothing else', () => {
  const replica = aReplica([...rows(), ['task', aTask({ id: id(200), projectId: WORK })]]);
  replica.applyPull({ gone: [`p:${HOME}`], staged: [], scopes: [], last: 0 }, []);
  expect([...replica.all('task').keys()]).toEqual([id(200)]);
  expect([...replica.all('project').keys()]).toEqual([WORK]);
  expect([...replica.base.cursors.keys()]).toEqual([`p:${WORK}`]);
});

test('a deletion in the old scope of a moved row spares the row in the new one', () => {
  const replica = aReplica(rows());
  const moved = aTask({ id: MILK, projectId: WORK, rev: 2 });
  const [put] = deltasOf([['task', moved]], 2);
  const del = {
    s: `p:${HOME}`,
    to: { ver: 2, tag: 1 },
    view: '',
    put: {},
    del: [['task', MILK] as [string, string]],
    sum: 0,
  };
  for (const scopes of [
    [put, del],
    [del, put],
  ]) {
    replica.applyPull({ gone: [], staged: [], scopes: scopes as (typeof put)[] as never, last: 0 }, []);
    expect(replica.get('task', MILK)?.projectId).toBe(WORK);
  }
});

test('a staged scope replaces what was held of it, ghosts included', () => {
  const replica = aReplica(rows());
  const fresh = deltasOf([
    ['project', aProject({ id: HOME })],
    ['member', aMember(HOME)],
  ])[0];
  const staged = [{ s: `p:${HOME}`, target: { ver: 9, tag: 3 }, view: '', rows: fresh?.put ?? {} }];
  replica.applyPull({ gone: [], staged, scopes: [], last: 0 }, []);
  expect(replica.all('task').size).toBe(0);
  expect(replica.base.cursors.get(`p:${HOME}`)).toEqual({ ver: 9, tag: 3, view: '' });
  expect(replica.base.sumOf(`p:${HOME}`)).toBe(fresh?.sum);
});

test('a row that moved while both scopes were fetched anew is where its newer version is', () => {
  const [before, after] = [aTask({ id: MILK, projectId: HOME, rev: 2 }), aTask({ id: MILK, projectId: WORK, rev: 3 })];
  const stagedOf = (project: string, task: typeof before) => {
    const [fresh] = deltasOf([
      ['project', aProject({ id: project })],
      ['task', task],
    ]);
    return { s: `p:${project}`, target: { ver: 9, tag: 3 }, view: '', rows: fresh?.put ?? {} };
  };
  const [home, work] = [stagedOf(HOME, before), stagedOf(WORK, after)];
  const left = {
    s: home.s,
    to: { ver: 10, tag: 4 },
    view: '',
    put: {},
    del: [['task', MILK] as [string, string]],
    sum: 0,
  };
  for (const staged of [
    [home, work],
    [work, home],
  ]) {
    const replica = aReplica(rows());
    replica.applyPull({ gone: [], staged, scopes: [left], last: 0 }, []);
    expect(replica.get('task', MILK)).toMatchObject({ projectId: WORK, rev: 3 });
  }
});

test('a checksum that differs is reported', () => {
  const replica = aReplica(rows());
  const task = aTask({ id: BREAD, projectId: HOME, rev: 2 });
  expect(acknowledge(replica, [['task', task]])).toEqual([`p:${HOME}`]);
});

test('undo restores the fields that the action wrote, and redo writes them again', () => {
  const replica = aReplica(rows());
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  expect(replica.undoState.get()).toEqual({ canUndo: true, canRedo: false });
  replica.undo();
  expect(replica.get('task', MILK)?.title).toBe('Milk');
  expect(replica.undoState.get()).toEqual({ canUndo: false, canRedo: true });
  replica.redo();
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
  replica.undo();
  expect(replica.get('task', MILK)?.title).toBe('Milk');
  expect(replica.outbox.state.pending.map(({ name }) => name)).toEqual(['task.update@1', 'undo@1', 'undo@1', 'undo@1']);
});

test('an acknowledged action can still be undone', () => {
  const replica = aReplica(rows());
  replica.mutate(deleteTask, { id: MILK });
  acknowledge(replica, [['task', { ...replica.get('task', MILK)! }]]);
  replica.undo();
  expect(replica.get('task', MILK)?.deletedAt).toBeNull();
});

test('a batch is one notice and one step of undo', () => {
  const replica = aReplica(rows());
  const listener = vi.fn<() => void>();
  replica.subscribeKind('task', listener);
  replica.batch(() => {
    replica.mutate(completeTask, { id: MILK });
    replica.mutate(completeTask, { id: BREAD });
  });
  expect(listener).toHaveBeenCalledTimes(1);
  replica.undo();
  expect([MILK, BREAD].map((task) => replica.get('task', task)?.completedAt)).toEqual([null, null]);
  expect(replica.undoState.get().canUndo).toBe(false);
});

test('undo names an older action by its uid and leaves the newer ones', () => {
  const replica = aReplica(rows());
  const uid = replica.mutate(completeTask, { id: MILK });
  replica.mutate(completeTask, { id: BREAD });
  replica.undo(uid);
  expect(replica.get('task', MILK)?.completedAt).toBeNull();
  expect(replica.get('task', BREAD)?.completedAt).not.toBeNull();
});

test('undo says why it cannot when everything was changed since', () => {
  const replica = aReplica(rows());
  replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  const remote = aTask({ id: MILK, projectId: HOME, title: 'Soy milk', rev: 3 });
  acknowledge(replica, [['task', remote]]);
  expect(() => replica.undo()).toThrow(expect.objectContaining({ code: 'not_undoable' }));
  expect(replica.get('task', MILK)?.title).toBe('Soy milk');
});

test('a new task under a moved parent follows the rules of the mutators', () => {
  const replica = aReplica(rows());
  replica.mutate(moveTask, { id: MILK, projectId: WORK });
  replica.mutate(createTask, { id: id(300), projectId: WORK, parentId: MILK, title: 'Which one?', rank: 'a0' });
  expect(replica.list('subtasks', MILK).map((task) => task.id)).toEqual([id(300)]);
});

test('rows, cursors and the queue survive a restart with storage', () => {
  const { cache, outbox } = new DeviceStorage(() => id(900));
  aReplica(rows(), { cache, outbox }).mutate(updateTask, { id: MILK, title: 'Oat milk' });
  expect(cache.read()?.rows.find((kept) => kept.id === MILK)).toMatchObject({ row: { title: 'Milk' } });
  const again = aReplica([], { cache, outbox });
  expect(again.get('task', MILK)?.title).toBe('Oat milk');
  expect(again.baseRow('task', MILK)?.title).toBe('Milk');
  expect(again.base.cursors.size).toBe(2);
});
