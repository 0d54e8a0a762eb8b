import type { Priority } from '#core/tasks/task.ts';
import type { TaskPatch } from '#core/tasks/task-content.ts';
import type { Condition, DayField, IdColumn } from './conditions.ts';
import { foldCase } from './filter.ts';
import type { FilterContext } from './filter-context.ts';

/** What a task that is added to a list begins with. */
export interface DemandedContent {
  readonly projectId: string;
  readonly sectionId: string | null;
  /** Only what the list demands. */
  readonly content: TaskPatch;
}

export interface Asker extends Pick<FilterContext, 'userId' | 'now' | 'projects' | 'sections' | 'labels' | 'members'> {
  /** YYYY-MM-DD */
  readonly today: string;
  readonly inboxId: string;
  /** Whether the asker may add tasks to this project. */
  readonly canAdd: (projectId: string) => boolean;
}

/**
 * What every new task has that the condition matches: `#Work & p1 & (today | overdue)` demands a project, a priority
 * and a date. Of alternatives only what all have in common is demanded, but those that no new task can meet (overdue,
 * done, with subtasks) are none. What leaves a choice demands nothing; a task without a place goes to the inbox.
 */
export function demandedContent(where: Condition, asker: Asker): DemandedContent {
  const demand = demandOf(where, asker);
  const place = placeOf(demand, asker) ?? { projectId: asker.inboxId, sectionId: null };
  const { date: planned, due, deadline } = demand.days;
  const date = only(planned && due ? intersection(planned, due) : (planned ?? due));
  const deadlineDay = only(deadline);
  const priority = only(demand.numbers.priority);
  const duration = only(demand.numbers.duration);
  const labels = demand.labels.flatMap((key) => asker.labels.find(({ name }) => foldCase(name) === key)?.name ?? []);
  const [assigneeId, ...others] = demand.ids.assigneeId ?? [];
  const isMember = asker.members.some((each) => each.projectId === place.projectId && each.userId === assigneeId);
  return {
    ...place,
    content: {
      ...(date !== null && { date, ...(demand.isEvening && { evening: true }) }),
      ...(deadlineDay !== null && { deadline: deadlineDay }),
      ...(priority !== null && priority < 4 && { priority: priority as Priority }),
      ...(duration !== null && duration > 0 && { duration }),
      ...(labels.length > 0 && { labels }),
      ...(assigneeId !== undefined && others.length === 0 && isMember && { assigneeId }),
    },
  };
}

/** Both ends included; null: no bound. */
interface Range<T extends string | number> {
  readonly from: T | null;
  readonly to: T | null;
}

/** What is absent is free. */
interface Demand {
  /** Whether a new task can be so at all. */
  readonly isPossible: boolean;
  readonly days: Partial<Record<DayField, Range<string>>>;
  readonly numbers: Partial<Record<'priority' | 'duration', Range<number>>>;
  readonly ids: Partial<Record<IdColumn, ReadonlySet<string>>>;
  /** As `foldCase` spells them. */
  readonly labels: readonly string[];
  readonly isEvening: boolean;
}

const ANYTHING: Demand = { isPossible: true, days: {}, numbers: {}, ids: {}, labels: [], isEvening: false };

function possible(isPossible: boolean): Demand {
  return { ...ANYTHING, isPossible };
}

function demandOf(condition: Condition, asker: Asker): Demand {
  switch (condition.test) {
    case 'and':
      return condition.of.map((each) => demandOf(each, asker)).reduce(both);
    case 'or': {
      const all = condition.of.map((each) => demandOf(each, asker));
      const open = all.filter(({ isPossible }) => isPossible);
      return (open.length > 0 ? open : all).reduce(either);
    }
    case 'not':
      return possible(!isSurely(condition.of));
    case 'constant':
      return possible(condition.value);
    case 'in':
      return idsDemand(condition.column, condition.ids, asker);
    case 'day':
      return dayDemand(condition.field, condition, asker.today);
    case 'instant': {
      const now = new Date(asker.now).toISOString();
      const { column, from, before } = condition;
      return possible(column !== 'completedAt' && (from === null || from <= now) && (before === null || now < before));
    }
    case 'number':
      return numberDemand(condition);
    case 'label': {
      const [[label = '', ...wildcards] = [], ...others] = condition.patterns;
      return others.length + wildcards.length === 0 ? { ...ANYTHING, labels: [label] } : ANYTHING;
    }
    case 'true':
      return { ...ANYTHING, isEvening: true };
    case 'null':
    case 'moment':
    case 'noLabels':
    case 'contains':
    case 'empty':
      return ANYTHING;
  }
}

/** Whether every new task is so, at the top level of its list. */
function isSurely(condition: Condition): boolean {
  if (condition.test === 'constant') return condition.value;
  return condition.test === 'null' && ['completedAt', 'deletedAt', 'parentId'].includes(condition.column);
}

function idsDemand(column: IdColumn, ids: readonly string[], { userId }: Asker): Demand {
  if (column === 'createdBy') return possible(ids.includes(userId));
  return checked({ ...ANYTHING, ids: { [column]: new Set(ids) } });
}

/** Nobody plans for days that are over. */
function dayDemand(field: DayField, { from, to }: Range<string>, today: string): Demand {
  return checked({ ...ANYTHING, days: { [field]: intersection({ from, to }, { from: today, to: null }) } });
}

function numberDemand({ field, from, to }: Extract<Condition, { test: 'number' }>): Demand {
  if (field === 'subtasks' || field === 'comments') return possible(from === null || from <= 0);
  const range = field === 'priority' ? intersection({ from, to }, { from: 1, to: 4 }) : { from, to };
  return checked({ ...ANYTHING, numbers: { [field]: range } });
}

function both(a: Demand, b: Demand): Demand {
  return checked({
    isPossible: a.isPossible && b.isPossible,
    days: joined(a.days, b.days, intersection),
    numbers: joined(a.numbers, b.numbers, intersection),
    ids: joined(a.ids, b.ids, (x, y) => x.intersection(y)),
    labels: [...new Set([...a.labels, ...b.labels])],
    isEvening: a.isEvening || b.isEvening,
  });
}

function either(a: Demand, b: Demand): Demand {
  return {
    isPossible: a.isPossible || b.isPossible,
    days: shared(a.days, b.days, hull),
    numbers: shared(a.numbers, b.numbers, hull),
    ids: shared(a.ids, b.ids, (x, y) => x.union(y)),
    labels: a.labels.filter((label) => b.labels.includes(label)),
    isEvening: a.isEvening && b.isEvening,
  };
}

type Free<K extends string, V> = Partial<Record<K, V>>;

/** What either of them says, and both where both do. */
function joined<K extends string, V>(a: Free<K, V>, b: Free<K, V>, join: (x: V, y: V) => V): Free<K, V> {
  return { ...a, ...b, ...shared(a, b, join) };
}

/** What both of them say something about. */
function shared<K extends string, V>(a: Free<K, V>, b: Free<K, V>, join: (x: V, y: V) => V): Free<K, V> {
  const result: Free<K, V> = {};
  for (const key of Object.keys(a) as K[]) {
    const [x, y] = [a[key], b[key]];
    if (x !== undefined && y !== undefined) result[key] = join(x, y);
  }
  return result;
}

function intersection<T extends string | number>(a: Range<T>, b: Range<T>): Range<T> {
  return {
    from: a.from === null || (b.from !== null && b.from > a.from) ? b.from : a.from,
    to: a.to === null || (b.to !== null && b.to < a.to) ? b.to : a.to,
  };
}

/** With all that is between them. */
function hull<T extends string | number>(a: Range<T>, b: Range<T>): Range<T> {
  return {
    from: a.from === null || b.from === null ? null : a.from < b.from ? a.from : b.from,
    to: a.to === null || b.to === null ? null : a.to > b.to ? a.to : b.to,
  };
}

/** Nothing is between bounds that have crossed. */
function checked(demand: Demand): Demand {
  const ranges: readonly Range<string | number>[] = [...Object.values(demand.days), ...Object.values(demand.numbers)];
  const isCrossed = ranges.some(({ from, to }) => from !== null && to !== null && from > to);
  return isCrossed || Object.values(demand.ids).some(({ size }) => size === 0)
    ? { ...demand, isPossible: false }
    : demand;
}

function only<T extends string | number>(range: Range<T> | undefined): T | null {
  return range && range.from === range.to ? range.from : null;
}

function placeOf({ ids }: Demand, asker: Asker): Omit<DemandedContent, 'content'> | null {
  const { projects, canAdd } = asker;
  const sections = asker.sections.filter(
    ({ id, projectId }) =>
      ids.sectionId?.has(id) && (ids.projectId?.has(projectId) ?? projects.some((each) => each.id === projectId)),
  );
  const [section, ...others] = sections;
  const projectId = section && others.length === 0 ? section.projectId : topOf(ids.projectId, projects);
  if (projectId === null || !canAdd(projectId)) return null;
  return { projectId, sectionId: section?.projectId === projectId && others.length === 0 ? section.id : null };
}

/** The project that all the others are below; null when there is none. */
function topOf(ids: ReadonlySet<string> | undefined, projects: Asker['projects']): string | null {
  const parents = new Map(projects.map(({ id, parentId }) => [id, parentId]));
  const isBelow = (id: string): boolean => {
    const seen = new Set<string>();
    for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
      if (ids?.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
  const [top, ...others] = [...(ids ?? [])].filter((id) => parents.has(id) && !isBelow(id));
  return top !== undefined && others.length === 0 ? top : null;
}
