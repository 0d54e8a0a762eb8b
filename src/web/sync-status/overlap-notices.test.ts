import { expect, test } from 'vitest';
import type { Overlap } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { aMember, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { anAccount } from '#tests/support/web-harness.tsx';
import type { ToastRequest } from '#web/ui/toast-queue.ts';
import { tellOverlaps } from './overlap-notices.ts';

const TEAM = id(11);
const ROOF = id(101);
const ANNA = id(2);
const BEN = id(3);
const AT = '2026-11-22T09:00:00.000Z';

function told(overlaps: readonly Overlap[], waitedMs = 60_000) {
  const anna = { userId: ANNA, username: 'anna', displayName: 'Anna', instanceRole: 'user', active: true } as const;
  const replica = anAccount([
    ['project', aProject({ id: TEAM, name: 'Team' })],
    ['member', aMember(TEAM)],
    ['member', aMember(TEAM, 'editor', anna)],
    ['task', aTask({ id: ROOF, projectId: TEAM, title: 'Mine', priority: 2 })],
  ]);
  const toasts: ToastRequest[] = [];
  tellOverlaps({
    replica,
    toasts: { show: (request) => toasts.push(request) },
    mutation: { seq: 1, uid: id(900), name: updateTask.key, args: { id: ROOF, title: 'Mine', priority: 2 }, at: AT },
    overlaps,
    now: Date.parse(AT) + waitedMs,
  });
  return { replica, toasts };
}

test('says who changed what, and takes theirs when asked', () => {
  const { replica, toasts } = told([
    { field: 'title', by: ANNA, value: 'Hers' },
    { field: 'priority', by: ANNA, value: 1 },
  ]);
  expect(toasts.map(({ message }) => message)).toEqual(['Anna also changed the title and priority of “Mine”']);
  toasts[0]?.action?.run();
  expect(replica.get('task', ROOF)).toMatchObject({ title: 'Hers', priority: 1 });
  replica.undo();
  expect(replica.get('task', ROOF)).toMatchObject({ title: 'Mine', priority: 2 });
});

test('one toast for each person; who is no longer a member has no name', () => {
  const { toasts } = told([
    { field: 'title', by: ANNA, value: 'Hers' },
    { field: 'priority', by: BEN, value: 1 },
  ]);
  expect(toasts.map(({ message }) => message)).toEqual([
    'Anna also changed the title of “Mine”',
    'Somebody also changed the priority of “Mine”',
  ]);
});

test('nothing of the same value, of fields that a newer server has, or of a change that did not wait', () => {
  expect(told([{ field: 'title', by: ANNA, value: 'Mine' }]).toasts).toEqual([]);
  expect(told([{ field: 'mood', by: ANNA, value: 'bad' }]).toasts).toEqual([]);
  expect(told([{ field: 'title', by: ANNA, value: 'Hers' }], 1_000).toasts).toEqual([]);
});
