import type { AuditAction } from '#server/auth/audit-log.ts';
import type { ServerContext } from '#server/context.ts';
import type { Database } from '#server/db/database.ts';
import { hasBackupSince, lastDue } from './scheduled-backups.ts';

/** How the daily backups are, for whatever watches over the installation. */
export interface BackupStatus {
  /** `failing`: the last one failed; `overdue`: there should be one, and nothing tells of any; `off`: nobody wants them. */
  readonly state: 'ok' | 'failing' | 'overdue' | 'off';
  readonly lastSuccess: string | null;
  readonly lastFailure: string | null;
}

/** Health checks ask every second, and from every process. */
const KNOWN_FOR_MS = 10_000;
/** A large one takes its time, and a process that has just started waits a minute. */
const PATIENCE_MS = 2 * 3_600_000;

type Context = Pick<ServerContext, 'config' | 'database' | 'clock'>;

/** Of all processes together: the record is in the database. */
export function createBackupStatus(context: Context): () => Promise<BackupStatus> {
  let known: { readonly at: number; readonly status: Promise<BackupStatus> } | undefined;
  return () => {
    const now = context.clock.now();
    if (!known || now - known.at >= KNOWN_FOR_MS || now < known.at) {
      const status = readStatus(context);
      status.catch(() => {
        known = undefined;
      });
      known = { at: now, status };
    }
    return known.status;
  };
}

async function readStatus({ config, database, clock }: Context): Promise<BackupStatus> {
  const { dailyAt } = config.backup;
  const [success, failure] = [await lastOf(database, 'backup.made'), await lastOf(database, 'backup.failed')];
  const times = { lastSuccess: instant(success), lastFailure: instant(failure) };
  if (!dailyAt) return { state: 'off', ...times };
  if (failure !== undefined && failure > (success ?? 0)) return { state: 'failing', ...times };
  const now = clock.now();
  const due = lastDue(now, dailyAt);
  const isLate = now - due > PATIENCE_MS && !(await hasBackupSince(database, due));
  return { state: isLate ? 'overdue' : 'ok', ...times };
}

async function lastOf({ reader }: Database, action: AuditAction): Promise<number | undefined> {
  const found = await reader
    .selectFrom('audit_event')
    .select('at')
    .where('user_id', 'is', null)
    .where('action', '=', action)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.at;
}

function instant(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
