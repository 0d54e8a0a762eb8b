import { expect, test } from 'vitest';
import { QUICK_ADD_DEFAULT } from '#core/users/settings.ts';
import type { Task } from '#core/tasks/task.ts';
import { aMember, aProject, aReplica, aTask, id } from '#tests/support/replica-fixture.ts';
import { withText } from './draft.ts';
import { editTask } from './edit-task.ts';
import { titleDraft } from './title-draft.ts';

const [INBOX, WORK, TASK] = [id(5), id(6), id(7)];
const day = { today: '2026-11-18', weekStart: 1, timeZone: 'Europe/Berlin', dayStart: 0 };
const calendar = { ...day, locale: 'en-GB', words: 'en-GB' };

/** The task after its title was edited to `text`, and the title that the field shows then. */
function edit(
  given: Partial<Task>,
  text: string,
): { title: string | null; task: Task | undefined; undo: () => Task | undefined } {
  const replica = aReplica([
    ['project', aProject({ id: INBOX, name: 'Inbox', inbox: true })],
    ['member', aMember(INBOX)],
    ['project', aProject({ id: WORK, name: 'Work' })],
    ['member', aMember(WORK)],
    ['task', aTask({ id: TASK, projectId: INBOX, ...given })],
  ]);
  const before = replica.get('task', TASK);
  if (!before) throw new Error('no task');
  const reader = { replica, calendar, settings: QUICK_ADD_DEFAULT, now: Date.parse('2026-11-18T10:00:00+01:00') };
  const title = editTask(before, withText(titleDraft(before.title), text), reader);
  const undo = () => {
    replica.undo();
    return replica.get('task', TASK);
  };
  return { title, task: replica.get('task', TASK), undo };
}

test('what is written behind a title changes the task, as one step of undo', () => {
  const { title, task, undo } = edit(
    { title: 'Dentist', labels: ['health'], time: null },
    'Dentist friday 9:00 !1 @teeth #Work',
  );
  expect(title).toBe('Dentist');
  expect(task).toMatchObject({
    title: 'Dentist',
    date: '2026-11-20',
    time: '09:00',
    priority: 1,
    labels: ['health', 'teeth'],
    projectId: WORK,
  });
  expect(undo()).toMatchObject({ title: 'Dentist', date: null, priority: 4, labels: ['health'], projectId: INBOX });
});

test('words that the title had before say nothing', () => {
  expect(edit({ title: 'Watch Tomorrow Never Dies today' }, 'Watch Tomorrow Never Dies today again').title).toBeNull();
  expect(edit({ title: 'Plan friday' }, 'Plan friday !2').task).toMatchObject({
    title: 'Plan friday',
    date: null,
    priority: 2,
  });
});

test('what is not said stays: a time alone keeps the day, a date the recurrence', () => {
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null };
  const { task } = edit({ title: 'Run', date: '2026-11-25', time: '07:00', recurrence }, 'Run 8:30');
  expect(task).toMatchObject({ title: 'Run', date: '2026-11-25', time: '08:30', recurrence });
  expect(edit({ title: 'Run', date: '2026-11-25', deadline: '2026-12-01' }, 'Run tomorrow').task).toMatchObject({
    date: '2026-11-19',
    deadline: '2026-12-01',
  });
});

test('a title that would be left empty, or that says nothing, is only a title', () => {
  expect(edit({ title: 'Dentist' }, 'tomorrow').title).toBeNull();
  expect(edit({ title: 'Dentist' }, 'Dentist of Anna').title).toBeNull();
  expect(edit({ title: 'Note' }, 'Note // later !1').title).toBeNull();
  expect(edit({ title: 'Note' }, 'Note !1 // later').task).toMatchObject({ title: 'Note // later', priority: 1 });
});
