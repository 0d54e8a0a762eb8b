import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A user of the FastAPI task manager that Tend succeeds. */
export interface SourceUser {
  readonly id: number;
  readonly username: string;
  readonly email: string | null;
  /** passlib's crypt format, `$5$…` for sha256_crypt. */
  readonly passwordHash: string;
}

export interface SourceTask {
  readonly id: number;
  readonly ownerId: number | null;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  /** Epoch milliseconds, null where the source has no or no readable time. */
  readonly createdAt: number | null;
}

export interface SourceData {
  readonly users: readonly SourceUser[];
  readonly tasks: readonly SourceTask[];
}

/** The file is missing, is no database, or is one of something else. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** Column names that versions of the original used, the usual one first. */
const COLUMNS = {
  username: ['username', 'name'],
  email: ['email'],
  passwordHash: ['hashed_password', 'password_hash', 'password'],
  ownerId: ['owner_id', 'user_id', 'owner'],
  title: ['title'],
  description: ['description', 'body'],
  completed: ['completed', 'done', 'is_completed'],
  createdAt: ['created_at', 'created'],
} as const;

/** Reads all users and tasks; the file is opened read-only and never changed. */
export function readSource(path: string): SourceData {
  if (!existsSync(path)) throw new SourceError(`There is no file ${path}.`);
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    throw new SourceError(`${path} is not a SQLite database.`, { cause });
  }
  try {
    return { users: readUsers(database, path), tasks: readTasks(database, path) };
  } finally {
    database.close();
  }
}

function readUsers(database: DatabaseSync, path: string): SourceUser[] {
  const columns = columnsOf(database, path, 'users');
  const username = columns.need('username');
  const hash = columns.need('passwordHash');
  const email = columns.find('email');
  const rows = database.prepare('SELECT * FROM users ORDER BY id').all();
  return rows.map((row) => ({
    id: Number(row['id']),
    username: textOf(row[username]),
    email: email && row[email] ? textOf(row[email]) : null,
    passwordHash: textOf(row[hash]),
  }));
}

function readTasks(database: DatabaseSync, path: string): SourceTask[] {
  const columns = columnsOf(database, path, 'tasks');
  const [title, owner] = [columns.need('title'), columns.need('ownerId')];
  const [description, completed, created] = [
    columns.find('description'),
    columns.find('completed'),
    columns.find('createdAt'),
  ];
  const rows = database.prepare('SELECT * FROM tasks ORDER BY id').all();
  return rows.map((row) => ({
    id: Number(row['id']),
    ownerId: row[owner] === null ? null : Number(row[owner]),
    title: textOf(row[title]),
    description: description ? textOf(row[description]) : '',
    completed: completed ? isTrue(row[completed]) : false,
    createdAt: created ? instantOf(row[created]) : null,
  }));
}

function columnsOf(database: DatabaseSync, path: string, table: 'users' | 'tasks') {
  const names = new Set(
    database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map((row) => textOf(row['name'])),
  );
  if (names.size === 0)
    throw new SourceError(`${path} has no table "${table}": it is not a database of the FastAPI task manager.`);
  const find = (field: keyof typeof COLUMNS) => COLUMNS[field].find((name) => names.has(name));
  return {
    find,
    need(field: keyof typeof COLUMNS): string {
      const name = find(field);
      if (!name) throw new SourceError(`The table "${table}" has none of the columns ${COLUMNS[field].join(', ')}.`);
      return name;
    },
  };
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? `${value}` : '';
}

/** SQLAlchemy writes 0 and 1; hand-made files also hold words. */
function isTrue(value: unknown): boolean {
  return value === 1 || value === 1n || /^(1|t|true)$/i.test(textOf(value));
}

/** SQLAlchemy writes UTC as `2026-01-31 12:00:00.000000`, without a zone. */
function instantOf(value: unknown): number | null {
  if (typeof value === 'number') return value < 1e11 ? value * 1000 : value;
  const text = textOf(value).trim().replace(' ', 'T');
  const parsed = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}
