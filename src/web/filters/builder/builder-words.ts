import {
  type BuilderField,
  type BuilderTest,
  HAS_FLAGS,
  isDateField,
  isNumberField,
  testsOf,
} from '#core/filters/builder-terms.ts';
import { FLAGS, type Flag, GROUP_KEYS, type GroupKey, SORT_KEYS, type SortKey } from '#core/filters/filter.ts';
import type { SelectOption } from '#web/ui/select.tsx';

const FIELD_WORDS: Readonly<Record<BuilderField, string>> = {
  due: 'Due',
  date: 'Date',
  deadline: 'Deadline',
  time: 'Time',
  priority: 'Priority',
  project: 'Project',
  section: 'Section',
  label: 'Label',
  assignee: 'Assigned to',
  title: 'Title',
  search: 'Text',
  is: 'Task',
  has: 'Task has',
  duration: 'Duration',
  subtasks: 'Subtasks',
  comments: 'Comments',
  created: 'Added',
  updated: 'Changed',
  completed: 'Completed',
  creator: 'Added by',
  assigner: 'Assigned by',
};

export const FIELD_OPTIONS = (Object.keys(FIELD_WORDS) as BuilderField[]).map((value) => ({
  value,
  label: FIELD_WORDS[value],
}));

type TestWords = Readonly<Partial<Record<BuilderTest, readonly [is: string, isNot: string]>>>;

const PLAIN = ['is', 'is not'] as const;
const UNSET = ['is not set', 'is set'] as const;
const DATE_TESTS: TestWords = {
  eq: PLAIN,
  lt: ['is before', 'is not before'],
  le: ['is on or before', 'is not on or before'],
  gt: ['is after', 'is not after'],
  ge: ['is on or after', 'is not on or after'],
  unset: UNSET,
};
const NUMBER_TESTS: TestWords = {
  eq: PLAIN,
  lt: ['is less than', 'is not less than'],
  le: ['is at most', 'is not at most'],
  gt: ['is more than', 'is not more than'],
  ge: ['is at least', 'is not at least'],
  unset: UNSET,
};
/** 1 is the most urgent. */
const PRIORITY_TESTS: TestWords = {
  eq: PLAIN,
  lt: ['is higher than', 'is not higher than'],
  le: ['is at least', 'is not at least'],
  gt: ['is lower than', 'is not lower than'],
  ge: ['is at most', 'is not at most'],
};
const TEXT_TESTS: TestWords = { eq: ['contains', 'does not contain'] };
const HAS_TESTS: TestWords = { eq: ['some', 'no'] };
const OTHER_TESTS: TestWords = { eq: PLAIN, below: ['is or is below', 'is neither nor below'], unset: UNSET };

function testWords(field: BuilderField): TestWords {
  if (field === 'priority') return PRIORITY_TESTS;
  if (isDateField(field)) return DATE_TESTS;
  if (isNumberField(field)) return NUMBER_TESTS;
  if (field === 'search' || field === 'title') return TEXT_TESTS;
  return field === 'has' ? HAS_TESTS : OTHER_TESTS;
}

/** A test with its negation, as one choice: `!eq` is "is not". */
export type Operator = `${'' | '!'}${BuilderTest}`;

export function operatorOf(test: BuilderTest, not: boolean): Operator {
  return `${not ? '!' : ''}${test}`;
}

export function testOfOperator(operator: Operator): { test: BuilderTest; not: boolean } {
  const not = operator.startsWith('!');
  return { not, test: (not ? operator.slice(1) : operator) as BuilderTest };
}

/** "is not before" is "is on or after" for most, but not for tasks without a date: offered only where it is meant. */
export function operatorOptions(field: BuilderField, current: Operator): readonly SelectOption<Operator>[] {
  const words = testWords(field);
  return testsOf(field).flatMap((test) => {
    const [is = test, isNot = test] = words[test] ?? [];
    const isUsual = test === 'eq' || test === 'unset' || test === 'below';
    const negative = { value: operatorOf(test, true), label: isNot };
    return [
      { value: operatorOf(test, false), label: is },
      ...(isUsual || current === negative.value ? [negative] : []),
    ];
  });
}

const FLAG_WORDS: Readonly<Partial<Record<Flag, string>>> = {
  all: 'any task',
  recurring: 'repeating',
  subtask: 'a subtask',
  assigned: 'assigned to somebody',
  shared: 'in a shared project',
  evening: 'for the evening',
  done: 'completed',
  deleted: 'in the trash',
  blocked: 'blocked',
  hasDescription: 'description',
  hasLink: 'link',
  hasComment: 'comments',
  parent: 'subtasks',
  hasFile: 'files',
  hasReminder: 'reminder',
};

/** What matches nothing yet, or everything, is shown where a query says it, but not offered. */
const NOT_OFFERED: readonly Flag[] = ['all', 'blocked', 'hasFile', 'hasReminder'];

export function flagOptions(field: 'is' | 'has', current: Flag): readonly SelectOption<Flag>[] {
  const flags: readonly Flag[] =
    field === 'has'
      ? HAS_FLAGS
      : FLAGS.filter((flag) => flag in FLAG_WORDS && !(HAS_FLAGS as readonly Flag[]).includes(flag));
  return flags
    .filter((flag) => flag === current || !NOT_OFFERED.includes(flag))
    .map((value) => ({ value, label: FLAG_WORDS[value] ?? value }));
}

const KEY_WORDS: Readonly<Record<SortKey | GroupKey, string>> = {
  none: 'Nothing',
  manual: 'By hand',
  date: 'Date',
  due: 'Date or deadline',
  deadline: 'Deadline',
  priority: 'Priority',
  title: 'Title',
  created: 'Added',
  updated: 'Changed',
  completed: 'Completed',
  duration: 'Duration',
  project: 'Project',
  section: 'Section',
  label: 'Label',
  assignee: 'Assignee',
};

export const SORT_OPTIONS = SORT_KEYS.map((value) => ({ value, label: KEY_WORDS[value] }));
export const GROUP_OPTIONS = GROUP_KEYS.map((value) => ({ value, label: KEY_WORDS[value] }));
