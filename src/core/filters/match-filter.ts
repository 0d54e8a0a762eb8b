import type { Task } from '#core/tasks/task.ts';
import { type Condition, isLike, type Life } from './conditions.ts';
import { foldCase } from './filter.ts';

/** What tasks do not say themselves. */
export interface FilterLookups {
  /** Direct subtasks that are not in the trash. */
  subtaskCount(taskId: string): number;
  /** Comments that are not in the trash. */
  commentCount(taskId: string): number;
}

export type TaskMatcher = (task: Task, lookups: FilterLookups) => boolean;

/** What a pane asks, as one function over tasks: made once, called for every task. */
export function compilePane({ where, life }: { readonly where: Condition; readonly life: Life }): TaskMatcher {
  const matches = compileCondition(where);
  return (task, lookups) =>
    (task.completedAt === null || !life.isOpen) && (task.deletedAt === null || !life.isKept) && matches(task, lookups);
}

export function compileCondition(condition: Condition): TaskMatcher {
  switch (condition.test) {
    case 'constant': {
      const { value } = condition;
      return () => value;
    }
    case 'and': {
      const all = condition.of.map(compileCondition);
      return (task, lookups) => all.every((matches) => matches(task, lookups));
    }
    case 'or': {
      const any = condition.of.map(compileCondition);
      return (task, lookups) => any.some((matches) => matches(task, lookups));
    }
    case 'not': {
      const matches = compileCondition(condition.of);
      return (task, lookups) => !matches(task, lookups);
    }
    case 'number':
      return compileNumber(condition);
    default:
      return compileColumn(condition);
  }
}

type OfTest<T extends Condition['test']> = Extract<Condition, { test: T }>;
type ColumnCondition = Exclude<Condition, OfTest<'constant' | 'and' | 'or' | 'not' | 'number'>>;

function compileColumn(condition: ColumnCondition): (task: Task) => boolean {
  switch (condition.test) {
    case 'null': {
      const { column } = condition;
      return (task) => task[column] === null;
    }
    case 'in': {
      const { column } = condition;
      const ids = new Set<string | null>(condition.ids);
      return (task) => ids.has(task[column]);
    }
    case 'true': {
      const { column } = condition;
      return (task) => task[column];
    }
    case 'day':
    case 'moment':
    case 'instant':
      return compileRange(condition);
    case 'label': {
      const { patterns } = condition;
      return (task) => foldedLabels(task).some((label) => patterns.some((pattern) => isLike(label, pattern)));
    }
    case 'noLabels':
      return (task) => task.labels.length === 0;
    case 'contains': {
      const { columns, text } = condition;
      return (task) => columns.some((column) => foldedText(task, column).includes(text));
    }
    case 'empty': {
      const { column } = condition;
      return (task) => task[column] === '';
    }
  }
}

function compileRange(condition: OfTest<'day' | 'moment' | 'instant'>): (task: Task) => boolean {
  const { from } = condition;
  switch (condition.test) {
    case 'day': {
      const { field, to } = condition;
      return (task) => {
        const day = field === 'due' ? (task.date ?? task.deadline) : task[field];
        return day !== null && (from === null || day >= from) && (to === null || day <= to);
      };
    }
    case 'moment': {
      const { field, before, fromDay, beforeDay } = condition;
      return (task) => {
        const day = field === 'due' ? (task.date ?? task.deadline) : task[field];
        if (day === null) return false;
        const time = field === 'deadline' ? null : task.time;
        if (time === null) return (fromDay === null || day >= fromDay) && (beforeDay === null || day < beforeDay);
        const moment = `${day}T${time}`;
        return (from === null || moment >= from) && (before === null || moment < before);
      };
    }
    case 'instant': {
      const { column, before } = condition;
      return (task) => {
        const instant = task[column];
        return instant !== null && (from === null || instant >= from) && (before === null || instant < before);
      };
    }
  }
}

/** As lists are sorted: a day without a time lasts until its end. */
export function momentOf(task: Task, field: 'date' | 'deadline' | 'due'): string | null {
  if (task.date !== null && field !== 'deadline') return `${task.date}T${task.time ?? '24:00'}`;
  return task.deadline === null || field === 'date' ? null : `${task.deadline}T24:00`;
}

function compileNumber({ field, from, to }: OfTest<'number'>): TaskMatcher {
  const isWithin = (value: number | null): boolean =>
    value !== null && (from === null || value >= from) && (to === null || value <= to);
  switch (field) {
    case 'subtasks':
      return (task, lookups) => isWithin(lookups.subtaskCount(task.id));
    case 'comments':
      return (task, lookups) => isWithin(lookups.commentCount(task.id));
    default:
      return (task) => isWithin(task[field]);
  }
}

interface Folded {
  title?: string;
  description?: string;
  labels?: readonly string[];
}

/** Rows are replaced, never changed: what was folded stays true for as long as the row lives. */
const known = new WeakMap<Task, Folded>();

function foldedOf(task: Task): Folded {
  let folded = known.get(task);
  if (!folded) {
    folded = {};
    known.set(task, folded);
  }
  return folded;
}

function foldedText(task: Task, column: 'title' | 'description'): string {
  const folded = foldedOf(task);
  return (folded[column] ??= foldCase(task[column]));
}

const NO_LABELS: readonly string[] = [];

function foldedLabels(task: Task): readonly string[] {
  if (task.labels.length === 0) return NO_LABELS;
  const folded = foldedOf(task);
  return (folded.labels ??= task.labels.map(foldCase));
}
