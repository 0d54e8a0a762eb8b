import { dayLabel, longDate, timeWords } from '#web/dates/date-words.ts';
import { durationWords } from '#web/dates/duration-words.ts';
import { repeatWords } from '#web/recurrence/repeat-words.ts';
import type { Token, TokenKind } from '#core/quick-add/quick-add.ts';
import { isShown } from './draft-pills.tsx';
import type { DraftRead, DraftReader, NewTask } from './read-draft.ts';

/** What the text was understood to say, for those who do not see the pills. */
export function draftWords(read: DraftRead, { calendar, replica }: DraftReader): string {
  const said = new Set(read.tokens.filter(({ strength }) => strength === 'strong').map(({ kind }) => kind));
  const { task, place } = read;
  const hasAny = (...kinds: TokenKind[]) => kinds.some((kind) => said.has(kind));
  const parts = [
    hasAny('when', 'range', 'recur') && task.date !== null && longWhen(task, calendar.locale),
    said.has('recur') && task.recurrence && repeatWords(task.recurrence, calendar.locale),
    said.has('deadline') && task.deadline !== null && `deadline ${longDate(task.deadline, calendar.locale)}`,
    hasAny('duration', 'range') && task.duration !== null && durationWords(task.duration),
    said.has('priority') && `priority ${task.priority}`,
    said.has('label') && `labels ${task.labels.join(', ')}`,
    said.has('project') && `project ${replica.get('project', place.projectId)?.name ?? 'new'}`,
    said.has('section') && `section ${replica.get('section', place.sectionId ?? '')?.name ?? 'new'}`,
    said.has('person') && `assigned to ${assigneeOf(read, replica)}`,
    ...read.tokens
      .filter(({ strength }) => strength === 'weak')
      .map((token) => isShown(token) && suggested(read, token)),
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function longWhen({ date, time, evening }: NewTask, locale: string): string {
  const clock = time === null ? (evening ? 'evening' : '') : timeWords(time, locale);
  return [longDate(date ?? '', locale), clock].filter(Boolean).join(' ');
}

function suggested({ text }: DraftRead, { start, end }: Token): string {
  return `“${text.slice(start, end)}” is a suggestion that Tab accepts`;
}

function assigneeOf({ task, place }: DraftRead, replica: DraftReader['replica']): string {
  const members = replica.list('projectMembers', place.projectId);
  return members.find(({ userId }) => userId === task.assigneeId)?.displayName ?? '';
}

/** What Tab would make of a suggestion. */
export function hintWords(token: Token, accepted: DraftRead, { calendar }: DraftReader): string {
  const { task } = accepted;
  switch (token.kind) {
    case 'when':
    case 'range':
      return task.date === null ? '' : [dayLabel(task.date, calendar), clockOf(task, calendar.locale)].join(' ').trim();
    case 'recur':
      return task.recurrence ? repeatWords(task.recurrence, calendar.locale) : '';
    case 'deadline':
      return task.deadline === null ? '' : `Deadline ${dayLabel(task.deadline, calendar)}`;
    case 'duration':
      return task.duration === null ? '' : durationWords(task.duration);
    case 'priority':
      return `Priority ${task.priority}`;
    case 'project':
    case 'section':
      return token.creates === undefined ? '' : `Create ${token.kind} “${token.creates}”`;
    default:
      return '';
  }
}

function clockOf({ time, evening }: NewTask, locale: string): string {
  return time === null ? (evening ? 'evening' : '') : timeWords(time, locale);
}
