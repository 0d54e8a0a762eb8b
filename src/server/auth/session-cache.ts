import type { ServerContext } from '#server/context.ts';
import type { Principal } from '#server/http/policy.ts';

/** Longest time for which an ended session or a changed role goes unnoticed, on any process. */
const TRUSTED_FOR = 4_000;
const CACHE_MAX = 50_000;

export type SessionHolder = Omit<Principal, 'expiresAt'>;

interface Entry {
  readonly holder: SessionHolder;
  readonly checkedAt: number;
}

/** Who a session belongs to, asked of the database at most every few seconds. */
export interface SessionCache {
  /** Undefined when the session has ended or its account is disabled. */
  holderOf(sessionId: string): Promise<SessionHolder | undefined> | SessionHolder | undefined;
  /** Something about the user or one of the sessions has changed here; other processes notice by asking. */
  forget(userId: string): void;
}

export function createSessionCache({ database, clock }: ServerContext): SessionCache {
  const entries = new Map<string, Entry>();

  async function ask(sessionId: string): Promise<SessionHolder | undefined> {
    const now = clock.now();
    const row = await database.reader
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.user_id')
      .select(['user.id', 'user.username', 'user.display_name', 'user.role'])
      .where('session.id', '=', sessionId)
      .where('session.revoked_at', 'is', null)
      .where('session.absolute_expires_at', '>', now)
      .where('user.status', '=', 'active')
      .executeTakeFirst();
    entries.delete(sessionId);
    if (!row) return undefined;
    const { id, username, display_name: displayName, role: instanceRole } = row;
    const holder = { userId: id, sessionId, username, displayName, instanceRole };
    if (entries.size >= CACHE_MAX) {
      const oldest = entries.keys().next().value;
      if (oldest !== undefined) entries.delete(oldest);
    }
    entries.set(sessionId, { holder, checkedAt: now });
    return holder;
  }

  return {
    holderOf(sessionId) {
      const entry = entries.get(sessionId);
      if (entry) {
        const age = clock.now() - entry.checkedAt;
        // A clock that jumped back must not make the entry immortal.
        if (age >= 0 && age < TRUSTED_FOR) return entry.holder;
      }
      return ask(sessionId);
    },
    forget(userId) {
      for (const [sessionId, { holder }] of entries) if (holder.userId === userId) entries.delete(sessionId);
    },
  };
}
