import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPasswordHasher } from '#server/auth/password-hash.ts';
import { failureOf } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { collectOutput } from '#tests/support/collected-output.ts';
import { createTestApp, type TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let directory: string;
let source: string;

/** `$5$rounds=1000$salt$…` of "correct horse" as glibc's crypt(3) writes it. */
const HASH = '$5$rounds=1000$saltstring$95Bg/RfV2QriLpMdLPHK9el0Ighm6E3CBqMKzZKgCa2';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tend-cli-'));
  source = join(directory, 'tasks.db');
  const database = new DatabaseSync(source);
  database.exec(`
    CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR, hashed_password VARCHAR);
    CREATE TABLE tasks (id INTEGER PRIMARY KEY, title VARCHAR, description VARCHAR, completed BOOLEAN, owner_id INTEGER);
    INSERT INTO users VALUES (1, 'Olivia', '${HASH}'), (2, 'two words', 'x');
    INSERT INTO tasks VALUES (1, 'Open', 'text', 0, 1), (2, 'Closed', NULL, 1, 1), (3, 'Of nobody', '', 0, 9);`);
  database.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(async () => {
  app = await createTestApp();
});
afterEach(() => app[Symbol.asyncDispose]());

/** Runs `tend …` on the installation of the test; answers with what it printed. */
async function tend(words: string, password = ''): Promise<string[]> {
  return run(words.split(' '), password);
}

async function run(words: readonly string[], password = ''): Promise<string[]> {
  const output = collectOutput();
  const instance = { context: app.context, effects: app.effects, [Symbol.asyncDispose]: async () => undefined };
  const program = createProgram({ output, openInstance: async () => instance }, async () => password);
  await program.parseAsync([...words], { from: 'user' });
  return output.lines;
}

test('an account made on the command line can log in, with its role', async () => {
  expect(await tend('user create Ana --role admin --name Ana', 'a long enough password')).toEqual([
    'Made the account ana (admin).',
  ]);
  const ana = await app.logIn('ana', 'a long enough password');
  expect((await app.call('GET', '/me', { as: ana })).body).toMatchObject({ username: 'ana', role: 'admin' });
});

test('a reset password replaces the old one and ends sessions', async () => {
  const ana = await app.signUp('ana');
  await tend('user reset-password ana', 'another long password');
  app.clock.advance(6_000);
  expect((await app.call('GET', '/me', { as: ana })).status).toBe(401);
  await app.logIn('ana', 'another long password');
});

test('roles change, and the last administrator stays one', async () => {
  await app.signUp('ana', 'admin');
  await app.signUp('ben');
  await expect(tend('user role ana user')).rejects.toThrow('only administrator');
  expect(await tend('user role ben admin')).toEqual(['ben now has the role admin.']);
  await tend('user role ana user');
  const [head, ...rows] = await tend('user list');
  expect(head).toMatch(/^USER +ROLE +STATUS +MADE +LAST LOGIN$/);
  expect(rows.map((row) => row.split(/ +/).slice(0, 3))).toEqual([
    ['ana', 'user', 'active'],
    ['ben', 'admin', 'active'],
  ]);
  expect((await tend('user list --json')).join('\n')).not.toContain('password');
});

test('a list shows what a filter shows, and where a query is wrong', async () => {
  const ana = await app.signUp('ana');
  const list = (query: string, ...flags: string[]) => run(['list', query, ...flags]);
  for (const body of [
    { title: 'Pay rent', date: '2026-11-01', time: '09:30', priority: 1, labels: ['home'] },
    { title: 'Taxes', deadline: '2026-11-02' },
    { title: 'Someday' },
  ]) {
    await app.call('POST', '/tasks', { as: ana, body });
  }
  expect(await list('overdue')).toEqual([
    'DATE              PRIORITY  TITLE     PROJECT  LABELS',
    '2026-11-01 09:30  p1        Pay rent  Inbox    @home',
    'by 2026-11-02               Taxes     Inbox',
  ]);
  expect(await list('"Now" = p1, no date limit:1', '--limit', '1')).toEqual([
    'Now (1)',
    'DATE              PRIORITY  TITLE     PROJECT  LABELS',
    '2026-11-01 09:30  p1        Pay rent  Inbox    @home',
    '',
    'no date limit:1 (1)',
    'DATE  PRIORITY  TITLE    PROJECT  LABELS',
    '                Someday  Inbox',
  ]);
  expect(await list('"Now" = all group:priority, all group:label limit:2')).toEqual([
    'Now (3)',
    '  DATE              PRIORITY  TITLE     PROJECT  LABELS',
    'Priority 1 (1)',
    '  2026-11-01 09:30  p1        Pay rent  Inbox    @home',
    'No priority (2)',
    '  by 2026-11-02               Taxes     Inbox',
    '                              Someday   Inbox',
    '',
    'all group:label limit:2 (2)',
    '  DATE              PRIORITY  TITLE     PROJECT  LABELS',
    'home (1)',
    '  2026-11-01 09:30  p1        Pay rent  Inbox    @home',
    'No label (1)',
    '  by 2026-11-02               Taxes     Inbox',
  ]);
  expect(await list('all group:due', '--limit', '1')).toEqual([
    '  DATE              PRIORITY  TITLE     PROJECT  LABELS',
    '2026-11-01',
    '  2026-11-01 09:30  p1        Pay rent  Inbox    @home',
    '… and 2 more; --limit shows them.',
  ]);
  const grouped = JSON.parse((await list('overdue group:project', '--json')).join('\n')) as object;
  expect(grouped).toMatchObject([
    { tasks: [{ title: 'Pay rent' }, {}], groups: [{ title: 'Inbox', ids: [expect.any(String), expect.any(String)] }] },
  ]);
  const printed = await list('all', '--json', '--limit', '2');
  expect(JSON.parse(printed.join('\n'))).toMatchObject([{ title: null, total: 3, tasks: [{ title: 'Pay rent' }, {}] }]);
  expect(await list('@hme')).toEqual(expect.arrayContaining(['@hme', '^^^^', 'Nothing to show.']));
  const refused = await list('p1 today').catch(failureOf);
  expect(refused).toMatchObject({ status: 65, message: expect.stringMatching(/^p1 today\n {3}\^+\n.*&/) as string });
  await app.signUp('ben');
  expect(await list('all').catch(failureOf)).toMatchObject({ message: 'Say whose tasks, with --user.' });
  expect(await list('all', '--user', 'Ben')).toEqual(['Nothing to show.']);
});

test('a refused command says why and ends with the status of its reason', async () => {
  const refused = await tend('user reset-password nobody', 'x').catch(failureOf);
  expect(refused).toEqual({ message: 'This user does not exist, or you have no access to it.', status: 66 });
  const weak = await tend('user create ana', 'password1234').catch(failureOf);
  expect(weak).toMatchObject({ status: 65 });
  expect(failureOf(new TypeError('a bug'))).toMatchObject({
    status: 70,
    message: expect.stringContaining('program.test.ts'),
  });
});

test('a dry run of the import reports and changes nothing', async () => {
  const report = await tend(`import fastapi --database ${source} --dry-run`);
  expect(report).toEqual([
    'Would bring 1 user and 2 tasks (1 completed).',
    '  Olivia: 2 tasks',
    'Would be left out:',
    '  user "two words" and 0 tasks: a user name must begin with a letter or digit and have only letters, digits and . _ @ + -',
    '  task 3: its owner does not exist',
  ]);
  await expect(app.logIn('olivia', 'correct horse')).rejects.toThrow('invalid_credentials');
});

test('imported people find their tasks; a second import adds nothing', async () => {
  for (const _run of [1, 2]) {
    const report = await tend(`import fastapi --database ${source}`);
    expect(report[0]).toBe('Brought 1 user and 2 tasks (1 completed).');
  }
  const { reader } = app.database;
  const tasks = await reader
    .selectFrom('task')
    .select(['title', 'description', 'completed_at'])
    .orderBy('title')
    .execute();
  expect(tasks).toMatchObject([
    { title: 'Closed', description: '' },
    { title: 'Open', description: 'text', completed_at: null },
  ]);
  expect(tasks[0]?.completed_at).not.toBeNull();
});

test('a password of the original is accepted once as it was stored, and then stored as argon2id', async () => {
  await app[Symbol.asyncDispose]();
  app = await createTestApp({ hasher: createPasswordHasher() });
  await tend(`import fastapi --database ${source}`);
  const stored = () => app.database.reader.selectFrom('user').select('password_hash').executeTakeFirstOrThrow();
  expect((await stored()).password_hash).toBe(HASH);
  await app.logIn('olivia', 'correct horse');
  expect((await stored()).password_hash).toMatch(/^\$argon2id\$/);
  await app.logIn('Olivia', 'correct horse');
  await expect(app.logIn('olivia', 'wrong horse')).rejects.toThrow('invalid_credentials');
});

test('a seeded account has the wanted number of tasks', async () => {
  await tend('seed --tasks 1200 --projects 3 --user seeded --password correct-horse-battery');
  const { count } = await app.database.reader
    .selectFrom('task')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(1200);
});
