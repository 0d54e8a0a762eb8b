import type { Relatives, GroupKey, Sort } from './filter.ts';

/** What a filter asks of tasks for one user at one moment. */
export interface ResolvedPane {
  readonly title: string | null;
  readonly where: Condition;
  /** Whether the pane is about open tasks only, and about tasks outside the trash only. */
  readonly life: Life;
  readonly sort: readonly Sort[];
  readonly group: GroupKey;
  readonly limit: number | null;
  readonly with: readonly Relatives[];
}

export interface Life {
  /** `completedAt` must be null. */
  readonly isOpen: boolean;
  /** `deletedAt` must be null. */
  readonly isKept: boolean;
}

/**
 * A condition is true or false, never unknown: every comparison with a column that is null is false.
 * `column` and `field` are names of `Task`, but for those that say otherwise.
 */
export type Condition =
  | { readonly test: 'constant'; readonly value: boolean }
  /** At least two. */
  | { readonly test: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly test: 'not'; readonly of: Condition }
  | { readonly test: 'null'; readonly column: NullableColumn }
  /** The column is one of these ids; never when it is null. No ids: false. */
  | { readonly test: 'in'; readonly column: IdColumn; readonly ids: readonly string[] }
  /** The boolean column. */
  | { readonly test: 'true'; readonly column: 'evening' }
  /**
   * A day, as written and whatever the task's zone, `from <= day <= to`; `due` is `date`, or `deadline` where that is
   * null. Days are YYYY-MM-DD; null: no bound.
   */
  | { readonly test: 'day'; readonly field: DayField; readonly from: string | null; readonly to: string | null }
  /**
   * With a `time`: `from <= moment < before`, where the moment is the day, "T" and the time, as written and whatever
   * its zone. Without one, and for every deadline: `fromDay <= day < beforeDay`, for such a day lasts until the next one
   * of the person begins. Bounds are YYYY-MM-DDTHH:MM and YYYY-MM-DD, and null together; the strings compare.
   */
  | {
      readonly test: 'moment';
      readonly field: DayField;
      readonly from: string | null;
      readonly before: string | null;
      readonly fromDay: string | null;
      readonly beforeDay: string | null;
    }
  /** `from <= instant < before`, both spelled as `Instant` in core/schema.ts. */
  | {
      readonly test: 'instant';
      readonly column: 'createdAt' | 'updatedAt' | 'completedAt';
      readonly from: string | null;
      readonly before: string | null;
    }
  /**
   * `from <= number <= to`; never when the number is null. `subtasks`: direct subtasks with `deletedAt` null;
   * `comments`: comments with `deletedAt` null.
   */
  | { readonly test: 'number'; readonly field: NumberColumn; readonly from: number | null; readonly to: number | null }
  /** One of the task's labels, as `foldCase` spells it, is like one of the patterns (`isLike`), which are folded. */
  | { readonly test: 'label'; readonly patterns: readonly Pattern[] }
  | { readonly test: 'noLabels' }
  /** The text, which is folded, is part of a column, as `foldCase` spells it. */
  | { readonly test: 'contains'; readonly columns: readonly TextColumn[]; readonly text: string }
  | { readonly test: 'empty'; readonly column: 'description' };

export type NullableColumn =
  | 'sectionId'
  | 'parentId'
  | 'assigneeId'
  | 'date'
  | 'time'
  | 'deadline'
  | 'duration'
  | 'recurrence'
  | 'completedAt'
  | 'deletedAt';
export type IdColumn = 'projectId' | 'sectionId' | 'assigneeId' | 'createdBy';
export type DayField = 'date' | 'deadline' | 'due';
export type NumberColumn = 'priority' | 'duration' | 'subtasks' | 'comments';
export type TextColumn = 'title' | 'description';

/** The parts between wildcards; a single part is the whole text. */
export type Pattern = readonly string[];

/** Whether the text begins with the first part, ends with the last and has the others in order between them. */
export function isLike(text: string, pattern: Pattern): boolean {
  const [first = '', ...rest] = pattern;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length && text.endsWith(last);
}
