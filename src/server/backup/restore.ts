import type { DatabaseTarget } from '#server/db/database.ts';
import type { Migration } from '#server/db/migrations/index.ts';
import type { Manifest } from './archive-format.ts';
import { newBackupPath } from './backup-directory.ts';
import { type BackupFile, backUpToFile } from './backup-file.ts';
import { TargetNotEmptyError } from './backup-errors.ts';
import { assertKnownSchema } from './load-archive.ts';
import type { SnapshotSource } from './snapshot.ts';
import { verifyArchive } from './verify-archive.ts';

export interface RestoreOptions {
  /** Version of Tend. */
  readonly app: string;
  readonly now: number;
  /** What is there may go; a backup of it is made in `backupDirectory` first. */
  readonly replace: boolean;
  readonly backupDirectory: string;
  /** Given, devices forget what the backup does not have; otherwise they bring it back. */
  readonly newEpoch?: string | undefined;
  readonly migrations?: Readonly<Record<string, Migration>>;
}

export interface Restored {
  readonly manifest: Manifest;
  /** What was there before, when there was something. */
  readonly safety: BackupFile | undefined;
}

/** A verified archive on its way into a database. */
export interface Restoration extends RestoreOptions {
  readonly path: string;
  readonly manifest: Manifest;
}

/**
 * Makes the database what the archive says, or leaves it as it is. The file is read as a whole before anything is
 * touched, and the last step is the only one that others see.
 */
export async function restoreBackup(target: DatabaseTarget, path: string, options: RestoreOptions): Promise<Restored> {
  const manifest = await verifyArchive(path);
  assertKnownSchema(path, manifest, options.migrations);
  const restoration: Restoration = { ...options, path, manifest };
  if (target.engine === 'sqlite') {
    const { restoreToSqlite } = await import('./restore-sqlite.ts');
    return { manifest, safety: await restoreToSqlite(target.path, restoration) };
  }
  const { restoreToPostgres } = await import('./restore-postgres.ts');
  return { manifest, safety: await restoreToPostgres(target.url, restoration) };
}

/** What is there, as a backup of its own, before it goes. */
export async function keepPresent(
  snapshot: SnapshotSource,
  { app, now, replace, backupDirectory }: RestoreOptions,
): Promise<BackupFile> {
  if (!replace) {
    throw new TargetNotEmptyError(
      'The database has accounts in it. With --replace they make way for the backup, after a backup of their own.',
    );
  }
  return backUpToFile(snapshot, newBackupPath(backupDirectory, 'before-restore', now), { app, now });
}
