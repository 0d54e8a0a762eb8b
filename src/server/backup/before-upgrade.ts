import type { Config } from '#server/config.ts';
import { packageVersion } from '#server/package-version.ts';
import type { BackupFile } from './backup-file.ts';

/**
 * What the database held before its migration, for the way back: migrations only go forward. Throws when it cannot be
 * kept, and the migration then does not begin.
 */
export async function backUpBeforeUpgrade({ database, backup }: Config, now: number): Promise<BackupFile> {
  // A start without a migration, which is nearly every one, need not load all this.
  const { newBackupPath } = await import('./backup-directory.ts');
  const { backUpToFile } = await import('./backup-file.ts');
  const { snapshotOf } = await import('./snapshot.ts');
  const path = newBackupPath(backup.directory, 'before-upgrade', now);
  return backUpToFile(snapshotOf(database), path, { app: packageVersion(), now });
}
