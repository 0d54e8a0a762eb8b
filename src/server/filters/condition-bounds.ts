import type { Condition } from '#core/filters/conditions.ts';

/**
 * What every match of a condition has in common, in the terms that indexes know. It says nothing new: stated beside a
 * condition such as `today | overdue`, it spares the database the tasks that cannot match.
 */
export interface Bounds {
  /** Days that `due` is between; undefined where it may be absent. */
  readonly due: { readonly from: string | null; readonly to: string | null } | undefined;
  readonly isLabelled: boolean;
  /** Ids; undefined: any. */
  readonly projects: ReadonlySet<string> | undefined;
}

const NOTHING: Bounds = { due: undefined, isLabelled: false, projects: undefined };

export function boundsOf(condition: Condition): Bounds {
  switch (condition.test) {
    case 'and':
      return condition.of.map(boundsOf).reduce(both);
    case 'or':
      return condition.of.map(boundsOf).reduce(either);
    case 'day':
      // What has a date is due on it; a deadline may stand behind a date.
      return condition.field === 'deadline' ? NOTHING : { ...NOTHING, due: condition };
    case 'moment': {
      return condition.field === 'deadline' ? NOTHING : { ...NOTHING, due: momentSpan(condition) };
    }
    case 'label':
      return { ...NOTHING, isLabelled: true };
    case 'in':
      return condition.column === 'projectId' ? { ...NOTHING, projects: new Set(condition.ids) } : NOTHING;
    default:
      return NOTHING;
  }
}

/** The days of everything that such a condition can match; a personal day may have begun on the one before. */
export function momentSpan({ from, before, fromDay }: Extract<Condition, { test: 'moment' }>) {
  const firstOfClock = from?.slice(0, 10) ?? null;
  const first = firstOfClock === null || fromDay === null || firstOfClock < fromDay ? firstOfClock : fromDay;
  return { from: first, to: before?.slice(0, 10) ?? null };
}

function both(a: Bounds, b: Bounds): Bounds {
  const later = (x: string | null, y: string | null) => (x === null || (y !== null && y > x) ? y : x);
  const earlier = (x: string | null, y: string | null) => (x === null || (y !== null && y < x) ? y : x);
  return {
    due: a.due && b.due ? { from: later(a.due.from, b.due.from), to: earlier(a.due.to, b.due.to) } : (a.due ?? b.due),
    isLabelled: a.isLabelled || b.isLabelled,
    projects: a.projects && b.projects ? a.projects.intersection(b.projects) : (a.projects ?? b.projects),
  };
}

export function either(a: Bounds, b: Bounds): Bounds {
  const earlier = (x: string | null, y: string | null) => (x === null || y === null ? null : x < y ? x : y);
  const later = (x: string | null, y: string | null) => (x === null || y === null ? null : x > y ? x : y);
  return {
    due: a.due && b.due ? { from: earlier(a.due.from, b.due.from), to: later(a.due.to, b.due.to) } : undefined,
    isLabelled: a.isLabelled && b.isLabelled,
    projects: a.projects && b.projects ? a.projects.union(b.projects) : undefined,
  };
}
