import fc from 'fast-check';
import type { Comment } from '#core/comments/comment.ts';
import type { Label } from '#core/labels/label.ts';
import { type Member, memberId } from '#core/projects/member.ts';
import type { Project } from '#core/projects/project.ts';
import type { Section } from '#core/sections/section.ts';
import { EMPTY_CONTENT } from '#core/tasks/task-content.ts';
import type { Priority, Task } from '#core/tasks/task.ts';
import { testId } from '#core/testing/memory-store.ts';
import type { FilterContext } from '#core/filters/filter-context.ts';
import type { FilterLookups } from '#core/filters/match-filter.ts';

/** Everything that one user sees, as rows; the names are the same in every world, the tasks are random. */
export interface FilterWorld {
  readonly projects: readonly Project[];
  readonly sections: readonly Section[];
  readonly labels: readonly Label[];
  readonly members: readonly Member[];
  readonly tasks: readonly Task[];
  readonly comments: readonly Comment[];
}

export const ME = testId(1);
export const ANNA = testId(2);
export const BEN = testId(3);
const USERS = [ME, ANNA, BEN];

const made = { rev: 1, createdAt: '2026-01-01T08:00:00.000Z', updatedAt: '2026-01-01T08:00:00.000Z' };

function project(n: number, name: string, given: Partial<Project> = {}): Project {
  const plain = { color: 'slate', icon: null, view: null, parentId: null, inbox: false } as const;
  const open = { archivedAt: null, deletedAt: null };
  return { ...made, ...plain, ...open, id: testId(n), name, rank: `a${n}`, createdBy: ME, ...given };
}

/** Two projects share a name, one has none of the letters of another, and the tree is three levels deep. */
const PROJECTS: readonly Project[] = [
  project(11, 'Inbox', { inbox: true }),
  project(12, 'Home'),
  project(13, 'Home Improvements', { parentId: testId(12) }),
  project(14, 'Garden', { parentId: testId(13) }),
  project(15, 'Work'),
  project(16, 'One & Two'),
  project(17, 'Größe'),
  project(18, 'work', { parentId: testId(15) }),
  project(19, 'Old', { archivedAt: '2026-10-01T08:00:00.000Z' }),
  project(20, 'Gone', { deletedAt: '2026-10-01T08:00:00.000Z' }),
];

const SECTIONS: readonly Section[] = (
  [
    [31, 15, 'Meetings'],
    [32, 15, 'Backlog'],
    [33, 18, 'meetings'],
    [34, 12, 'Rooms (big)'],
  ] as const
).map(([n, of, name]) => {
  const shown = { collapsed: false, wipLimit: null, deletedAt: null };
  return { ...made, ...shown, id: testId(n), projectId: testId(of), name, rank: `a${n}` };
});

const LABELS: readonly Label[] = ['waiting', 'Errand', 'größe', 'a*b', 'two words'].map((name, n) => ({
  ...made,
  id: testId(41 + n),
  userId: ME,
  name,
  color: 'teal',
  rank: `a${n}`,
}));

const NAMES = new Map([
  [ME, ['me', 'Mia']],
  [ANNA, ['anna', 'Anna Lang']],
  [BEN, ['ben', 'Ben']],
]);

const MEMBERS: readonly Member[] = PROJECTS.flatMap(({ id }) => {
  const others = id === testId(15) || id === testId(18) ? [ANNA, BEN] : id === testId(17) ? [BEN] : [];
  return [ME, ...others].map((userId): Member => {
    const [username = '', displayName = ''] = NAMES.get(userId) ?? [];
    const role = userId === ME ? 'owner' : 'editor';
    return { ...made, id: memberId(id, userId), projectId: id, userId, username, displayName, role };
  });
});

/** Wednesday, 18 November 2026, 10:00 in Berlin; a leap day in New York; the end of the year on an island. */
const MOMENTS = [
  { now: Date.UTC(2026, 10, 18, 9), timeZone: 'Europe/Berlin', weekStart: 1 },
  { now: Date.UTC(2028, 1, 29, 3, 59, 30, 500), timeZone: 'America/New_York', weekStart: 7 },
  { now: Date.UTC(2027, 0, 1, 10, 30), timeZone: 'Pacific/Kiritimati', weekStart: 1 },
  { now: Date.UTC(2026, 2, 29, 0, 30), timeZone: 'Europe/Berlin', weekStart: 6 },
];
export type FilterClock = Pick<FilterContext, 'now' | 'timeZone' | 'weekStart' | 'dayStart'>;

/** Around the clock, and with days that begin at midnight, at a usual hour or at any minute. */
export const filterClock: fc.Arbitrary<FilterClock> = fc
  .record({
    moment: fc.constantFrom(...MOMENTS),
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 23 })),
    dayStart: fc.oneof(fc.constantFrom(0, 180, 240, 300), fc.integer({ min: 0, max: 720 })),
  })
  .map(({ moment, hours, dayStart }) => ({ ...moment, now: moment.now + hours * 3_600_000, dayStart }));

const DAY_MS = 86_400_000;

/** Near now, where queries look, and often on the hour, where days begin. */
function instantNear(now: number): fc.Arbitrary<string> {
  const hours = fc.integer({ min: -24 * 12, max: 24 * 3 });
  return fc
    .oneof(
      hours.map((n) => Math.floor(now / 3_600_000) * 3_600_000 + n * 3_600_000),
      fc.integer({ min: -5 * DAY_MS, max: DAY_MS }).map((ms) => now + ms),
      fc.integer({ min: -400, max: -20 }).map((days) => now + days * DAY_MS),
    )
    .map((ms) => new Date(ms).toISOString());
}

function dayNear(now: number): fc.Arbitrary<string> {
  return fc
    .oneof({ weight: 5, arbitrary: fc.integer({ min: -9, max: 15 }) }, fc.integer({ min: -400, max: 400 }))
    .map((days) => new Date(now + days * DAY_MS).toISOString().slice(0, 10));
}

const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 });

/** With letters whose cases differ in length or place, and characters that mean something to SQL. */
const PIECES =
  'buy Milk MILK Straße STRASSE über ÜBER İstanbul ΣΊΣΥΦΟΣ 100% a_b a*b \\ e\u0301tude 📞 https://x.example HTTP://Y'.split(
    ' ',
  );
const text = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' '));
/** Also names that the user has no label for. */
const labels = fc.uniqueArray(fc.constantFrom('waiting', 'ERRAND', 'Größe', 'a*b', 'axb', 'two words', 'stranger'), {
  maxLength: 3,
});

interface TaskSeed {
  readonly place: number;
  readonly parent: number;
  readonly fields: Omit<Task, 'id' | 'rev' | 'projectId' | 'sectionId' | 'parentId'>;
}

/** `null` in `sectionId`; every task is in one of these places. */
const PLACES: readonly { readonly projectId: string; readonly sectionId: string | null }[] = [
  ...PROJECTS.map(({ id }) => ({ projectId: id, sectionId: null })),
  ...SECTIONS.map(({ id, projectId }) => ({ projectId, sectionId: id })),
];

function taskSeed({ now }: FilterClock): fc.Arbitrary<TaskSeed> {
  const instant = instantNear(now);
  const when = fc
    .record({
      date: nullable(dayNear(now)),
      time: nullable(fc.constantFrom('00:00', '09:30', '10:00', '13:59', '23:59')),
      evening: fc.boolean(),
      recurrence: nullable(fc.constant({ rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null } as const)),
      timeZone: nullable(fc.constantFrom('Asia/Tokyo', 'America/New_York')),
    })
    .map(({ date, time, evening, recurrence, timeZone }) =>
      date === null
        ? { date, time: null, evening: false, recurrence: null, timeZone: null }
        : { date, time, evening, recurrence, timeZone: time === null ? null : timeZone },
    );
  const rest = fc.record({
    title: text,
    description: fc.oneof(fc.constant(''), text),
    priority: fc.constantFrom<Priority[]>(1, 2, 3, 4),
    labels,
    assigneeId: nullable(fc.constantFrom(...USERS)),
    deadline: nullable(dayNear(now)),
    duration: nullable(fc.constantFrom(1, 15, 30, 60, 90)),
    completedAt: fc.option(instant, { freq: 3 }),
    deletedAt: fc.option(instant, { freq: 7 }),
    createdBy: fc.constantFrom(...USERS),
    createdAt: instant,
    updatedAt: instant,
    rank: fc.constantFrom('a0', 'a1', 'a2', 'b00'),
  });
  return fc.record({
    place: fc.nat(PLACES.length - 1),
    parent: fc.nat(200),
    fields: fc.tuple(when, rest).map(([a, b]) => ({
      ...EMPTY_CONTENT,
      ...a,
      ...b,
      labels: [...b.labels],
      descriptionConflict: null,
      completedBy: b.completedAt === null ? null : ME,
    })),
  });
}

function planted(seeds: readonly TaskSeed[]): Task[] {
  const tasks: Task[] = [];
  for (const [n, { place, parent, fields }] of seeds.entries()) {
    const above = parent < n && parent % 2 === 0 ? tasks[parent] : undefined;
    const { projectId, sectionId } = above ?? PLACES[place] ?? { projectId: testId(11), sectionId: null };
    tasks.push({ ...fields, id: testId(0x1000 + n), rev: 1, projectId, sectionId, parentId: above?.id ?? null });
  }
  return tasks;
}

/** A world around the moment of a clock, with at most so many tasks. */
export function filterWorld(clock: FilterClock, maxTasks = 40): fc.Arbitrary<FilterWorld> {
  const seeds = fc.array(taskSeed(clock), { minLength: 1, maxLength: maxTasks, size: 'max' });
  const comments = fc.array(fc.record({ task: fc.nat(maxTasks), isDeleted: fc.boolean() }), { maxLength: 12 });
  return fc.record({ seeds, comments }).map(({ seeds: given, comments: said }) => {
    const tasks = planted(given);
    return {
      projects: PROJECTS,
      sections: SECTIONS,
      labels: LABELS,
      members: MEMBERS,
      tasks,
      comments: said.flatMap(({ task, isDeleted }, n): Comment[] => {
        const on = tasks[task];
        if (!on) return [];
        const what = { body: 'Hello', authorId: ME, editedAt: null, deletedAt: isDeleted ? made.updatedAt : null };
        return [{ ...made, ...what, id: testId(0x9000 + n), taskId: on.id, projectId: on.projectId }];
      }),
    };
  });
}

export function contextOf(world: FilterWorld, clock: FilterClock): FilterContext {
  const projects = world.projects.filter((each) => each.archivedAt === null && each.deletedAt === null);
  return { ...clock, userId: ME, projects, sections: world.sections, labels: world.labels, members: world.members };
}

export function lookupsOf({ tasks, comments }: Pick<FilterWorld, 'tasks' | 'comments'>): FilterLookups {
  const count = (rows: readonly { readonly deletedAt: string | null }[], isOf: (row: never) => boolean): number =>
    rows.filter((row) => row.deletedAt === null && isOf(row as never)).length;
  return {
    subtaskCount: (id) => count(tasks, ({ parentId }: Task) => parentId === id),
    commentCount: (id) => count(comments, ({ taskId }: Comment) => taskId === id),
  };
}
