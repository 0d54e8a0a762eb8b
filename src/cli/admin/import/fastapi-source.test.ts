import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planImport } from './fastapi-plan.ts';
import { readSource } from './fastapi-source.ts';

let directory: string;
const at = (name: string) => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tend-import-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, sql: string): string {
  const database = new DatabaseSync(at(name));
  database.exec(sql);
  database.close();
  return at(name);
}

const SCHEMA = `
  CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR UNIQUE, hashed_password VARCHAR);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title VARCHAR, description VARCHAR, completed BOOLEAN, owner_id INTEGER, created_at DATETIME);
  INSERT INTO users VALUES (1, 'ana', '$5$rounds=535000$salt$hash'), (2, 'demo', '$5$x');
  INSERT INTO tasks VALUES
    (1, 'Buy milk', NULL, 0, 1, '2026-01-31 12:00:00.000000'),
    (2, 'Done', 'text', 1, 1, NULL),
    (3, 'two' || char(10) || 'lines', '', 0, 1, 'nonsense'),
    (4, '', '', 0, 1, NULL),
    (5, '${'x'.repeat(600)}', 'rest', 0, 1, NULL),
    (6, 'Orphan', '', 0, 99, NULL),
    (7, 'Of demo', '', 0, 2, NULL);`;

test('users and tasks of the original are read as it stored them', () => {
  const { users, tasks } = readSource(write('ok.db', SCHEMA));
  expect(users[0]).toEqual({ id: 1, username: 'ana', email: null, passwordHash: '$5$rounds=535000$salt$hash' });
  expect(tasks[0]).toEqual({
    id: 1,
    ownerId: 1,
    title: 'Buy milk',
    description: '',
    completed: false,
    createdAt: Date.UTC(2026, 0, 31, 12),
  });
  expect(tasks[1]).toMatchObject({ completed: true, createdAt: null });
  expect(tasks[2]?.createdAt).toBeNull();
});

test('every user and task is brought or named with a reason', () => {
  const data = readSource(at('ok.db'));
  const plan = planImport(data, (user) => (user.username === 'demo' ? 'the name is taken' : undefined));
  expect(plan.users.map((user) => [user.source.username, user.tasks.length])).toEqual([['ana', 5]]);
  expect(plan.skipped).toEqual([
    { subject: 'user "demo" and 1 task', reason: 'the name is taken' },
    { subject: 'task 6', reason: 'its owner does not exist' },
  ]);
  const [, , lines, untitled, long] = plan.users[0]?.tasks ?? [];
  expect(lines?.title).toBe('two lines');
  expect(untitled?.title).toBe('Task 4');
  expect(long?.title).toHaveLength(500);
  expect(long?.description).toBe(`${'x'.repeat(600)}\n\nrest`);
  expect(plan.adjusted.map((remark) => remark.subject)).toEqual(['task 3', 'task 4', 'task 5']);
});

test('what is no such database is refused with a sentence', () => {
  writeFileSync(at('text.db'), 'hello '.repeat(500));
  expect(() => readSource(at('none.db'))).toThrow('There is no file');
  expect(() => readSource(at('text.db'))).toThrow('is not a SQLite database');
  expect(() => readSource(write('empty.db', 'CREATE TABLE x (y)'))).toThrow('has no table "users"');
  expect(() => readSource(write('odd.db', 'CREATE TABLE users (id, username)'))).toThrow(
    'none of the columns hashed_password',
  );
});
