import type { ClockNote } from '#core/dates/zone-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';

/** What a part of the line means; the names are those of the grammar in docs/quick-add.md. */
export type TokenKind =
  | 'when'
  | 'range'
  | 'recur'
  | 'duration'
  | 'deadline'
  | 'reminder'
  | 'priority'
  | 'project'
  | 'section'
  | 'label'
  | 'person'
  | 'escape'
  | 'description';

/** Strong tokens are applied and cut from the title; weak ones are suggestions and stay text. */
export type Strength = 'strong' | 'weak';

/** A part of the text, as [start, end) in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly strength: Strength;
  /** A time alone, whose day follows from the clock. */
  readonly timeOnly?: true;
  /** The typed time does not exist on that day, or happens twice. */
  readonly note?: ClockNote;
  /** The name of something that does not exist yet: a label is created with the task, a project only when asked for. */
  readonly creates?: string;
}

/** Minutes before the task, or a time on its day. */
export type Reminder = number | string;

/** What the line says. Null and empty where it says nothing. */
export interface QuickAddFields {
  readonly title: string;
  readonly description: string;
  /** `YYYY-MM-DD` */
  readonly date: string | null;
  /** `HH:MM` */
  readonly time: string | null;
  /** `HH:MM`, of the next day when it is not after `time`. */
  readonly endTime: string | null;
  readonly evening: boolean;
  readonly deadline: string | null;
  /** Minutes. */
  readonly duration: number | null;
  readonly recurrence: Recurrence | null;
  readonly reminders: readonly Reminder[];
  readonly priority: 1 | 2 | 3 | 4 | null;
  readonly labels: readonly string[];
  readonly projectId: string | null;
  readonly sectionId: string | null;
  readonly assigneeId: string | null;
}

export interface QuickAddResult {
  readonly fields: QuickAddFields;
  /** In the order of the text; they do not overlap. */
  readonly tokens: readonly Token[];
}

export interface QuickAddContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA, known to the runtime. */
  readonly timeZone: string;
  /** BCP 47: decides words and the order of day and month. */
  readonly locale: string;
  /** ISO weekday. */
  readonly weekStart: number;
  /** Minutes after midnight at which a day of theirs begins: until then, today is the day before. */
  readonly dayStart: number;
  /** Where the task goes unless the line says otherwise. */
  readonly projectId: string | null;
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly sections: readonly { readonly id: string; readonly projectId: string; readonly name: string }[];
  readonly labels: readonly { readonly name: string }[];
  readonly members: readonly {
    readonly projectId: string;
    readonly userId: string;
    readonly displayName: string;
    readonly username: string;
  }[];
}

/** Characters that begin a name; an empty string turns the kind off. */
export interface Prefixes {
  readonly project: string;
  readonly section: string;
  readonly label: string;
  readonly person: string;
}

export const PREFIXES = {
  tend: { project: '#', section: '/', label: '@%', person: '+' },
  vikunja: { project: '+', section: '', label: '*', person: '@' },
  ticktick: { project: '~^', section: '', label: '#', person: '@' },
} as const satisfies Record<string, Prefixes>;

export interface QuickAddOptions {
  /** What was turned back into text. */
  readonly suppressed?: readonly Span[];
  /** Suggestions that were accepted. */
  readonly accepted?: readonly Span[];
  /** Nothing is recognised. */
  readonly plain?: boolean;
  /** Dates, times, recurrences and what else is about time. */
  readonly dates?: 'auto' | 'suggest' | 'off';
  /** Kinds that stay text. */
  readonly off?: readonly TokenKind[];
  readonly prefixes?: Prefixes;
  /** Whether there are weak tokens: default. */
  readonly suggestions?: boolean;
  /** The language of the words, where it is not that of the locale. */
  readonly words?: string;
}
