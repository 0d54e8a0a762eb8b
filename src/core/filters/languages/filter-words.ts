import type {
  Comparison,
  DateField,
  DateValue,
  Flag,
  GroupKey,
  NumberField,
  PersonTerm,
  Relatives,
  SortKey,
} from '#core/filters/filter.ts';

/** The words in which one language says what a filter shows, as data; `describeFilter` puts them together. */
export interface FilterWords {
  /** "Tasks", followed by what is said of them. */
  readonly tasks: (said: string) => string;
  readonly everything: string;
  readonly and: string;
  readonly or: string;
  readonly not: (said: string) => string;
  readonly thenTasks: string;
  /** What `tasks` gives, after `thenTasks`. */
  readonly continued: (said: string) => string;
  readonly project: (name: string, descendants: boolean) => string;
  readonly section: (name: string) => string;
  readonly label: (name: string) => string;
  readonly anyOf: string;
  readonly person: (role: PersonTerm['role'], person: 'me' | 'others' | 'nobody' | { readonly name: string }) => string;
  readonly date: (field: DateField, op: Comparison, value: DateValue) => string;
  readonly overdue: string;
  readonly number: (field: NumberField, op: Comparison, value: number) => string;
  readonly flags: Readonly<Record<Flag, string>>;
  readonly text: (where: 'search' | 'title', text: string) => string;
  readonly sorted: (keys: readonly { readonly key: SortKey; readonly descending: boolean }[]) => string;
  readonly grouped: (key: GroupKey) => string;
  readonly limited: (limit: number) => string;
  readonly with: Readonly<Record<Relatives, string>>;
}
