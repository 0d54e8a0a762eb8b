/** The file is something else than a backup of Tend. */
export class NotABackupError extends Error {
  override readonly name = 'NotABackupError';
}

/** The file was a backup once: it is cut off, or bytes of it changed. */
export class DamagedBackupError extends Error {
  override readonly name = 'DamagedBackupError';
}

/** A newer Tend made the file; this one does not know everything that is in it. */
export class NewerBackupError extends Error {
  override readonly name = 'NewerBackupError';
}

/** There is no such file, or no database to back up. */
export class NothingThereError extends Error {
  override readonly name = 'NothingThereError';
}

/** Restoring would overwrite what nobody said may go. */
export class TargetNotEmptyError extends Error {
  override readonly name = 'TargetNotEmptyError';
}

/** The disk did not take the backup. */
export class BackupNotWrittenError extends Error {
  override readonly name = 'BackupNotWrittenError';
}

/** The database itself is damaged: a copy of it would be, too. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError';
}

export function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
