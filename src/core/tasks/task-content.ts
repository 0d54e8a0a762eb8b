import { type Static, Type } from 'typebox';
import { validationFailed } from '#core/errors.ts';
import { labelKey } from '#core/labels/label.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { memberId } from '#core/projects/member.ts';
import { requireRecurrence } from '#core/recurrence/validate-recurrence.ts';
import { optionalFields } from '#core/schema.ts';
import { taskContent, type Task } from './task.ts';

export const TaskPatch = Type.Object(optionalFields(taskContent));
export type TaskPatch = Static<typeof TaskPatch>;

export type TaskContent = Static<ReturnType<typeof contentSchema>>;

function contentSchema() {
  return Type.Object(taskContent);
}

export const EMPTY_CONTENT: TaskContent = {
  title: '',
  description: '',
  priority: 4,
  labels: [],
  assigneeId: null,
  date: null,
  time: null,
  timeZone: null,
  evening: false,
  deadline: null,
  duration: null,
  recurrence: null,
};

/**
 * `current` with the given fields, and with what they imply: text in NFC, labels once each,
 * and without a date neither time, zone, evening nor recurrence.
 */
export function applyPatch<T extends TaskContent>(tx: MutatorTx, projectId: string, current: T, patch: TaskPatch): T {
  const next = { ...current, ...pickContent(patch) };
  if (patch.title !== undefined) next.title = patch.title.trim();
  if (patch.labels !== undefined) next.labels = distinctLabels(patch.labels);
  if (patch.assigneeId) requireMember(tx, projectId, patch.assigneeId);
  if (patch.timeZone) requireTimeZone(patch.timeZone);
  if (next.date === null) {
    if (patch.time) throw validationFailed('/time', 'A time needs a date.');
    if (patch.evening) throw validationFailed('/evening', 'An evening needs a date.');
    if (patch.recurrence && !patch.recurrence.paused) {
      throw validationFailed('/recurrence', 'A recurring task needs a date to start from.');
    }
  }
  const start = next.date ?? patch.recurrence?.paused?.date;
  if (patch.recurrence && start !== undefined) requireRecurrence(patch.recurrence, start);
  return withWhatDatesAllow(next);
}

/** Without a date no time or evening, and no recurrence but a paused one; without a time no zone. */
export function withWhatDatesAllow<T extends TaskContent>(content: T): T {
  const recurrence = recurrenceAllowed(content);
  const dated =
    content.date === null ? { ...content, time: null, evening: false, recurrence } : { ...content, recurrence };
  return dated.time === null ? { ...dated, timeZone: null } : dated;
}

/** A date ends the pause. */
function recurrenceAllowed({ date, recurrence }: TaskContent): TaskContent['recurrence'] {
  if (date === null) return recurrence?.paused ? recurrence : null;
  if (!recurrence?.paused) return recurrence;
  const { paused: _ended, pausedSubtasks: _awake, ...going } = recurrence;
  return going;
}

/** Only the content: arguments of a mutator also carry ids and a rank. */
export function pickContent(args: TaskPatch): TaskPatch {
  const picked: Record<string, unknown> = {};
  for (const key of Object.keys(taskContent) as (keyof TaskPatch)[]) {
    if (args[key] !== undefined) picked[key] = args[key];
  }
  return picked;
}

/** First spelling wins; labels that differ only in case are one label. */
function distinctLabels(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const trimmed = name.trim().normalize('NFC');
    if (!byKey.has(labelKey(trimmed))) byKey.set(labelKey(trimmed), trimmed);
  }
  return [...byKey.values()];
}

function requireMember(tx: MutatorTx, projectId: string, userId: string): void {
  if (!tx.get('member', memberId(projectId, userId))) {
    throw validationFailed('/assigneeId', 'A task can only be assigned to a member of its project.');
  }
}

/** A zone that this runtime knows; the list of zones comes with the runtime's ICU data. */
function requireTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw Object.assign(validationFailed('/timeZone', `"${timeZone}" is not a known IANA time zone.`), { cause });
  }
}

export function contentOf(task: Task): TaskContent {
  return { ...EMPTY_CONTENT, ...pickContent(task) };
}
