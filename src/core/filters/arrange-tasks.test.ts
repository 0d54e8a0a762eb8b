import { expect, test } from 'vitest';
import { relativesOf, sortTasks, sortText } from './arrange-tasks.ts';
import { SORT_KEYS, type Sort } from './filter.ts';
import { ANNA, aTask, BEN, HOME, WORK } from './testing/filter-examples.ts';

const names = {
  projectName: (id: string) => (id === WORK ? 'Work' : id === HOME ? 'home' : null),
  personName: (_: string, id: string) => (id === ANNA ? 'Anna' : id === BEN ? 'ben' : null),
};

const tasks = [
  aTask('b', { date: '2026-11-18', priority: 1, projectId: WORK, rank: 'a3', assigneeId: ANNA }),
  aTask('A', { date: '2026-11-18', time: '09:00', deadline: '2026-12-01', projectId: HOME, rank: 'a2', duration: 30 }),
  aTask('c', { deadline: '2026-11-01', assigneeId: BEN, rank: 'a1', completedAt: '2026-11-02T08:00:00.000Z' }),
  aTask('\u{1f4de}', { updatedAt: '2026-11-11T08:00:00.000Z', rank: 'a5', projectId: HOME }),
  aTask('\uff21', { createdAt: '2026-11-01T08:00:00.000Z', rank: 'a4', assigneeId: 'gone' }),
];

test.each([
  ['manual', 'c A b \uff21 \u{1f4de}', '\u{1f4de} \uff21 b A c'],
  ['date', 'A b c \uff21 \u{1f4de}', 'b A c \uff21 \u{1f4de}'],
  ['due', 'c A b \uff21 \u{1f4de}', 'b A c \uff21 \u{1f4de}'],
  ['deadline', 'c A b \uff21 \u{1f4de}', 'A c b \uff21 \u{1f4de}'],
  ['priority', 'b c A \uff21 \u{1f4de}', 'c A \uff21 \u{1f4de} b'],
  ['title', 'A b c \uff21 \u{1f4de}', '\u{1f4de} \uff21 c b A'],
  ['created', '\uff21 c A b \u{1f4de}', 'c A b \u{1f4de} \uff21'],
  ['updated', 'c A b \uff21 \u{1f4de}', '\u{1f4de} c A b \uff21'],
  ['completed', 'c A b \uff21 \u{1f4de}', 'c A b \uff21 \u{1f4de}'],
  ['duration', 'A c b \uff21 \u{1f4de}', 'A c b \uff21 \u{1f4de}'],
  ['project', 'A \u{1f4de} b c \uff21', 'b A \u{1f4de} c \uff21'],
  ['assignee', 'b c A \uff21 \u{1f4de}', 'c b A \uff21 \u{1f4de}'],
] as const)('by %s; equal ones by rank and id, those without a value last', (key, ascending, descending) => {
  const idsBy = (sort: Sort) =>
    sortTasks(tasks, [sort], names)
      .map(({ id }) => id)
      .join(' ');
  expect(idsBy({ key, descending: false })).toBe(ascending);
  expect(idsBy({ key, descending: true })).toBe(descending);
  expect(SORT_KEYS).toContain(key);
  for (const isDescending of [false, true]) {
    const sort = [{ key, descending: isDescending }];
    const byText = tasks.toSorted((a, b) => {
      const [x, y] = [sortText(a, sort, names), sortText(b, sort, names)];
      return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1;
    });
    // By UTF-16 the emoji comes before the letter.
    const ids = byText.map(({ id }) => id).filter((id) => id !== '\u{1f4de}');
    expect(ids).toEqual(
      sortTasks(tasks, sort, names)
        .map(({ id }) => id)
        .filter((id) => id !== '\u{1f4de}'),
    );
  }
});

test('later keys decide between equals of earlier ones', () => {
  const sort = [
    { key: 'priority', descending: true },
    { key: 'title', descending: true },
  ] as const;
  expect(sortTasks(tasks, sort, names).map(({ id }) => id)).toEqual(['\u{1f4de}', '\uff21', 'c', 'A', 'b']);
});

test('relatives are at any depth, once each, and as alive as the pane', () => {
  const tree = [
    aTask('root'),
    aTask('one', { parentId: 'root' }),
    aTask('two', { parentId: 'one' }),
    aTask('done', { parentId: 'one', completedAt: '2026-11-02T08:00:00.000Z' }),
    aTask('below done', { parentId: 'done' }),
  ];
  const lookups = {
    task: (id: string) => tree.find((each) => each.id === id),
    subtasks: (id: string) => tree.filter(({ parentId }) => parentId === id),
  };
  const matches = tree.filter(({ id }) => id === 'one');
  const open = { isOpen: true, isKept: true };
  const idsOf = (...wanted: Parameters<typeof relativesOf>) => relativesOf(...wanted).map(({ id }) => id);
  expect(idsOf(matches, [], open, lookups)).toEqual([]);
  expect(idsOf(matches, ['subtasks'], open, lookups)).toEqual(['two']);
  expect(idsOf(matches, ['subtasks'], { isOpen: false, isKept: true }, lookups)).toEqual(['two', 'done', 'below done']);
  expect(idsOf(matches, ['subtasks', 'parents'], open, lookups)).toEqual(['two', 'root']);
  expect(idsOf([...matches, ...tree.slice(0, 1)], ['subtasks', 'parents'], open, lookups)).toEqual(['two']);
});
