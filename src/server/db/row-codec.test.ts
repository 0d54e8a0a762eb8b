import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KINDS, ROW_SCHEMAS } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';
import { formatInstant } from './instant.ts';
import { columnName, columnsOf, decodeRow, encodeRow } from './row-codec.ts';

/** Fields that follow from `scope_id` instead of having a column. */
const DERIVED: Readonly<Record<string, readonly string[]>> = {
  settings: ['userId'],
  favourite: ['userId'],
  label: ['userId'],
  filter: ['userId'],
  project: [],
  member: ['projectId'],
  section: ['projectId'],
  task: ['projectId'],
  comment: ['projectId'],
  completion: ['projectId'],
};

const task: Task = {
  id: '019ab000-0000-7000-8000-000000000001',
  rev: 3,
  createdAt: '2026-11-22T18:00:00.007Z',
  updatedAt: '2026-11-22T18:00:01.000Z',
  projectId: '019ab000-0000-7000-8000-0000000000aa',
  sectionId: null,
  parentId: null,
  title: 'Buy “milk” 🥛 \u200d e\u0301',
  description: '',
  priority: 2,
  labels: ['home', 'a b'],
  assigneeId: null,
  date: '2026-11-23',
  time: '09:30',
  timeZone: 'Europe/Berlin',
  evening: true,
  deadline: null,
  duration: 30,
  recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null },
  descriptionConflict: {
    text: 'Other “words”',
    by: '019ab000-0000-7000-8000-000000000002',
    at: '2026-11-22T18:00:00.000Z',
  },
  rank: 'a0',
  completedAt: '2026-11-22T19:00:00.120Z',
  completedBy: '019ab000-0000-7000-8000-000000000002',
  createdBy: '019ab000-0000-7000-8000-000000000002',
  deletedAt: null,
};

test('every field of every row has a column, and every column a field', async () => {
  await using database = await createTestDatabase();
  const tables = await database.writer.introspection.getTables();
  for (const kind of KINDS) {
    const columns = tables.find((table) => table.name === kind)?.columns.map((column) => column.name) ?? [];
    const fields = Object.keys(ROW_SCHEMAS[kind].properties).filter((field) => !DERIVED[kind]?.includes(field));
    expect(columns.toSorted()).toEqual(['scope_id', ...fields.map(columnName)].toSorted());
    expect(columnsOf(kind).toSorted()).toEqual(columns.toSorted());
  }
});

test('a row comes back from the database as it went in', async () => {
  await using database = await createTestDatabase();
  const bare: Task = {
    ...task,
    id: task.id.replace(/1$/, '2'),
    labels: [],
    recurrence: null,
    descriptionConflict: null,
    completedAt: null,
  };
  await database.writer
    .insertInto('task')
    .values([encodeRow('task', task), encodeRow('task', bare)])
    .execute();
  const stored = await database.reader
    .selectFrom('task')
    .select(columnsOf('task'))
    .where('scope_id', '=', `p:${task.projectId}`)
    .orderBy('id')
    .execute();
  expect(stored.map((row) => decodeRow('task', row))).toEqual([task, bare]);
});

test('instants are spelled as toISOString does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
      expect(formatInstant(ms)).toBe(new Date(ms).toISOString());
    }),
  );
});
