import type { ServerContext } from '#server/context.ts';

const DAY = 86_400_000;
/** Kept for a while, so that somebody can still ask what happened to a session. */
const ENDED_SESSION_DAYS = 30;
const ATTEMPT_DAYS = 30;
const AUDIT_DAYS = 365;

/** Forgets ended sessions, old failures and very old events. Returns how many rows went. */
export async function forgetOldAccountData({
  database,
  clock,
}: Pick<ServerContext, 'database' | 'clock'>): Promise<number> {
  const now = clock.now();
  const ended = now - ENDED_SESSION_DAYS * DAY;
  const sessions = await database.writer
    .deleteFrom('session')
    .where((eb) => eb.or([eb('expires_at', '<', ended), eb('revoked_at', '<', ended)]))
    .executeTakeFirstOrThrow();
  // A locked account stays locked: its counter is blocked until for ever.
  const attempts = await database.writer
    .deleteFrom('login_attempt')
    .where('window_start', '<', now - ATTEMPT_DAYS * DAY)
    .where('blocked_until', '<', now)
    .executeTakeFirstOrThrow();
  const events = await database.writer
    .deleteFrom('audit_event')
    .where('at', '<', now - AUDIT_DAYS * DAY)
    .executeTakeFirstOrThrow();
  return Number(sessions.numDeletedRows + attempts.numDeletedRows + events.numDeletedRows);
}
