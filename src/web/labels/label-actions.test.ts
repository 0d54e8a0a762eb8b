import { expect, test } from 'vitest';
import { aMember, ANA, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { aLabel } from '#tests/support/row-factories.ts';
import { anAccount, INBOX } from '#tests/support/web-harness.tsx';
import { editLabel, labelRank, removeLabel, tasksWith } from './label-actions.ts';

const TEAM = id(10);
const OLD = id(11);
const errand = aLabel({ userId: ANA.userId, name: 'errand', color: 'teal' });

function anAccountWithLabel() {
  return anAccount([
    ['label', errand],
    ['project', aProject({ id: TEAM })],
    ['member', aMember(TEAM, 'viewer')],
    ['project', aProject({ id: OLD, archivedAt: '2026-11-01T08:00:00.000Z' })],
    ['member', aMember(OLD)],
    ['task', aTask({ id: id(100), projectId: INBOX, labels: ['Errand', 'phone'] })],
    ['task', aTask({ id: id(101), projectId: TEAM, labels: ['errand'] })],
    ['task', aTask({ id: id(102), projectId: OLD, labels: ['errand'] })],
    ['task', aTask({ id: id(103), projectId: INBOX, labels: ['phone'] })],
  ]);
}

test('only tasks that I may change follow a label', () => {
  expect(tasksWith(anAccountWithLabel(), errand)).toEqual([id(100)]);
});

test('a new name goes to the tasks, a new colour does not touch them', () => {
  const replica = anAccountWithLabel();
  editLabel(replica, errand, { name: 'errand', color: 'ruby' });
  expect(replica.get('label', errand.id)?.color).toBe('ruby');
  expect(replica.get('task', id(100))?.rev).toBe(1);
  editLabel(replica, errand, { name: 'Outside', color: 'ruby' });
  expect(replica.get('task', id(100))?.labels).toEqual(['Outside', 'phone']);
  expect(replica.get('task', id(101))?.labels).toEqual(['errand']);
});

test('a deleted label leaves its tasks, and undo brings both back', () => {
  const replica = anAccountWithLabel();
  removeLabel(replica, errand);
  expect(replica.get('task', id(100))?.labels).toEqual(['phone']);
  replica.undo();
  expect(replica.get('label', errand.id)?.name).toBe('errand');
  expect(replica.get('task', id(100))?.labels).toEqual(['Errand', 'phone']);
});

test('labels move past their neighbour and no further', () => {
  const labels = ['a0', 'a1', 'a2'].map((rank, index) => aLabel({ id: id(200 + index), rank }));
  expect(labelRank(labels, id(200), 'up')).toBeNull();
  expect(labelRank(labels, id(202), 'down')).toBeNull();
  const up = labelRank(labels, id(202), 'up') ?? '';
  expect(up > 'a0' && up < 'a1').toBe(true);
});
