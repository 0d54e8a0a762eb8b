import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeTask, skipOccurrence } from '#core/tasks/completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from '#core/tasks/pause-mutators.ts';
import { meantOccurrence } from '#core/tasks/recurring-task.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Recurrence, Task } from '#core/tasks/task.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { newId } from '#tests/support/write-world.ts';
import type { Replica } from '#web/replica/replica.ts';
import { type CaseDevice, CaseWorld, type Wire } from './case-world.ts';

const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3;COUNT=2',
  'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0',
  'FREQ=WEEKLY;BYDAY=MO,TH',
  'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=YEARLY;UNTIL=20271231',
];
const ANCHORS = ['schedule', 'completion', 'completion-weekday'] as const;
const MUTATIONS = 60;
const DAY_MS = 86_400_000;

/** What people do to repeating tasks, from numbers that do not depend on the run. */
const repeating = fc.record({
  rule: fc.constantFrom(...RULES),
  anchor: fc.constantFrom(...ANCHORS),
  date: fc.constantFrom('2026-01-31', '2026-11-09', '2026-11-18', '2026-12-24'),
  time: fc.constantFrom(null, '09:00', '23:30'),
  timeZone: fc.constantFrom(null, 'Pacific/Auckland', 'America/Los_Angeles'),
  catchUp: fc.constantFrom(undefined, 'each' as const),
  acts: fc.array(fc.constantFrom('complete', 'skip', 'pause', 'resume'), { minLength: 1, maxLength: 3 }),
});

/** What a repeating task has come to: what the server must find too. */
function stateOf(replica: Replica, ids: readonly string[]): unknown[] {
  return ids.map((id) => {
    const { rev: _rev, updatedAt: _at, ...task } = replica.get('task', id) as Task;
    const history = replica.list('taskCompletions', id).map(({ rev: _r, updatedAt: _u, createdAt: _c, ...row }) => row);
    return { ...task, history: history.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  });
}

function act(replica: Replica, id: string, what: string): void {
  const task = replica.get('task', id) as Task;
  if (what === 'complete') replica.mutate(completeTask, { id, ...meantOccurrence(task) });
  if (what === 'skip') replica.mutate(skipOccurrence, { id, ...meantOccurrence(task) });
  if (what === 'pause') replica.mutate(pauseRecurrence, { id });
  if (what === 'resume') replica.mutate(resumeRecurrence, { id });
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let world: CaseWorld;

  beforeAll(async () => {
    world = await CaseWorld.create(engine);
  });

  afterAll(() => world[Symbol.asyncDispose]());

  /** In UTC, as for all who have not set their zone. */
  function today(days = 0): string {
    return new Date(world.time.now + days * DAY_MS).toISOString().slice(0, 10);
  }

  function addRepeating(
    { replica, inboxId }: CaseDevice,
    given: Partial<Task>,
    recurrence: Partial<Recurrence> = {},
  ): string {
    const id = newId();
    replica.mutate(createTask, {
      id,
      projectId: inboxId,
      title: 'Water plants',
      rank: 'a0',
      date: '2026-11-18',
      ...given,
    });
    const whole = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null, ...recurrence };
    replica.mutate(updateTask, { id, recurrence: whole });
    return id;
  }

  /** The same device with another clock, once the world has settled. */
  function withClockAhead(device: CaseDevice): CaseDevice {
    device.browser.skew = 5 * DAY_MS;
    return device.reopen();
  }

  /** With a task that repeats daily from today, which the server knows. */
  async function deviceAhead(): Promise<{ ahead: CaseDevice; id: string }> {
    const device = await world.device(await world.person('ana'));
    const id = addRepeating(device, { date: today() });
    await device.sync();
    const ahead = withClockAhead(device);
    await world.settle();
    return { ahead, id };
  }

  test('what a device without a network finds is what the server finds', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const { replica } = device;
    replica.mutate(updateSettings, { timeZone: 'Asia/Tokyo', dayStart: 240 });
    device.offline();
    const ids: string[] = [];
    for (const [n, given] of fc.sample(repeating, { numRuns: MUTATIONS, seed: 21 }).entries()) {
      const { rule, anchor, catchUp, acts, ...plan } = given;
      const simple = anchor === 'completion-weekday' && /BYHOUR/.test(rule) ? 'schedule' : anchor;
      const id = addRepeating(
        device,
        { ...plan, timeZone: plan.time === null ? null : plan.timeZone },
        {
          rule,
          anchor: simple,
          ...(catchUp && { catchUp }),
        },
      );
      ids.push(id);
      for (const what of acts) {
        try {
          act(replica, id, what);
        } catch {
          // The last occurrence cannot be left out: the device says so, and sends nothing.
        }
      }
      // The clock goes on while nobody is there to tell the server.
      if (n % 6 === 0) world.time.now += 5 * 3_600_000;
    }
    const found = stateOf(replica, ids);
    world.app.clock.advance(world.time.now - world.app.clock.now());
    await device.online();
    await world.advance(5);
    expect(replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
    expect(stateOf(replica, ids)).toEqual(found);
    // Another device has everything from the server alone.
    expect(stateOf((await world.device(ana)).replica, ids)).toEqual(found);
  });

  test('two devices that complete the same date without a network complete it once', async () => {
    const ana = await world.person('ana');
    const [phone, laptop] = [await world.device(ana), await world.device(ana)];
    const id = addRepeating(phone, {});
    await phone.sync();
    await laptop.sync();
    phone.offline();
    laptop.offline();
    act(phone.replica, id, 'complete');
    act(laptop.replica, id, 'complete');
    await phone.online();
    await laptop.online();
    await phone.sync();
    expect(stateOf(phone.replica, [id])).toEqual(stateOf(laptop.replica, [id]));
    expect(phone.replica.list('taskCompletions', id)).toHaveLength(1);
  });

  test('what a device with a clock days ahead completes without a network counts, each time and once', async () => {
    const ana = await world.person('ana');
    const [ahead, other, right] = [await world.device(ana), await world.device(ana), await world.device(ana)];
    const id = addRepeating(right, { date: today() });
    await right.sync();
    const skewed = [ahead, other].map(withClockAhead);
    await world.settle();
    for (const device of skewed) {
      device.offline();
      act(device.replica, id, 'complete');
      act(device.replica, id, 'complete');
      expect(device.replica.get('task', id)?.date).toBe(today(7));
    }
    for (const device of skewed) await device.online();
    await right.sync();
    expect(right.replica.get('task', id)?.date).toBe(today(2));
    expect(right.replica.list('taskCompletions', id).map(({ date }) => date)).toEqual([today(), today(1)]);
    for (const { replica } of skewed) {
      expect(replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
      expect(stateOf(replica, [id])).toEqual(stateOf(right.replica, [id]));
    }
  });

  test('what was done in time stands in the history when somebody late has moved the task past it', async () => {
    const ana = await world.person('ana');
    const [phone, laptop] = [await world.device(ana), await world.device(ana)];
    const begun = today();
    const id = addRepeating(phone, { date: begun });
    await phone.sync();
    await laptop.sync();
    phone.offline();
    act(phone.replica, id, 'complete');
    world.sleep(1);
    const second = today();
    act(phone.replica, id, 'complete');
    world.sleep(3);
    act(laptop.replica, id, 'complete');
    await laptop.sync();
    await phone.online();
    expect(phone.replica.get('task', id)?.date).toBe(today(1));
    expect(phone.replica.list('taskCompletions', id).map(({ date }) => date)).toEqual([begun, second]);
    expect(phone.replica.status.get()).toMatchObject({ pending: 0, rejected: 0 });
  });

  test('a date that the task is not at is not left out instead, and its author is told', async () => {
    const { ahead, id } = await deviceAhead();
    ahead.offline();
    act(ahead.replica, id, 'complete');
    act(ahead.replica, id, 'skip');
    await ahead.online();
    expect(ahead.replica.get('task', id)?.date).toBe(today(1));
    expect(ahead.replica.rejected.get()).toMatchObject([{ detail: expect.stringContaining('at another date by now') }]);
  });

  test('who undoes what others have gone on from is told, and the history keeps it', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const [hers, his] = [await world.device(ana), await world.device(bob)];
    const id = addRepeating(hers, { date: today(), projectId });
    await hers.sync();
    await his.sync();
    act(hers.replica, id, 'complete');
    await hers.sync();
    await his.sync();
    hers.offline();
    act(his.replica, id, 'complete');
    await his.sync();
    hers.replica.undo();
    await hers.online();
    expect(hers.replica.rejected.get()).toMatchObject([{ code: 'not_undoable' }]);
    expect(hers.replica.get('task', id)?.date).toBe(today(2));
    expect(hers.replica.list('taskCompletions', id)).toHaveLength(2);
  });

  test('undo turns back what the server made of a completion by a clock that is ahead', async () => {
    const { ahead, id } = await deviceAhead();
    act(ahead.replica, id, 'complete');
    await ahead.sync();
    expect(ahead.replica.get('task', id)?.date).toBe(today(1));
    ahead.replica.undo();
    await ahead.sync();
    expect(ahead.replica.get('task', id)?.date).toBe(today());
    expect(ahead.replica.list('taskCompletions', id)).toEqual([]);
    expect(ahead.replica.status.get()).toMatchObject({ pending: 0, rejected: 0 });
  });

  test('a page from before tasks went on completes the current date, and is told the next one', async () => {
    const device = await world.device(await world.person('ana'));
    const id = addRepeating(device, {});
    await device.sync();
    device.browser.wire = asBefore;
    act(device.replica, id, 'complete');
    await device.sync();
    expect(device.replica.status.get()).toMatchObject({ pending: 0, rejected: 0 });
    expect(device.replica.get('task', id)).toMatchObject({
      completedAt: null,
      date: expect.not.stringMatching('2026-11-18'),
    });
    expect(device.replica.list('taskCompletions', id)).toHaveLength(1);
  });
});

/** Sends what an older page would. */
const asBefore: Wire = ({ body: { muts, ...body }, send }) =>
  send(
    Array.isArray(muts)
      ? { ...body, muts: muts.map((each: object) => ({ ...each, name: 'task.complete@1', args: idOf(each) })) }
      : body,
  );

function idOf(mutation: object): { id: string } {
  return { id: (mutation as { args: { id: string } }).args.id };
}
