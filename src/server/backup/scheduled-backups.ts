import { writeAudit } from '#server/auth/audit-log.ts';
import { createLeadership } from '#server/cluster/leadership.ts';
import type { BackupConfig } from '#server/config.ts';
import type { ServerContext } from '#server/context.ts';
import type { Database } from '#server/db/database.ts';
import { untilNext } from '#server/maintenance/maintenance.ts';
import { packageVersion } from '#server/package-version.ts';
import { readInstance } from '#server/sync/instance.ts';
import type { BackupFile } from './backup-file.ts';
import { backUpInThread } from './backup-thread.ts';

/** After the start, so that it does not compete with the first requests. */
const FIRST_AFTER_MS = 60_000;
/** How long a backup that failed, or a clock that jumped, waits at most. */
const LOOK_EVERY_MS = 3_600_000;

/** Makes one verified backup; `closing` stops it. */
type MakeBackup = typeof backUpInThread;
type Context = Pick<ServerContext, 'config' | 'database' | 'clock' | 'newId' | 'logger' | 'closing'>;

/**
 * A backup a day, at its time or as soon as possible after it. Resolves when the process is closing and none is
 * being made any more.
 */
export async function runScheduledBackups(context: Context, firstAfterMs = FIRST_AFTER_MS): Promise<void> {
  const { closing, clock, config, logger } = context;
  const { dailyAt } = config.backup;
  if (!dailyAt) return;
  for (let wait = firstAfterMs; await untilNext(wait, closing); ) {
    try {
      await backUpWhenDue(context);
    } catch (err) {
      if (closing.aborted) return;
      logger.error({ err }, 'the daily backup failed');
    }
    const next = new Date(lastDue(clock.now(), dailyAt));
    next.setDate(next.getDate() + 1);
    wait = Math.min(Math.max(next.getTime() - clock.now(), 1_000), LOOK_EVERY_MS);
  }
}

/** The last time that a backup should have been made, by the clock of the machine. */
export function lastDue(now: number, { hour, minute }: NonNullable<BackupConfig['dailyAt']>): number {
  const due = new Date(now);
  due.setHours(hour, minute, 0, 0);
  if (due.getTime() > now) due.setDate(due.getDate() - 1);
  return due.getTime();
}

/** Undefined when today's was made, by whichever process, or is just being made by another. */
export async function backUpWhenDue(
  context: Context,
  make: MakeBackup = backUpInThread,
): Promise<BackupFile | undefined> {
  const { config, database, clock } = context;
  if (!config.backup.dailyAt) return undefined;
  const due = lastDue(clock.now(), config.backup.dailyAt);
  if (await hasBackupSince(database, due)) return undefined;
  // Of several processes one gets to work, and the others look again later.
  const leadership = createLeadership(database, 'daily backup');
  try {
    if (!(await leadership.isMine())) return undefined;
    // Another process may have finished between the look and the lock.
    if (await hasBackupSince(database, due)) return undefined;
    return await makeDailyBackup(context, make);
  } catch (error) {
    if (!context.closing.aborted) await noteFailure(context);
    throw error;
  } finally {
    await leadership.resign();
  }
}

async function makeDailyBackup(context: Context, make: MakeBackup): Promise<BackupFile> {
  const { config, database, clock, logger, closing } = context;
  const { directory, keep } = config.backup;
  // Once a day; the start of the server need not load it.
  const { newBackupPath, pruneBackups } = await import('./backup-directory.ts');
  const now = clock.now();
  const order = { target: config.database, path: newBackupPath(directory, 'daily', now), app: packageVersion(), now };
  const file = await make(order, closing);
  await writeAudit(database.writer, context, {
    action: 'backup.made',
    userId: null,
    ip: null,
    detail: { path: file.path, bytes: file.bytes },
  });
  const { instance } = await readInstance(database);
  const pruned = await pruneBackups(directory, { instance, keep, now });
  logger.info({ path: file.path, bytes: file.bytes, pruned }, 'daily backup made and verified');
  return file;
}

/** What `/readyz` tells of. A database that cannot even take this note is in the log. */
async function noteFailure(context: Context): Promise<void> {
  try {
    await writeAudit(context.database.writer, context, { action: 'backup.failed', userId: null, ip: null });
  } catch (err) {
    context.logger.error({ err }, 'the failure of the daily backup could not be recorded');
  }
}

/** The record is in the database, so that processes with directories of their own agree. */
export async function hasBackupSince({ reader }: Database, due: number): Promise<boolean> {
  const made = await reader
    .selectFrom('audit_event')
    .select('id')
    .where('user_id', 'is', null)
    .where('at', '>=', due)
    .where('action', '=', 'backup.made')
    .limit(1)
    .executeTakeFirst();
  if (made) return true;
  // An installation of today has nothing worth a backup until tomorrow.
  const fresh = await reader.selectFrom('instance').select('id').where('created_at', '>=', due).executeTakeFirst();
  return fresh !== undefined;
}
