import type { Migration } from '#server/db/migrations/index.ts';
import type { Manifest } from './archive-format.ts';
import { newBackupPath } from './backup-directory.ts';
import { TargetNotEmptyError } from './backup-errors.ts';
import { type BackupFile, backUpToFile } from './backup-file.ts';
import type { SnapshotSource } from './snapshot.ts';

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

/** A verified archive on its way into a database. */
export interface Restoration extends RestoreOptions {
  readonly path: string;
  readonly manifest: Manifest;
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
