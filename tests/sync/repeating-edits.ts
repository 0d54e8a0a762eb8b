import { must } from '#core/errors.ts';
import { completeTask, skipOccurrence, uncompleteTask } from '#core/tasks/completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from '#core/tasks/pause-mutators.ts';
import { meantOccurrence } from '#core/tasks/recurring-task.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Recurrence, Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';
import { attempt, type Choice, type EditAction, pickOf, someTask } from './choosing.ts';
import type { RepeatingEdit } from './steps.ts';

const scheduled = { anchor: 'schedule', intendedDay: null } as const;

/** One of each way to count on; few, so that devices often give the same. */
const RULES: readonly Recurrence[] = [
  { ...scheduled, rule: 'FREQ=DAILY' },
  { ...scheduled, rule: 'FREQ=DAILY;COUNT=3' },
  { ...scheduled, rule: 'FREQ=WEEKLY;BYDAY=MO,TH', catchUp: 'each' },
  { ...scheduled, rule: 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0' },
  { ...scheduled, rule: 'FREQ=DAILY;INTERVAL=2', anchor: 'completion' },
];
/** Before and after the day on which histories play. */
const DAYS = ['2026-11-18', '2026-11-22', '2026-11-26', '2026-12-01'] as const;

function dayOf(number: number): string {
  return must(DAYS[number % DAYS.length], 'there are days');
}

function someRepeating(replica: Replica, { pick }: Choice): Task | undefined {
  const open = [...replica.all('task').values()].filter((task) => !task.deletedAt && !task.completedAt);
  return pickOf(
    open.filter((task) => task.recurrence !== null),
    pick,
  );
}

/** The occurrence is named as the app does it: the one that this device shows. */
function onOccurrence(mutator: typeof completeTask | typeof skipOccurrence): EditAction {
  return (replica, choice) => {
    const task = someRepeating(replica, choice);
    attempt(replica, mutator, task ? { id: task.id, ...meantOccurrence(task) } : null);
  };
}

/** What people do to tasks that repeat. */
export const REPEATING_EDITS: Readonly<Record<RepeatingEdit, EditAction>> = {
  recur(replica, choice) {
    const task = someTask(replica, choice);
    const recurrence = RULES[choice.to % RULES.length] ?? null;
    const begin = task?.date === null && !task.recurrence ? { date: dayOf(choice.pick) } : {};
    attempt(replica, updateTask, task ? { id: task.id, recurrence, ...begin } : null);
  },
  'complete-occurrence': onOccurrence(completeTask),
  'skip-occurrence': onOccurrence(skipOccurrence),
  uncomplete(replica, choice) {
    const task = someRepeating(replica, choice);
    const latest = task && pickOf(replica.list('taskCompletions', task.id), choice.to);
    attempt(replica, uncompleteTask, task && latest ? { id: task.id, completionId: latest.id } : null);
  },
  postpone(replica, choice) {
    const task = someRepeating(replica, choice);
    attempt(replica, updateTask, task ? { id: task.id, date: dayOf(choice.to) } : null);
  },
  pause(replica, choice) {
    const task = someRepeating(replica, choice);
    attempt(replica, task?.recurrence?.paused ? resumeRecurrence : pauseRecurrence, task ? { id: task.id } : null);
  },
};
