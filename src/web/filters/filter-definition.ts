import type { DayRule } from '#core/dates/personal-day.ts';
import { relativesOf, sortText, sortTasks } from '#core/filters/arrange-tasks.ts';
import type { Condition, ResolvedPane } from '#core/filters/conditions.ts';
import type { DemandedContent } from '#core/filters/demanded-content.ts';
import { compareGroups, groupOf } from '#core/filters/group-tasks.ts';
import { compilePane } from '#core/filters/match-filter.ts';
import type { Task } from '#core/tasks/task.ts';
import type { CalendarDate } from '#web/dates/calendar-date.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import type { Folds } from '#web/views/folds.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { baseOf } from '#web/views/list-adding.ts';
import type { AnyQuery, TaskDraft, TaskViewDefinition, ViewReplica } from '#web/views/task-view.ts';
import { addRow, headerRow } from '#web/views/view-rows.ts';
import { type DraftReplica, draftInGroup } from './filter-drafts.ts';
import { startHeight } from './new-task-preview.ts';
import { lookupsOf, type ReplicaLookups } from './replica-lookups.ts';

export interface FilterViewOptions {
  readonly pane: ResolvedPane;
  readonly day: DayRule;
  /** Ids of the projects that are neither archived nor in the trash. */
  readonly projects: ReadonlySet<string>;
  readonly titleOf: (group: string) => string;
  readonly metrics: ListMetrics;
  readonly folds: Folds;
  /** What a task begins with that is added here; null where none can be. */
  readonly demanded: DemandedContent | null;
  readonly today: CalendarDate;
}

/** Whether tasks of a pane are to be shown, of those that `rows` has: matches, and what `with` adds. */
export function createPaneMatcher(pane: ResolvedPane, projects: ReadonlySet<string>, lookups: ReplicaLookups) {
  const matches = compilePane(pane);
  return (task: Task): boolean => projects.has(task.projectId) && matches(task, lookups);
}

/** The tasks of one pane as a list; patched change by change unless the pane counts or shows relatives. */
export function filterDefinition(
  replica: ViewReplica & DraftReplica & Pick<Replica, 'list'>,
  options: FilterViewOptions,
): TaskViewDefinition {
  const { pane, day, projects, titleOf, metrics, folds, demanded, today } = options;
  const lookups = lookupsOf(replica);
  const matches = createPaneMatcher(pane, projects, lookups);
  const isRanked = pane.limit !== null || pane.with.length > 0;
  const ranked = isRanked ? rankedTasks(replica, options, matches, lookups) : null;
  let shown: ReadonlySet<string> | null = ranked?.shown([]) ?? null;
  const context = { showProject: pane.group !== 'project', groupDate: null };
  const draft = (group: string): TaskDraft | null =>
    demanded && draftInGroup(demanded, { by: pane.group, group, today }, replica);
  const addRows = (group: string, level: number): RowSpec[] => {
    const begins = draft(group);
    return begins ? [{ ...addRow(group, metrics, level), height: startHeight(baseOf(begins), metrics) }] : [];
  };

  return {
    sources: [{ kind: 'task', filter: pane.life.isOpen && pane.life.isKept ? isCurrentTask : isAnyTask }],
    dependencies: [{ kind: 'project' }, ...countedRows(pane.where), ...(ranked ? ranked.dependencies : [])],
    nested: pane.with.length > 0,
    ranked: isRanked,
    prepare: (leaving) => {
      shown = ranked?.shown(leaving) ?? null;
    },
    place(task) {
      if (shown ? !shown.has(task.id) : !matches(task)) return null;
      return { group: groupOf(task, pane.group, day), sort: sortText(task, pane.sort, lookups) };
    },
    metrics,
    folds,
    rowMeta: (task) => ({ ...context, groupDate: pane.group === 'date' ? task.date : null }),
    groups(model) {
      const whole = { group: '', before: [], after: addRows('', 1), closed: false, level: 1 };
      if (pane.group === 'none') return [whole];
      const groups = [...model.groups()].sort(compareGroups(pane.group, titleOf)).map((group) => {
        const closed = folds.isClosed(group, false);
        const after = closed ? [] : addRows(group, 2);
        return { group, before: [headerRow(group, !closed)], after, closed, level: 2 };
      });
      return groups.some(({ group }) => draft(group)) ? groups : [...groups, whole];
    },
    editorHeight: demanded ? startHeight(baseOf(demanded), metrics) : undefined,
    draft,
  };
}

/** Completed tasks and those in the trash are seldom asked for: the others are a third of the work. */
function isCurrentTask({ completedAt, deletedAt }: Task): boolean {
  return completedAt === null && deletedAt === null;
}

function isAnyTask(): boolean {
  return true;
}

const SUBTASKS: Query<'task'> = {
  kind: 'task',
  filter: ({ parentId, deletedAt }) => parentId !== null && deletedAt === null,
};
const COMMENTS: Query<'comment'> = { kind: 'comment', filter: ({ deletedAt }) => deletedAt === null };

/** Rows besides tasks that decide what matches: a task does not change when it gets a subtask or a comment. */
export function countedRows(where: Condition): AnyQuery[] {
  const fields = new Set<string>();
  const visit = (condition: Condition): void => {
    if (condition.test === 'number') fields.add(condition.field);
    else if (condition.test === 'and' || condition.test === 'or') condition.of.forEach(visit);
    else if (condition.test === 'not') visit(condition.of);
  };
  visit(where);
  return [...(fields.has('subtasks') ? [SUBTASKS] : []), ...(fields.has('comments') ? [COMMENTS] : [])];
}

/** A pane that cannot tell of a task alone whether it is shown. */
function rankedTasks(
  replica: ViewReplica,
  { pane }: FilterViewOptions,
  matches: (task: Task) => boolean,
  lookups: ReplicaLookups,
) {
  const query: Query<'task'> = {
    kind: 'task',
    filter: matches,
    sort: (a, b) => (sortText(a, pane.sort, lookups) < sortText(b, pane.sort, lookups) ? -1 : 1),
  };
  const found = replica.query(query);
  const related: AnyQuery[] = pane.with.length > 0 ? [SUBTASKS] : [];
  return {
    dependencies: [query, ...related],
    /** What stands beside tasks that are leaving stays with them. */
    shown(leaving: readonly string[]): ReadonlySet<string> {
      const rows = sortTasks(found.rows(), pane.sort, lookups).slice(0, pane.limit ?? undefined);
      const held = leaving.flatMap((id) => lookups.task(id) ?? []);
      const relatives = relativesOf([...rows, ...held], pane.with, pane.life, lookups);
      return new Set([...rows, ...relatives].map(({ id }) => id));
    },
  };
}
