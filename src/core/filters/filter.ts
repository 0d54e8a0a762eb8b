/**
 * A query of the filter language (docs/filters.md), read. Names are bound to ids and dates stay relative, so a filter
 * keeps its meaning when things are renamed and when days pass. `resolveFilter` turns it into conditions for a moment
 * and a user; both back ends, memory and SQL, know only those.
 */
export interface Filter {
  /** At least one; each is a list of its own. */
  readonly panes: readonly Pane[];
}

/**
 * A pane is about open tasks that are not in the trash, in projects that are neither archived nor in the trash.
 * `done` or `completed:` anywhere in `where` admits completed tasks, `deleted` admits those in the trash: then only
 * the terms decide (`lifeOf` in conditions.ts).
 */
export interface Pane {
  readonly title: string | null;
  readonly where: Expression;
  /** Earlier keys first. Empty: by `due`, then priority. */
  readonly sort: readonly Sort[];
  readonly group: GroupKey | null;
  /** The first so many matches after sorting; what `with` adds does not count. */
  readonly limit: number | null;
  /** Shows the subtasks of every match at any depth, or its parents up to the top, although they do not match. */
  readonly with: readonly Relatives[];
}

/** Logic has two values: a comparison with something that is not set is false, and its negation true. */
export type Expression = AllOf | AnyOf | Not | Term;

/** At least two, none of which is itself an `and`. */
export interface AllOf {
  readonly kind: 'and';
  readonly of: readonly Expression[];
}

/** At least two, none of which is itself an `or`. */
export interface AnyOf {
  readonly kind: 'or';
  readonly of: readonly Expression[];
}

/** Never of another `not`. */
export interface Not {
  readonly kind: 'not';
  readonly of: Expression;
}

export type Term = ProjectTerm | SectionTerm | LabelTerm | PersonTerm | DateTerm | NumberTerm | FlagTerm | TextTerm;

/**
 * What a name stands for. Written without `*` it is bound to the ids of all things that had the name, without regard
 * to case, when it was read; no ids: nothing had it. `name` is the last known spelling.
 */
export interface BoundName {
  readonly ids: readonly string[];
  readonly name: string;
}

/** The parts between the `*`s, so at least two; each `*` stands for any characters, also none. Not bound to ids. */
export interface NamePattern {
  readonly pattern: readonly string[];
}

export type NameRef = BoundName | NamePattern;

/** `#Work`, with `descendants` `##Work`: in that project, or also in those below it. */
export interface ProjectTerm {
  readonly kind: 'project';
  readonly name: NameRef;
  readonly descendants: boolean;
}

export interface SectionTerm {
  readonly kind: 'section';
  readonly name: NameRef;
}

/** Tasks carry names of labels: an unknown label is compared by its name (`labelKey`), a known one by its current name. */
export interface LabelTerm {
  readonly kind: 'label';
  readonly name: NameRef;
}

/**
 * `assignee`: who it is assigned to; `creator`: who added it; `assigner`: who added it, and it is assigned to somebody.
 * `others`: somebody, but not me. `nobody` is only about assignees.
 */
export interface PersonTerm {
  readonly kind: 'person';
  readonly role: 'assignee' | 'assigner' | 'creator';
  readonly person: 'me' | 'others' | 'nobody' | NameRef;
}

export type Comparison = 'eq' | 'lt' | 'le' | 'gt' | 'ge';

export const DATE_FIELDS = ['date', 'deadline', 'due', 'created', 'updated', 'completed'] as const;

/** `date` is when it is planned; `due` is its date, or without one its deadline. */
export type DateField = (typeof DATE_FIELDS)[number];

/**
 * Compares with all days of the value: `eq` is on one of them, `lt` before the first, `gt` after the last, `le` not
 * after the last, `ge` not before the first. False when the field is not set.
 */
export interface DateTerm {
  readonly kind: 'date';
  readonly field: DateField;
  readonly op: Comparison;
  readonly value: DateValue;
}

/**
 * Days relative to the day on which the filter is asked. A date without its year, a month or a week is the next one, or
 * for fields of the past (`created`, `updated`, `completed`) the last; the one of today is both. A weekday is the first
 * after today, for fields of the past the last until today.
 */
export type DateValue =
  /** From so many days after today to so many: today is 0 to 0, `7 days` 0 to 6. */
  | { readonly type: 'days'; readonly from: number; readonly to: number }
  /** ISO: 1 is Monday. `next` is in the next week of the calendar. */
  | { readonly type: 'weekday'; readonly weekday: number; readonly isNext: boolean }
  /** Saturday and Sunday. */
  | { readonly type: 'weekend'; readonly isNext: boolean }
  /** All of this week, month or year (offset 0), of the next (1) or the last (-1). */
  | { readonly type: 'period'; readonly unit: PeriodUnit; readonly offset: -1 | 0 | 1 }
  /** The last day of this week, month or year. */
  | { readonly type: 'end'; readonly unit: PeriodUnit }
  /** `YYYY-MM-DD` */
  | { readonly type: 'day'; readonly date: string }
  | { readonly type: 'yearly'; readonly month: number; readonly day: number }
  | { readonly type: 'month'; readonly month: number }
  /** Of ISO 8601, Monday to Sunday. */
  | { readonly type: 'week'; readonly week: number }
  /** So many working days after today. */
  | { readonly type: 'workdays'; readonly count: number }
  /** The day so many months or years after today; before it when negative. */
  | { readonly type: 'months'; readonly count: number }
  /** A moment, so many minutes from now: `eq` is between now and then. */
  | { readonly type: 'minutes'; readonly count: number };

export type PeriodUnit = 'week' | 'month' | 'year';

export const NUMBER_FIELDS = ['priority', 'duration', 'subtasks', 'comments'] as const;

/**
 * `priority` 1 to 4, 1 is the most urgent; `duration` in minutes, false when not set; `subtasks` directly below the
 * task, done or not; `comments` on it. Neither counts what is in the trash.
 */
export type NumberField = (typeof NUMBER_FIELDS)[number];

export interface NumberTerm {
  readonly kind: 'number';
  readonly field: NumberField;
  readonly op: Comparison;
  readonly value: number;
}

/**
 * `all` is every task. `parent` has `subtasks` above 0; `noDate` has neither date nor deadline; `shared` is in a project
 * that has other members; `hasLink` has "http://" or "https://" in title or description, in any case;
 * `hasDescription` one that is not empty. `hasFile`, `hasReminder` and `blocked` match nothing while tasks have no
 * files, reminders and dependencies.
 */
export const FLAGS = [
  'all',
  'recurring',
  'subtask',
  'parent',
  'assigned',
  'shared',
  'evening',
  'noDate',
  'noTime',
  'noDeadline',
  'noDuration',
  'noLabels',
  'noSection',
  'hasReminder',
  'hasFile',
  'hasComment',
  'hasLink',
  'hasDescription',
  'done',
  'deleted',
  'blocked',
] as const;

export type Flag = (typeof FLAGS)[number];

export interface FlagTerm {
  readonly kind: 'flag';
  readonly flag: Flag;
}

/** The text is somewhere in the title, or with `search` in title or description; compared as `foldCase` spells both. */
export interface TextTerm {
  readonly kind: 'text';
  readonly in: 'search' | 'title';
  readonly text: string;
}

/** How filters compare texts and names: without case, accents stay; what `labelKey` does. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

export const SORT_KEYS = [
  'manual',
  'date',
  'due',
  'deadline',
  'priority',
  'title',
  'created',
  'updated',
  'completed',
  'duration',
  'project',
  'assignee',
] as const;

/**
 * Tasks without a value come last in either direction. `date` and `due` compare moments as conditions do (a task
 * without a time after those of its day that have one); `manual` is the rank; `title`, `project` and `assignee` compare names by the code points of their `foldCase`.
 * Equal tasks: by rank, then id, always ascending.
 */
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const GROUP_KEYS = [
  'none',
  'section',
  'date',
  'due',
  'deadline',
  'priority',
  'project',
  'label',
  'assignee',
  'created',
  'completed',
] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

export type Relatives = 'subtasks' | 'parents';

export const QUERY_MAX = 2000;
/** More than people write. Each term is a test of every task, and the server answers many people on one thread. */
export const TERMS_MAX = 50;
export const PANES_MAX = 10;
/** Parentheses and `!` within one another. */
export const NESTING_MAX = 50;
export const LIMIT_MAX = 10_000;
