import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { restoreBackup } from '#server/backup/restore.ts';
import { openDatabase } from '#server/db/database.ts';
import { volume } from '#tests/support/volume.ts';
import { backUp, type BackupPlace, backupPlace, contentOf, fill, install, restoreOptions } from './backup-world.ts';

const KILLS = volume(3);
const program = fileURLToPath(new URL('../../../bin/tend.mjs', import.meta.url));

function startRestore({ target, directory }: BackupPlace, file: string) {
  return spawn(process.execPath, [program, 'restore', '--replace', file], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: directory,
      NODE_COMPILE_CACHE: join(directory, 'compiled'),
      DATABASE_URL: target.engine === 'sqlite' ? `sqlite:///${target.path}` : target.url,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

test('a restore that is killed at any moment leaves the old data or the new, never a mix', async () => {
  await using place = await backupPlace();
  await using elsewhere = await backupPlace('sqlite');
  for (const [{ target }, tasks] of [
    [place, 200],
    [elsewhere, 600],
  ] as const) {
    await using installation = await install(target);
    await fill(installation, tasks);
  }
  const old = await backUp(place.target, join(place.directory, 'old.tar'));
  const wanted = await backUp(elsewhere.target, join(elsewhere.directory, 'new.tar'));
  let duration = 0;
  // The second one tells how long it takes: the first fills the caches of the machine.
  for (const _ of ['first', 'second']) {
    await restoreBackup(place.target, old.path, restoreOptions(place, { replace: true, now: Date.now() }));
    const begin = performance.now();
    expect(await once(startRestore(place, wanted.path), 'exit')).toEqual([0, null]);
    duration = performance.now() - begin;
    expect(await contentOf(place.target)).toEqual(wanted.manifest.tables);
  }

  let kept = 0;
  for (let n = 0; n < KILLS; n++) {
    await restoreBackup(place.target, old.path, restoreOptions(place, { replace: true, now: Date.now() }));
    const child = startRestore(place, wanted.path);
    const exit = once(child, 'exit');
    // From the middle of it on: before that the process is still starting.
    await Promise.race([sleep(duration * (0.4 + (0.6 * n) / KILLS)), exit]);
    child.kill('SIGKILL');
    await exit;
    // As the next start does it, which rolls back what was under way.
    await (await openOnceFree(place)).close();
    const content = await contentOf(place.target);
    const isOld = JSON.stringify(content) === JSON.stringify(old.manifest.tables);
    if (isOld) kept++;
    else expect(content, `killed after ${0.4 + (0.6 * n) / KILLS} of the time`).toEqual(wanted.manifest.tables);
  }
  expect(kept).toBeGreaterThan(0);
}, 180_000);

/** PostgreSQL notices after a moment that the process is gone. */
async function openOnceFree({ target }: BackupPlace) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await openDatabase(target);
    } catch (error) {
      if (Date.now() > deadline || (error as Error).name !== 'DatabaseInUseError') throw error;
      await sleep(50);
    }
  }
}
