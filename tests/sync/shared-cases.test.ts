import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createComment } from '#core/comments/comment-mutators.ts';
import { addMember, changeMemberRole, removeMember } from '#core/projects/member-mutators.ts';
import { projectScope } from '#core/rows.ts';
import type { Overlap } from '#core/sync/protocol.ts';
import { deleteTask, purgeTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { compactLog } from '#server/maintenance/log-compaction.ts';
import { newId } from '#tests/support/write-world.ts';
import { type CaseDevice, CaseWorld, cut } from './case-world.ts';

const DAY_S = 86_400;

/** The cases in which others change what a device holds, or what it may hold, while it is away. */
describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let world: CaseWorld;

  beforeAll(async () => {
    world = await CaseWorld.create(engine);
  });

  afterAll(() => world[Symbol.asyncDispose]());

  function rename({ replica }: CaseDevice, id: string, title: string): string {
    return replica.mutate(updateTask, { id, title });
  }

  test('revoked mid-queue: the rows go, and each change comes back with the same reason', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, projectId, 'Milk');
    const device = await world.device(bob);
    device.offline();
    rename(device, task, 'Oat milk');
    device.replica.mutate(createTask, { id: newId(), projectId, title: 'Bread', rank: 'a2' });
    const own = newId();
    device.replica.mutate(createTask, { id: own, projectId: device.inboxId, title: 'Own', rank: 'a0' });
    await world.act(ana, removeMember, { projectId, userId: bob.userId });
    await device.online();
    expect(device.replica.get('project', projectId)).toBeUndefined();
    expect(device.replica.list('projectTasks', projectId)).toEqual([]);
    expect(device.replica.base.cursors.has(projectScope(projectId))).toBe(false);
    expect(device.replica.rejected.get().map(({ code, text }) => [code, text])).toEqual([
      ['not_found', 'Oat milk'],
      ['not_found', 'Bread'],
    ]);
    expect(device.title(own)).toBe('Own');
    expect(device.replica.status.get().pending).toBe(0);
  });

  test('role lowered mid-queue: the rows stay, the changes are refused', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, projectId, 'Milk');
    const device = await world.device(bob);
    device.offline();
    rename(device, task, 'Oat milk');
    await world.act(ana, changeMemberRole, { projectId, userId: bob.userId, role: 'viewer' });
    await device.online();
    expect(device.title(task)).toBe('Milk');
    expect(device.replica.rejected.get()).toMatchObject([{ code: 'forbidden', text: 'Oat milk' }]);
  });

  test('re-granted: without a cursor everything comes anew, with one that survived only the difference', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, projectId, 'Milk');
    const same = await world.task(ana, projectId, 'Bread');
    const [awake, asleep] = [await world.device(bob), await world.device(bob)];
    asleep.offline();
    await world.act(ana, removeMember, { projectId, userId: bob.userId });
    await awake.sync();
    await world.act(ana, updateTask, { id: task, title: 'Oat milk' });
    await world.act(ana, addMember, { projectId, userId: bob.userId, role: 'editor' });
    const comesAnew = async (device: CaseDevice, id: string): Promise<boolean> => {
      let answers = '';
      device.browser.wire = async ({ send }) => {
        const answer = await send();
        answers += await answer.clone().text();
        return answer;
      };
      await device.sync();
      return answers.includes(id);
    };
    expect([await comesAnew(awake, same), await comesAnew(asleep, same)]).toEqual([true, false]);
    expect([awake.title(same), asleep.title(same)]).toEqual(['Bread', 'Bread']);
    expect([awake.title(task), asleep.title(task)]).toEqual(['Oat milk', 'Oat milk']);
    expect([...awake.faults, ...asleep.faults]).toEqual([]);
  });

  test('a move is one step for who sees both projects, a deletion in one and everything in the other', async () => {
    const [ana, bob, eve] = [await world.person('ana'), await world.person('bob'), await world.person('eve')];
    const from = await world.project(ana, [bob, 'editor']);
    const to = await world.project(ana, [eve, 'editor']);
    const task = await world.task(ana, from, 'Trip');
    const below = await world.task(ana, from, 'Tent', task);
    await world.act(ana, createComment, { id: newId(), taskId: below, body: 'Green' });
    const [both, only, target] = [await world.device(ana), await world.device(bob), await world.device(eve)];
    let told = '';
    only.browser.wire = async ({ send }) => {
      const answer = await send();
      told += await answer.clone().text();
      return answer;
    };
    const seen: number[] = [];
    both.replica.subscribeKind('task', () => seen.push(both.replica.all('task').size));
    await world.act(ana, moveTask, { id: task, projectId: to });
    for (const device of [both, only, target]) await device.sync();

    const { size } = both.replica.all('task');
    expect(new Set(seen)).toEqual(new Set([size]));
    expect(both.replica.get('task', below)?.projectId).toBe(to);
    expect([only.title(task), only.title(below)]).toEqual([undefined, undefined]);
    expect(told).toContain(task);
    expect(told).not.toContain(to);
    expect([target.title(task), target.title(below)]).toEqual(['Trip', 'Tent']);
    expect(target.replica.list('taskComments', below)).toMatchObject([{ body: 'Green', projectId: to }]);
  });

  test('a move needs rights in both projects', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const from = await world.project(ana, [bob, 'editor']);
    const to = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, from, 'Trip');
    const device = await world.device(bob);
    device.offline();
    device.replica.mutate(moveTask, { id: task, projectId: to });
    await world.act(ana, changeMemberRole, { projectId: to, userId: bob.userId, role: 'viewer' });
    await device.online();
    expect(device.replica.rejected.get()).toMatchObject([{ code: 'forbidden' }]);
    expect(device.replica.get('task', task)?.projectId).toBe(from);
  });

  test('the same field changed by two: the one that arrives later stands, and its author is told of the other', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, projectId, 'Roof');
    await world.advance(1);
    const device = await world.device(bob);
    const told: (readonly Overlap[])[] = [];
    device.replica.onOverlap = (_mutation, overlaps) => void told.push(overlaps);
    device.offline();
    device.replica.mutate(updateTask, { id: task, title: 'Of bob', priority: 2 });
    await world.advance(60);
    await world.act(ana, updateTask, { id: task, title: 'Of ana', date: '2026-12-24' });
    await device.online();
    expect(device.replica.get('task', task)).toMatchObject({ title: 'Of bob', priority: 2, date: '2026-12-24' });
    expect(told).toEqual([[{ field: 'title', by: ana.userId, value: 'Of ana' }]]);
    // What is sent at once was written in view of what is there.
    device.replica.mutate(updateTask, { id: task, date: '2026-12-25' });
    await world.settle();
    expect(told).toHaveLength(1);
  });

  test('what was done to a task in a project that one may not see is not told', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const [shared, secret] = [await world.project(ana, [bob, 'editor']), await world.project(ana)];
    const task = await world.task(ana, shared, 'Roof');
    const device = await world.device(bob);
    const told: (readonly Overlap[])[] = [];
    device.replica.onOverlap = (_mutation, overlaps) => void told.push(overlaps);
    device.offline();
    rename(device, task, 'Of bob');
    await world.advance(60);
    await world.act(ana, moveTask, { id: task, projectId: secret });
    await world.act(ana, updateTask, { id: task, title: 'Secret' });
    await world.act(ana, moveTask, { id: task, projectId: shared });
    await device.online();
    expect(device.title(task)).toBe('Of bob');
    expect(told).toEqual([]);
  });

  test('clock skew: order is that of arrival, and what a device says of time is clamped', async () => {
    const ana = await world.person('ana');
    const [ahead, behind] = [await world.device(ana), await world.device(ana)];
    ahead.browser.skew = 40 * DAY_S * 1_000;
    behind.browser.skew = -400 * DAY_S * 1_000;
    const [future, past] = [ahead.reopen(), behind.reopen()];
    await world.settle();
    const id = newId();
    future.replica.mutate(createTask, { id, projectId: future.inboxId, title: 'From the future', rank: 'a0' });
    await world.settle();
    await past.sync();
    rename(past, id, 'From the past');
    await world.settle();
    await future.sync();
    expect([future.title(id), past.title(id)]).toEqual(['From the past', 'From the past']);
    const now = world.app.clock.now();
    const { createdAt, updatedAt } = future.replica.get('task', id) ?? {};
    expect(Date.parse(createdAt ?? '')).toBe(now);
    expect(Date.parse(updatedAt ?? '')).toBe(now - 30 * DAY_S * 1_000);
    // Neither is held up by its clock.
    expect([future.replica.status.get().state, past.replica.status.get().state]).toEqual(['synced', 'synced']);
  });

  test('compaction: a device that slept longer than the log reaches fetches anew, and what it wrote arrives', async () => {
    const ana = await world.person('ana');
    const projectId = await world.project(ana);
    const [gone, kept] = [await world.task(ana, projectId, 'Gone'), await world.task(ana, projectId, 'Kept')];
    const device = await world.device(ana);
    device.offline();
    rename(device, kept, 'Written in the desert');
    device.client.stop();
    await world.act(ana, deleteTask, { id: gone });
    await world.act(ana, purgeTask, { id: gone });
    world.sleep(40);
    await world.act(ana, createTask, { id: newId(), projectId, title: 'New', rank: 'a3' });
    await compactLog(world.app.context);
    // The session has ended meanwhile too, and the network fails while the rows come anew.
    device.browser.wire = (exchange) => (exchange.path.startsWith('/sync/page') ? cut(exchange) : exchange.send());
    const back = await device.browser.signIn(ana);
    await world.settle();
    expect(back.replica.status.get().state).toBe('reconnecting');
    expect(back.title(gone)).toBe('Gone');
    await back.online();
    expect(back.title(gone)).toBeUndefined();
    const titles = back.replica.list('projectTasks', projectId).map(({ title }) => title);
    expect(titles.toSorted()).toEqual(['New', 'Written in the desert']);
    expect(back.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
    expect(back.faults).toEqual([]);
  });
});
