import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { failureOf } from '#cli/exit-codes.ts';
import { createProgram } from '#cli/program.ts';
import { verifyArchive } from '#server/backup/verify-archive.ts';
import { openDatabase } from '#server/db/database.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { migrate } from '#server/db/migrator.ts';
import { collectOutput } from '#tests/support/collected-output.ts';
import { type BackupPlace, backupPlace, contentOf, fill, install } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const FIXTURE = fileURLToPath(new URL('fixtures/0001-initial.tar', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../../bin/tend.mjs', import.meta.url));

afterEach(() => vi.unstubAllEnvs());

function environmentOf({ target, directory }: BackupPlace): Record<string, string> {
  const url = target.engine === 'sqlite' ? `sqlite:///${target.path}` : target.url;
  return { DATA_DIR: directory, DATABASE_URL: url };
}

/** Runs `tend …` on a place; answers with its lines, or with how it would end. */
async function tend(place: BackupPlace, ...words: string[]) {
  for (const [name, value] of Object.entries(environmentOf(place))) vi.stubEnv(name, value);
  const output = collectOutput();
  const openInstance = () => Promise.reject(new Error('these commands open the database themselves'));
  try {
    await createProgram({ output, openInstance }).parseAsync(words, { from: 'user' });
    return { lines: output.lines, status: 0 };
  } catch (error) {
    const { message, status } = failureOf(error);
    return { lines: message.split('\n'), status };
  }
}

test('a backup is made, listed, verified and restored from the command line', async () => {
  await using place = await backupPlace();
  const installation = await install(place.target);
  await fill(installation, 20);
  const made = await tend(place, 'backup');
  const [path = '', report] = made.lines;
  expect(path).toMatch(/\/backups\/tend-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-manual\.tar$/);
  expect(report).toMatch(/^\d+\.\d kB, read back and verified, in \d+\.\d s: 2 accounts, 20 tasks, \d+ rows in all\.$/);
  expect(statSync(join(place.directory, 'backups')).mode & 0o777).toBe(0o700);

  const name = path.split('/').at(-1) ?? '';
  writeFileSync(join(place.directory, 'backups', name.replace('manual', 'daily')), 'cut off');
  const listed = await tend(place, 'backup', 'list');
  expect(listed.lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['FILE', 'KIND', 'SIZE', 'MADE BY'],
    [name, 'manual', expect.stringMatching(/kB$/), expect.stringMatching(/^Tend \d/)],
    [name.replace('manual', 'daily'), 'daily', '0.0 kB', `${name.replace('manual', 'daily')} is not a backup of Tend.`],
  ]);
  const json = await tend(place, 'backup', 'list', '--json');
  expect(JSON.parse(json.lines.join('\n'))).toMatchObject([{ kind: 'manual' }, { fault: expect.any(String) }]);
  expect((await tend(place, 'backup', 'verify', path)).lines).toContain('task           20');

  expect(await tend(place, 'restore', '--replace', path)).toMatchObject({ status: 1 });
  await installation.database.close();
  expect(await tend(place, 'restore', path)).toMatchObject({
    status: 1,
    lines: [expect.stringContaining('--replace')],
  });
  const restored = await tend(place, 'restore', '--replace', path);
  expect(restored).toMatchObject({
    status: 0,
    lines: [
      expect.stringMatching(/^Restored the backup made .* UTC by Tend .*: 2 accounts, 20 tasks, \d+ rows in all\.$/),
      expect.stringMatching(/^What was there before is kept in .*before-restore\.tar$/),
      expect.stringContaining('bring back what they did since'),
    ],
  });
});

test('every refusal is one sentence and a status of its own', async () => {
  await using place = await backupPlace('sqlite');
  const at = (name: string, content: string | Buffer): string => {
    writeFileSync(join(place.directory, name), content);
    return join(place.directory, name);
  };
  const fixture = readFileSync(FIXTURE);
  const newer = Buffer.from(fixture);
  newer.write('9', fixture.indexOf('"format": 1') + '"format": '.length);
  const cases: [string, number, RegExp][] = [
    [join(place.directory, 'missing.tar'), 66, /^There is no file .*missing\.tar\.$/],
    [at('foreign', 'PGDMP'), 65, /^.*foreign is not a backup of Tend\.$/],
    [at('cut', fixture.subarray(0, 50_000)), 65, /^.*cut is incomplete: it ends at byte 50000\.$/],
    [at('newer', newer), 3, /^.*newer was made by a newer Tend, in format 9; this one knows 1\.$/],
  ];
  for (const [file, status, message] of cases) {
    for (const command of [['backup', 'verify'], ['restore']]) {
      const refused = await tend(place, ...command, file);
      expect(refused).toEqual({ status, lines: [expect.stringMatching(message)] });
    }
  }
  expect(await tend(place, 'backup')).toMatchObject({ status: 66, lines: [expect.stringContaining('no database')] });
  expect(await tend(place, 'restore', FIXTURE)).toMatchObject({ status: 0 });
  const taken = await tend(place, 'backup', '--to', join(place.directory, 'foreign'));
  expect(taken).toEqual({ status: 73, lines: [expect.stringMatching(/foreign exists already\.$/)] });
});

test('the secret key is in a backup only on request, and is taken over only on request', async () => {
  await using place = await backupPlace('sqlite');
  await using other = await backupPlace('sqlite');
  const key = (directory: string): string => readFileSync(join(directory, 'secret.key'), 'utf8');
  await tend(place, 'restore', FIXTURE);
  writeFileSync(join(place.directory, 'secret.key'), `${'a'.repeat(64)}\n`);
  writeFileSync(join(other.directory, 'secret.key'), `${'b'.repeat(64)}\n`);
  const without = join(place.directory, 'without.tar');
  const [within, told] = [join(place.directory, 'with.tar'), 'who can read the file can be anybody'];
  await tend(place, 'backup', '--to', without);
  const made = await tend(place, 'backup', '--to', within, '--with-secret-key');
  expect(made.lines.join('\n')).toContain(told);
  expect(readFileSync(without).includes('a'.repeat(64))).toBe(false);

  const refused = await tend(other, 'restore', without, '--with-secret-key');
  expect(refused).toEqual({ status: 66, lines: ['The backup was made without the secret key.'] });
  await tend(other, 'restore', within);
  expect(key(other.directory)).toContain('b'.repeat(64));
  await tend(other, 'restore', within, '--replace', '--with-secret-key');
  expect(key(other.directory)).toBe(`${'a'.repeat(64)}\n`);
  expect(statSync(join(other.directory, 'secret.key')).mode & 0o777).toBe(0o600);
  const kept = readdirSync(other.directory).filter((name) => name.startsWith('secret.key.before'));
  expect(kept).toHaveLength(1);
});

test('a backup can go into a pipe, and nothing else does', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  await fill(installation, 5);
  const child = spawn(process.execPath, [PROGRAM, 'backup', '--to', '-'], {
    env: { ...environmentOf(place), PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [bytes, said] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  const path = join(place.directory, 'piped.tar');
  writeFileSync(path, bytes);
  expect((await verifyArchive(path)).tables).toEqual(await contentOf(place.target));
  expect(said).toContain('2 accounts, 5 tasks');
});

test('what was there before an upgrade is kept first, and only then', async () => {
  await using fresh = await backupPlace();
  expect((await tend(fresh, 'migrate')).lines).toEqual([expect.stringContaining('has the schema of this version')]);
  await using old = await backupPlace();
  {
    await using database = await openDatabase(old.target, { migrate: false });
    const writer = database.writer as Kysely<unknown>;
    await migrate(writer, database.engine, Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 1)));
    await sql`insert into instance (id, epoch, created_at) values ('1', '2', 3)`.execute(writer);
    await sql`insert into task (scope_id, id, rev, created_at, updated_at, title, description, priority, labels, evening,
      rank, created_by) values ('p:1', '2', 3, 4, 5, 'Milk', '', 4, '[]', 0, 'a0', '6')`.execute(writer);
  }
  const before = await contentOf(old.target);
  const upgraded = await tend(old, 'migrate');
  expect(upgraded.lines[0]).toMatch(/^What was there before is kept in .*before-upgrade\.tar$/);
  const { tables, migrations } = await verifyArchive(upgraded.lines[0]?.split(' kept in ')[1] ?? '');
  expect([tables, migrations]).toEqual([before, ['0001-initial']]);
  const now = new Map((await contentOf(old.target)).map(({ name, rows }) => [name, rows]));
  expect(before.map(({ name }) => [name, now.get(name)])).toEqual(before.map(({ name, rows }) => [name, rows]));
  expect((await tend(old, 'migrate')).lines).toHaveLength(1);
});
