import { certainTime, type ClockNote } from '#core/dates/zone-clock.ts';
import { labelKey } from '#core/labels/label.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { civilDateOf, parseTime, parseDate, formatDate, formatTime } from '#core/recurrence/wall-clock.ts';
import { type Day } from './calendar.ts';
import type { Candidate, Meaning, When } from './candidates.ts';
import { addAmount } from './date-phrases.ts';
import type { Line } from './line.ts';
import type { QuickAddFields } from './quick-add.ts';
import type { Repetition } from './recurrence-phrases.ts';
import { firstOf, printRule, type Rule, withWeekStart } from './recurrence-rule.ts';
import { minutesBetween, type TimeRange } from './time-phrases.ts';

type Content = Omit<QuickAddFields, 'title' | 'description'>;

export interface Filled {
  readonly content: Content;
  /** How the time was made certain. */
  readonly note: ClockNote | undefined;
}

/** The fields that strong tokens say; null when they contradict each other, as a recurrence that is over before it begins. */
export function fieldsOf(line: Line, strong: readonly Candidate[]): Filled | null {
  const last = lastOfEach(strong);
  const { when, recur } = scheduled(strong);
  const range = last('range')?.range ?? null;
  const schedule = scheduleOf(line, when, recur, range);
  if (!schedule) return null;
  const { note, endTime, ...planned } = schedule;
  const duration = last('duration')?.minutes ?? (range && minutesBetween(range));
  const deadline = last('deadline')?.date;
  const content: Content = {
    ...planned,
    endTime: duration === (range && minutesBetween(range)) ? endTime : null,
    deadline: deadline === undefined ? null : formatDate(deadline),
    duration,
    reminders: remindersOf(strong),
    priority: last('priority')?.priority ?? null,
    labels: labelsOf(strong),
    projectId: last('project')?.id ?? null,
    sectionId: last('section')?.id ?? null,
    assigneeId: last('person')?.id ?? null,
  };
  return { content, note };
}

function lastOfEach(strong: readonly Candidate[]) {
  return <K extends Meaning['kind']>(kind: K): Extract<Meaning, { kind: K }> | undefined =>
    strong.findLast(({ meaning }) => meaning.kind === kind)?.meaning as Extract<Meaning, { kind: K }> | undefined;
}

const NO_DAY = { date: null };

/** Date and time may stand apart: "05:40 … friday". */
function scheduled(strong: readonly Candidate[]): { when: When | null; recur: Repetition | null } {
  let [said, time, recur]: [When | null, When['time'], Repetition | null] = [null, null, null];
  for (const { meaning } of strong) {
    if (meaning.kind === 'recur') recur = meaning.repetition;
    if (meaning.kind !== 'when') continue;
    said = meaning.when.date === null ? said : meaning.when;
    time = meaning.when.time ?? time;
  }
  return { when: said === null && time === null ? null : { ...(said ?? NO_DAY), time }, recur };
}

type Schedule = Pick<QuickAddFields, 'date' | 'time' | 'endTime' | 'evening' | 'recurrence'> & {
  readonly note: ClockNote | undefined;
};

const NOT_PLANNED: Schedule = {
  date: null,
  time: null,
  endTime: null,
  evening: false,
  recurrence: null,
  note: undefined,
};

function scheduleOf(line: Line, when: When | null, recur: Repetition | null, range: TimeRange | null): Schedule | null {
  if (!when && !recur && !range) return NOT_PLANNED;
  const time = when?.time ?? recur?.time ?? null;
  const spoken = range?.start ?? time?.minutes ?? null;
  const evening = spoken === null && (time?.evening ?? false);
  const said = saidDay(line, when, spoken) ?? recur?.start ?? null;
  // Of several times a day any that is still to come today will do.
  const isLate = spoken !== null && !hasTimes(recur) && spoken < line.clock.minutes;
  // A time is one of the clock, whenever the day begins; one that it has shown already means tomorrow.
  const fromNow = spoken === null ? line.today : isLate ? line.clock.day + 1 : line.clock.day;
  const from = said ?? fromNow;
  const repeated = recur && repeat(line, recur, from, beginOf(line, recur, spoken, said));
  if (recur && !repeated) return null;
  const day = repeated?.first ?? from;
  const minutes = repeated?.minutes ?? spoken;
  const certain = minutes === null ? null : certainTime({ day, minutes }, line.timeZone);
  // The later occurrences of a recurrence keep the wall-clock time that was said.
  const kept = recur ? minutes : (certain?.minutes ?? null);
  return {
    date: formatDate(recur ? day : (certain?.day ?? day)),
    time: kept === null ? null : formatTime(kept),
    endTime: range ? formatTime(range.end) : null,
    evening,
    recurrence: repeated?.recurrence ?? null,
    note: certain?.note,
  };
}

/** Today lasts until its end: 1:30 of a day that begins at four is in the night that follows it. */
function saidDay({ dayStart }: Line, when: When | null, spoken: number | null): Day | null {
  if (!when || when.date === null) return null;
  const isNight = when.isToday === true && spoken !== null && spoken < dayStart;
  return isNight ? when.date + 1 : when.date;
}

function hasTimes(recur: Repetition | null): boolean {
  return recur?.rule.byHour !== undefined;
}

/** The time of day from which the first occurrence is looked for. */
function beginOf(line: Line, recur: Repetition, spoken: number | null, said: Day | null): number | null {
  if (!hasTimes(recur)) return spoken;
  return said === null ? line.clock.minutes : spoken === recur.time?.minutes ? 0 : spoken;
}

interface Repeated {
  readonly first: Day;
  readonly minutes: number | null;
  readonly recurrence: Recurrence;
}

function repeat(line: Line, recur: Repetition, from: Day, begin: number | null): Repeated | null {
  const found = firstOf(recur.rule, from, begin === null ? null : formatTime(begin));
  if (!found) return null;
  const first = parseDate(found.date);
  const rule = ended(withWeekStart(recur.rule, line.weekStart), recur, first);
  if (rule.until !== undefined && rule.until < first) return null;
  const { day } = civilDateOf(first);
  const hasOwnDay = rule.byDay ?? rule.byMonthDay ?? rule.byMonth;
  const isMonthly = (rule.freq === 'MONTHLY' || rule.freq === 'YEARLY') && hasOwnDay === undefined;
  const intendedDay = rule.intendedDay ?? (isMonthly && day > 28 ? day : null);
  const recurrence = { rule: printRule(rule), anchor: recur.anchor, intendedDay };
  return { first, minutes: found.time === null ? null : parseTime(found.time), recurrence };
}

/** "for 3 weeks" ends the day before the fourth week begins. */
function ended(rule: Rule, { runsFor }: Repetition, first: Day): Rule {
  const end = runsFor && addAmount(first, runsFor);
  return end === null ? rule : { ...rule, until: end - 1 };
}

function remindersOf(strong: readonly Candidate[]): (number | string)[] {
  const all = strong.flatMap(({ meaning }) => {
    if (meaning.kind !== 'reminder') return [];
    return [typeof meaning.before === 'number' ? meaning.before : formatTime(meaning.before.minutes)];
  });
  return [...new Set(all)];
}

function labelsOf(strong: readonly Candidate[]): string[] {
  const byKey = new Map<string, string>();
  for (const { meaning } of strong) {
    if (meaning.kind !== 'label') continue;
    const key = labelKey(meaning.name);
    if (!byKey.has(key)) byKey.set(key, meaning.name.normalize('NFC'));
  }
  return [...byKey.values()];
}
