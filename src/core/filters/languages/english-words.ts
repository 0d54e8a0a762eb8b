import type { Comparison, DateField, DateValue, GroupKey, NumberField, SortKey } from '#core/filters/filter.ts';
import type { FilterWords } from './filter-words.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const PERIODS = ['last', 'this', 'next'];

/** `on` follows a verb, `base` a word such as "before". */
interface Phrase {
  readonly on: string;
  readonly base: string;
}

function same(text: string): Phrase {
  return { on: text, base: text };
}

function dated(date: string): Phrase {
  return { on: `on ${date}`, base: date };
}

function dayOfMonth(month: number, day: number): string {
  return `${day} ${MONTHS[month - 1] ?? ''}`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function amount(count: number, unit: string): Phrase {
  const size = plural(Math.abs(count), unit);
  return count < 0 ? same(`${size} ago`) : { on: `in ${size}`, base: `${size} from now` };
}

function phraseOf(value: DateValue): Phrase {
  switch (value.type) {
    case 'days':
      return daysPhrase(value);
    case 'weekday': {
      const day = WEEKDAYS[value.weekday - 1] ?? '';
      return value.isNext
        ? { on: `on ${day} of next week`, base: `${day} of next week` }
        : { on: `on ${day}`, base: day };
    }
    case 'weekend':
      return same(value.isNext ? 'next weekend' : 'this weekend');
    case 'period':
      return same(`${PERIODS[value.offset + 1] ?? ''} ${value.unit}`);
    case 'end':
      return { on: `on the last day of this ${value.unit}`, base: `the end of this ${value.unit}` };
    case 'day': {
      const [year = '', month, day] = value.date.split('-');
      return dated(`${dayOfMonth(Number(month), Number(day))} ${year}`);
    }
    case 'yearly':
      return dated(dayOfMonth(value.month, value.day));
    case 'month': {
      const month = MONTHS[value.month - 1] ?? '';
      return { on: `in ${month}`, base: month };
    }
    case 'week':
      return { on: `in week ${value.week}`, base: `week ${value.week}` };
    case 'workdays':
      return amount(value.count, 'workday');
    case 'months':
      return value.count % 12 === 0 ? amount(value.count / 12, 'year') : amount(value.count, 'month');
    case 'minutes':
      return value.count % 60 === 0 ? amount(value.count / 60, 'hour') : amount(value.count, 'minute');
  }
}

function daysPhrase({ from, to }: { from: number; to: number }): Phrase {
  if (from !== to) {
    if (from === 0) return { on: `in the next ${to + 1} days`, base: `the next ${to + 1} days` };
    const days = to === 0 ? `${1 - from} days` : `${to - from + 1} days before today`;
    return { on: `in the last ${days}`, base: `the last ${days}` };
  }
  const named = new Map([
    [0, 'today'],
    [1, 'tomorrow'],
    [-1, 'yesterday'],
  ]).get(from);
  return named === undefined ? amount(from, 'day') : same(named);
}

const COMPARED: Readonly<Record<Exclude<Comparison, 'eq'>, string>> = {
  lt: 'before',
  le: 'no later than',
  gt: 'after',
  ge: 'no earlier than',
};

const FIELDS: Readonly<Record<DateField, string>> = {
  date: 'planned',
  deadline: 'with a deadline',
  due: 'due',
  created: 'added',
  updated: 'changed',
  completed: 'completed',
};

function dateWords(field: DateField, op: Comparison, value: DateValue): string {
  const { on, base } = phraseOf(value);
  if (op !== 'eq') return `${FIELDS[field]} ${COMPARED[op]} ${base}`;
  if (value.type !== 'minutes') return `${FIELDS[field]} ${on}`;
  return `${FIELDS[field]} between now and ${base}`;
}

const COUNTS: Readonly<Record<Comparison, (value: number) => string>> = {
  eq: String,
  lt: (value) => `fewer than ${value}`,
  le: (value) => `at most ${value}`,
  gt: (value) => `more than ${value}`,
  ge: (value) => `at least ${value}`,
};

function priorityWords(op: Comparison, value: number): string {
  const { lt, le, gt, ge } = { lt: value - 1, le: value, gt: value + 1, ge: value };
  switch (op) {
    case 'eq':
      return value === 4 ? 'without priority' : `with priority ${value}`;
    case 'lt':
      return lt < 1 ? 'with no priority at all' : `with ${range(1, lt)}`;
    case 'le':
      return `with ${range(1, le)}`;
    case 'gt':
      return gt > 4 ? 'with no priority at all' : `with ${range(gt, 4)}`;
    case 'ge':
      return `with ${range(ge, 4)}`;
  }
}

function range(from: number, to: number): string {
  return from === to ? `priority ${from}` : `priority ${from} to ${to}`;
}

const LENGTHS: Readonly<Record<Comparison, string>> = {
  eq: '',
  lt: 'less than ',
  le: 'at most ',
  gt: 'more than ',
  ge: 'at least ',
};

function numberWords(field: NumberField, op: Comparison, value: number): string {
  switch (field) {
    case 'priority':
      return priorityWords(op, value);
    case 'duration':
      return `that take ${LENGTHS[op]}${plural(value, 'minute')}`;
    case 'subtasks':
      return `with ${COUNTS[op](value)} ${value === 1 ? 'subtask' : 'subtasks'}`;
    case 'comments':
      return `with ${COUNTS[op](value)} ${value === 1 ? 'comment' : 'comments'}`;
  }
}

const KEYS: Readonly<Record<SortKey | Exclude<GroupKey, 'none'>, string>> = {
  manual: 'hand',
  date: 'date',
  due: 'due date',
  deadline: 'deadline',
  priority: 'priority',
  title: 'title',
  created: 'when they were added',
  updated: 'when they were changed',
  completed: 'when they were completed',
  duration: 'duration',
  project: 'project',
  assignee: 'assignee',
  section: 'section',
  label: 'label',
};

const ROLES = { assignee: 'assigned to', assigner: 'assigned by', creator: 'added by' } as const;

export const englishWords: FilterWords = {
  tasks: (said) => `Tasks ${said}`,
  everything: 'All tasks',
  and: 'and',
  or: 'or',
  not: (said) => `not ${said}`,
  thenTasks: ', then ',
  continued: (said) => said.replace(/^(?:Tasks|All)\b/u, (word) => word.toLowerCase()),
  project: (name, descendants) => `in ${name}${descendants ? ' or a project below it' : ''}`,
  section: (name) => `in section ${name}`,
  label: (name) => `with label ${name}`,
  anyOf: 'any',
  person: (role, person) =>
    `${ROLES[role]} ${typeof person === 'string' ? { me: 'me', others: 'others', nobody: 'nobody' }[person] : person.name}`,
  date: dateWords,
  overdue: 'overdue',
  number: numberWords,
  flags: {
    all: 'of any kind',
    recurring: 'that recur',
    subtask: 'that are subtasks',
    parent: 'with subtasks',
    assigned: 'assigned to somebody',
    shared: 'in shared projects',
    evening: 'for the evening',
    noDate: 'without date and deadline',
    noTime: 'without a time',
    noDeadline: 'without a deadline',
    noDuration: 'without a duration',
    noLabels: 'without labels',
    noSection: 'outside sections',
    hasReminder: 'with a reminder',
    hasFile: 'with a file',
    hasComment: 'with a comment',
    hasLink: 'with a link',
    hasDescription: 'with a description',
    done: 'that are completed',
    deleted: 'in the trash',
    blocked: 'that are blocked',
  },
  text: (where, text) => `with "${text}" in the ${where === 'title' ? 'title' : 'text'}`,
  sorted: (keys) =>
    `sorted by ${keys.map(({ key, descending }) => `${KEYS[key]}${descending ? ' backwards' : ''}`).join(', then ')}`,
  grouped: (key) => (key === 'none' ? 'not grouped' : `grouped by ${KEYS[key]}`),
  limited: (limit) => `at most ${limit}`,
  with: { subtasks: 'with their subtasks', parents: 'with their parents' },
};
