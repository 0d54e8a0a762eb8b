import { labelKey } from '#core/labels/label.ts';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import { optionsFor } from '#core/quick-add/quick-add-settings.ts';
import type { QuickAddContext, QuickAddFields, QuickAddResult, Token, TokenKind } from '#core/quick-add/quick-add.ts';
import type { TaskContent } from '#core/tasks/task-content.ts';
import type { QuickAddSettings } from '#core/users/settings.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { Calendar } from '#web/dates/use-date-context.ts';
import type { When } from '#web/tasks/task-actions.ts';
import type { TaskPlace } from '#web/tasks/task-place.ts';
import type { Draft, DraftBase } from './draft.ts';
import { namesWith } from './names.ts';

export type NewTask = Omit<TaskContent, 'timeZone'>;

/** What a draft comes to. */
export interface DraftRead {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly place: TaskPlace;
  readonly task: NewTask;
}

/** Where a draft is read: the day, the zone and the language of the person, and the clock. */
export interface DraftReader {
  readonly replica: Replica;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly settings: QuickAddSettings;
}

/** A task keeps no reminders yet: their words stay in its title. */
const OFF: readonly TokenKind[] = ['reminder'];

export function parseDraft(draft: Draft, base: DraftBase, reader: DraftReader): QuickAddResult {
  const { timeZone, locale, weekStart, dayStart } = reader.calendar;
  const { projectId } = draft.chosen.place ?? base.place;
  const names = namesWith(reader.replica, draft.made);
  const context: QuickAddContext = { now: reader.now, timeZone, locale, weekStart, dayStart, projectId, ...names };
  const { suppressed, accepted, plain } = draft;
  return parseQuickAdd(draft.text, context, { ...optionsFor(reader.settings, OFF), suppressed, accepted, plain });
}

/** The text first, then what was chosen, then what the place begins with. */
export function readDraft(draft: Draft, base: DraftBase, reader: DraftReader): DraftRead {
  const { fields, tokens } = parseDraft(draft, base, reader);
  const said = new Set(tokens.filter(({ strength }) => strength === 'strong').map(({ kind }) => kind));
  const { chosen } = draft;
  const place = placeOf(fields, said, chosen.place, base.place);
  const recurrence = fields.recurrence ?? chosen.recurrence ?? null;
  const when = whenOf({ fields, tokens, chosen: chosen.when, base, today: reader.calendar.today });
  return {
    text: draft.text,
    tokens,
    place,
    task: {
      title: fields.title,
      description: fields.description,
      ...when,
      ...(recurrence && when.date === null && { date: reader.calendar.today }),
      recurrence,
      deadline: fields.deadline ?? setOr(chosen.deadline, base.content.deadline),
      duration: fields.duration ?? setOr(chosen.duration, base.content.duration),
      priority: fields.priority ?? chosen.priority ?? base.content.priority ?? 4,
      labels: distinct([...(chosen.labels ?? base.content.labels ?? []), ...fields.labels]),
      assigneeId:
        fields.assigneeId ?? assigneeIn(reader.replica, place, setOr(chosen.assigneeId, base.content.assigneeId)),
    },
  };
}

function placeOf(
  fields: QuickAddFields,
  said: ReadonlySet<TokenKind>,
  chosen: Draft['chosen']['place'],
  base: TaskPlace,
): TaskPlace {
  if (said.has('project') && fields.projectId !== null)
    return { projectId: fields.projectId, sectionId: fields.sectionId, parentId: null };
  if (said.has('section')) return { ...(chosen ?? base), sectionId: fields.sectionId, parentId: null };
  return chosen ? { ...chosen, parentId: null } : base;
}

interface Timing {
  readonly fields: QuickAddFields;
  readonly tokens: readonly Token[];
  readonly chosen: When | undefined;
  readonly base: DraftBase;
  readonly today: string;
}

/** A time alone belongs to the day that was chosen, or that the list is about, if that is still to come. */
function whenOf({ fields, tokens, chosen, base, today }: Timing): When {
  const strong = tokens.filter(({ strength }) => strength === 'strong');
  const { date, time, evening } = fields;
  const repeats = strong.some(({ kind }) => kind === 'recur');
  if (strong.some(({ kind, timeOnly }) => kind === 'when' && !timeOnly)) return { date, time, evening };
  const day = chosen ? chosen.date : repeats ? date : (base.content.date ?? null);
  if (strong.some(({ timeOnly }) => timeOnly)) return { date: day !== null && day > today ? day : date, time, evening };
  if (chosen && (chosen.date !== null || !repeats))
    return chosen.time === null && repeats ? { ...chosen, time } : chosen;
  if (repeats) return { date, time, evening };
  const { date: from = null, time: at = null, evening: late = false } = base.content;
  return { date: from, time: at, evening: late };
}

/** Chosen to be nothing is chosen, too. */
function setOr<T>(chosen: T | null | undefined, otherwise: T | null | undefined): T | null {
  return chosen === undefined ? (otherwise ?? null) : chosen;
}

function assigneeIn(replica: Replica, { projectId }: TaskPlace, chosen: string | null | undefined): string | null {
  if (!chosen) return null;
  return replica.list('projectMembers', projectId).some(({ userId }) => userId === chosen) ? chosen : null;
}

function distinct(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(labelKey(name))) byKey.set(labelKey(name), name);
  return [...byKey.values()];
}
