import type { DatabaseTarget } from '#server/db/database.ts';
import type { Manifest } from './archive-format.ts';
import type { BackupFile } from './backup-file.ts';
import { assertKnownSchema } from './load-archive.ts';
import type { Restoration, RestoreOptions } from './restoration.ts';
import { verifyArchive } from './verify-archive.ts';

export interface Restored {
  readonly manifest: Manifest;
  /** What was there before, when there was something. */
  readonly safety: BackupFile | undefined;
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
