import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import type { QuickAddContext, QuickAddFields } from '#core/quick-add/quick-add.ts';

export const HOME = 'p-home';
export const HOME_IMPROVEMENTS = 'p-home-improvements';
export const WORK = 'p-work';
export const MEETINGS = 's-meetings';
export const BACKLOG = 's-backlog';
export const ANNA = 'u-anna';
export const BEN = 'u-ben';

/** Wednesday, 18 November 2026, 10:00 in Berlin; weeks begin on Monday, days stand before months. */
export const berlin: QuickAddContext = {
  now: Date.UTC(2026, 10, 18, 9),
  timeZone: 'Europe/Berlin',
  dayStart: 0,
  locale: 'en-GB',
  weekStart: 1,
  projectId: null,
  projects: [
    { id: HOME, name: 'Home' },
    { id: HOME_IMPROVEMENTS, name: 'Home Improvements' },
    { id: WORK, name: 'Work' },
  ],
  sections: [
    { id: MEETINGS, projectId: WORK, name: 'Meetings' },
    { id: BACKLOG, projectId: WORK, name: 'Backlog' },
  ],
  labels: [{ name: 'calls' }, { name: 'errand' }],
  members: [
    { projectId: WORK, userId: ANNA, displayName: 'Anna', username: 'anna' },
    { projectId: WORK, userId: BEN, displayName: 'Ben', username: 'ben' },
  ],
};

/** The same moment and the same things, for somebody elsewhere. */
export function at(instant: string, timeZone: string, more: Partial<QuickAddContext> = {}): QuickAddContext {
  return { ...berlin, now: Date.parse(instant), timeZone, ...more };
}

/** A line, its title, the fields that it says and the parts that it only suggests. */
export type Example = readonly [
  text: string,
  title: string,
  says?: Partial<QuickAddFields>,
  suggests?: readonly string[],
];

const NOTHING_SAID: QuickAddFields = {
  title: '',
  description: '',
  date: null,
  time: null,
  endTime: null,
  evening: false,
  deadline: null,
  duration: null,
  recurrence: null,
  reminders: [],
  priority: null,
  labels: [],
  projectId: null,
  sectionId: null,
  assigneeId: null,
};

export function expected([, title, says = {}, suggests = []]: Example) {
  return { fields: { ...NOTHING_SAID, title, ...says }, suggests };
}

export function parsed([text]: Example, context: QuickAddContext) {
  const { fields, tokens } = parseQuickAdd(text, context);
  return {
    fields,
    suggests: tokens.filter(({ strength }) => strength === 'weak').map(({ start, end }) => text.slice(start, end)),
  };
}

/** A recurrence as a task stores it. */
export function repeats(
  rule: string,
  anchor: 'schedule' | 'completion' = 'schedule',
  intendedDay: number | null = null,
) {
  return { rule, anchor, intendedDay };
}
