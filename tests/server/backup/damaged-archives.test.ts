import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { parseManifest, sha256 } from '#server/backup/archive-format.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { verifyArchive } from '#server/backup/verify-archive.ts';
import { tarHeader } from '#server/backup/tar.ts';
import { openDatabase } from '#server/db/database.ts';
import { backUp, type BackupPlace, backupPlace, contentOf, fill, install, restoreOptions } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const CASES = 20;
const REFUSALS = ['DamagedBackupError', 'NotABackupError', 'NewerBackupError'];

/** An installation, a backup of it as bytes, and whether restoring other bytes leaves the installation alone. */
async function aBackup(place: BackupPlace) {
  {
    await using installation = await install(place.target);
    await fill(installation, 100);
  }
  const { path } = await backUp(place.target, join(place.directory, 'whole.tar'));
  const whole = await readFile(path);
  const content = await contentOf(place.target);
  const changed = join(place.directory, 'changed.tar');
  const refusalOf = async (bytes: Uint8Array): Promise<Error> => {
    await writeFile(changed, bytes);
    const error: unknown = await restoreBackup(place.target, changed, restoreOptions(place, { replace: true })).then(
      () => new Error('was restored'),
      (thrown: unknown) => thrown,
    );
    return error as Error;
  };
  return { whole, content, refusalOf };
}

test('a backup that is cut off anywhere is refused, and the data stay', async () => {
  await using place = await backupPlace();
  const { whole, content, refusalOf } = await aBackup(place);
  const ends = Array.from({ length: CASES - 4 }, (_, i) => Math.floor((whole.length * (i + 1)) / (CASES - 3)));
  for (const end of [1, 511, 512, ...ends, whole.length - 1]) {
    const { name, message } = await refusalOf(whole.subarray(0, end));
    expect([end, name]).toEqual([end, end < 512 ? 'NotABackupError' : 'DamagedBackupError']);
    expect(message).toMatch(/incomplete|not a backup|damaged/);
  }
  expect(await contentOf(place.target)).toEqual(content);
});

test('a single flipped bit anywhere is noticed, and the data stay', async () => {
  await using place = await backupPlace();
  const { whole, content, refusalOf } = await aBackup(place);
  const seed = Math.floor(Math.random() * 2 ** 31);
  for (let n = 0; n < CASES; n++) {
    const at = Math.floor(((n + ((seed * (n + 1)) % 997) / 997) / CASES) * whole.length);
    const bit = (seed + n) % 8;
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    const { name } = await refusalOf(bytes);
    expect(REFUSALS, `seed ${seed}: bit ${bit} of byte ${at}`).toContain(name);
  }
  expect(await contentOf(place.target)).toEqual(content);
});

test('every byte of what is around the contents counts', async () => {
  await using place = await backupPlace('sqlite');
  const { whole } = await aBackup(place);
  const path = join(place.directory, 'changed.tar');
  const end = whole.length;
  // Of the first header, of the manifest's end, of its checksum, and of the end of the archive.
  const places = [0, 120, 260, 400, 511, end - 3_000, end - 2_000, end - 1_600, end - 1_530, end - 1_025, end - 1];
  for (const at of places) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(verifyArchive(path), `byte ${at}`).rejects.toThrow(/damaged|not a backup|incomplete/);
  }
  await writeFile(path, Buffer.concat([whole, Buffer.alloc(512)]));
  await expect(verifyArchive(path)).rejects.toThrow('does not end where it should');
});

test('files of other programs are called what they are', async () => {
  await using place = await backupPlace('sqlite');
  const path = join(place.directory, 'file');
  await expect(verifyArchive(path)).rejects.toThrow('There is no file');
  await expect(verifyArchive(place.directory)).rejects.toThrow('is not a file');
  await writeFile(path, '');
  await expect(verifyArchive(path)).rejects.toThrow('is empty');
  const other = tarHeader({ name: 'photo.jpg', size: 0, mtime: 0 });
  for (const content of ['SQLite format 3\0'.padEnd(4_096, '\0'), 'x', gzipSync('dump'), other]) {
    await writeFile(path, content);
    await expect(verifyArchive(path)).rejects.toMatchObject({ name: 'NotABackupError' });
  }
  expect(existsSync(place.target.engine === 'sqlite' ? place.target.path : '')).toBe(false);
});

/** The manifest and what follows made anew, as somebody would who wants the file to look whole. */
async function forge(whole: Buffer, change: (manifest: NonNullable<ReturnType<typeof parseManifest>>) => void) {
  const header = whole.lastIndexOf('manifest.json\0');
  const size = Number.parseInt(whole.toString('latin1', header + 124, header + 135), 8);
  const mtime = Number.parseInt(whole.toString('latin1', header + 136, header + 147), 8);
  const manifest = parseManifest(whole.toString('utf8', header + 512, header + 512 + size));
  if (!manifest) throw new Error('no manifest');
  change(manifest);
  const text = Buffer.from(JSON.stringify(manifest));
  const file = (name: string, content: Buffer) => [
    tarHeader({ name, size: content.length, mtime }),
    content,
    Buffer.alloc((512 - (content.length % 512)) % 512),
  ];
  const sum = Buffer.from(`${sha256(text)}  manifest.json\n`);
  const end = [...file('manifest.json', text), ...file('manifest.sha256', sum), Buffer.alloc(1_024)];
  return Buffer.concat([whole.subarray(0, header), ...end]);
}

test('an archive that contradicts itself is refused although its checksums are right', async () => {
  await using place = await backupPlace();
  const { whole, content, refusalOf } = await aBackup(place);
  const forgeries: [string, Parameters<typeof forge>[1]][] = [
    ['not as it was written', ({ tables }) => void Object.assign(tables.at(-1) ?? {}, { rows: 7 })],
    ['is missing', ({ files }) => void files.splice(3, 0, { name: 'files/x', size: 1, sha256: 'x' })],
    ['files that it does not list', ({ files }) => void files.pop()],
    ['tables of the schema', ({ tables }) => void Object.assign(tables[1] ?? {}, { key: ['role'] })],
    ['newer Tend', ({ migrations }) => void migrations.push('9999-later')],
  ];
  for (const [message, change] of forgeries) {
    expect((await refusalOf(await forge(whole, change))).message).toContain(message);
  }
  // The forger's tool itself is sound: without a change the file is good.
  expect((await refusalOf(await forge(whole, () => undefined))).message).toBe('was restored');
  await (await openDatabase(place.target)).close();
  expect(await contentOf(place.target)).toEqual(content);
});
