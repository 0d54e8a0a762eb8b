/**
 * What a keystroke in a filter costs: `node bench/filters.ts`. Every keystroke reads the query, resolves it and asks all
 * tasks; the account has 10,000 tasks, 200 projects, 400 sections, 300 labels and 50 people. Goal: 12 ms in the browser.
 */
import { sortTasks } from '#core/filters/arrange-tasks.ts';
import type { FilterContext } from '#core/filters/filter-context.ts';
import { compilePane } from '#core/filters/match-filter.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import { EMPTY_CONTENT } from '#core/tasks/task-content.ts';
import type { Priority, Task } from '#core/tasks/task.ts';

const TASKS = 10_000;
const ROUNDS = 60;
const NOW = Date.UTC(2026, 10, 18, 9);
const DAY_MS = 86_400_000;

const named = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({ id: `${name} ${n}`, name: `${name} number ${n}` }));

const context: FilterContext & { readonly locale: string } = {
  now: NOW,
  timeZone: 'Europe/Berlin',
  weekStart: 1,
  dayStart: 0,
  locale: 'en-GB',
  userId: 'Person 0',
  projects: named(200, 'Project').map((each, n) => ({
    ...each,
    parentId: n % 4 === 0 ? null : `Project ${n - (n % 4)}`,
  })),
  sections: named(400, 'Section').map((each, n) => ({ ...each, projectId: `Project ${n % 200}` })),
  labels: named(300, 'Label'),
  members: named(50, 'Person').map(({ id, name }) => ({
    projectId: 'Project 7',
    userId: id,
    displayName: name,
    username: id,
  })),
};

const dayOf = (n: number): string => new Date(NOW + n * DAY_MS).toISOString().slice(0, 10);

const tasks: readonly Task[] = Array.from({ length: TASKS }, (_, n): Task => {
  const instant = new Date(NOW - (n % 900) * DAY_MS).toISOString();
  return {
    ...EMPTY_CONTENT,
    id: `task ${n}`,
    rev: 1,
    title: `Write down what was said at meeting number ${n}`,
    description: n % 3 === 0 ? 'Some notes of a usual length, with a word or two about the people. '.repeat(4) : '',
    priority: ((n % 4) + 1) as Priority,
    labels: n % 2 === 0 ? [`Label number ${n % 300}`] : [],
    assigneeId: n % 5 === 0 ? `Person ${n % 50}` : null,
    date: n % 3 === 0 ? null : dayOf((n % 120) - 30),
    deadline: n % 7 === 0 ? dayOf((n % 60) - 10) : null,
    projectId: `Project ${n % 200}`,
    sectionId: n % 6 === 0 ? `Section ${n % 400}` : null,
    parentId: n % 10 === 9 ? `task ${n - 1}` : null,
    descriptionConflict: null,
    rank: 'a0',
    completedAt: n % 8 === 0 ? instant : null,
    completedBy: null,
    createdBy: `Person ${n % 50}`,
    createdAt: instant,
    updatedAt: instant,
    deletedAt: null,
  };
});

const subtasks = Map.groupBy(tasks, ({ parentId }) => parentId);
const lookups = { subtaskCount: (id: string) => subtasks.get(id)?.length ?? 0, commentCount: () => 0 };
const names = { projectName: (id: string) => id, personName: (_: string, id: string) => id };

/** Typed from the first to the last letter; the figures are of all keystrokes together. */
const QUERIES = [
  'today | overdue',
  '(p1 | p2) & 7 days & !@"Label number 7"',
  '##"Project number 8" & no labels',
  'assigned to: me & created < -365 days',
  'search: people & !title: number',
  '"Now" = p1 & today, "Next" = p2 & 7 days sort:deadline, parent & no date sort:title',
];

function keystroke(query: string): number {
  const parsed = parseFilter(query, context);
  if (!parsed.ok) return 0;
  let shown = 0;
  for (const pane of resolveFilter(parsed.filter, context)) {
    const matches = compilePane(pane);
    shown += sortTasks(
      tasks.filter((task) => matches(task, lookups)),
      pane.sort,
      names,
    ).length;
  }
  return shown;
}

const quantile = (sorted: readonly number[], q: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN).toFixed(2);

console.table(
  Object.fromEntries(
    QUERIES.map((query) => {
      const times: number[] = [];
      let shown = 0;
      for (let round = 0; round < ROUNDS; round++) {
        for (let length = 1; length <= query.length; length++) {
          const begin = performance.now();
          shown = keystroke(query.slice(0, length));
          // The first rounds are for the compiler.
          if (round >= ROUNDS / 4) times.push(performance.now() - begin);
        }
      }
      times.sort((a, b) => a - b);
      return [
        query,
        { 'p50 ms': quantile(times, 0.5), 'p99 ms': quantile(times, 0.99), 'max ms': quantile(times, 1), tasks: shown },
      ];
    }),
  ),
);
