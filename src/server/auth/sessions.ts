import { DomainError } from '#core/errors.ts';
import type { ServerContext } from '#server/context.ts';
import { inTransaction, type Tx } from '#server/db/database.ts';
import type { AccessTokens } from './access-token.ts';
import { writeAudit } from './audit-log.ts';
import { firstToken, hashOf, parseRefreshToken, type RefreshToken, successorOf } from './refresh-token.ts';
import type { SessionCache } from './session-cache.ts';
import { findSession, insertSession, revokeSession, rotateSession, type Session } from './session-repository.ts';
import { findUser, type User } from './user-repository.ts';

const DAY = 86_400_000;
const IDLE = 14 * DAY;
const ABSOLUTE = 90 * DAY;
const ABSOLUTE_UNREMEMBERED = DAY;
/** Two tabs, or a reply that was lost, may use the same token again within this time. */
const GRACE = 10_000;

/** Where a request comes from, as it is shown in the list of sessions. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string;
}

export interface IssuedSession {
  readonly user: User;
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
  /** The browser may keep the session, and the data, when it is closed. */
  readonly remember: boolean;
  /** Seconds for which the cookie lives; undefined: until the browser is closed. */
  readonly cookieAge: number | undefined;
}

export interface Sessions {
  /** A new login. The caller commits. */
  start(tx: Tx, user: User, device: Device, remember: boolean): Promise<IssuedSession>;
  /** The next pair of tokens for a refresh token. */
  refresh(token: string, device: Device): Promise<IssuedSession>;
  /** Ends the session of a refresh token, if it is one of ours. */
  end(token: string, device: Device): Promise<void>;
}

interface SessionParts {
  readonly context: ServerContext;
  readonly tokens: AccessTokens;
  readonly cache: SessionCache;
}

export function createSessions(context: ServerContext, tokens: AccessTokens, cache: SessionCache): Sessions {
  const parts = { context, tokens, cache };
  const { database, clock, keys } = context;
  return {
    start: (tx, user, device, remember) => startSession(parts, tx, user, device, remember),
    async refresh(text, device) {
      const token = parseRefreshToken(keys.refreshToken, text);
      if (!token) throw ended();
      // Whoever loses the race finds the successor at the second look.
      for (let attempt = 0; attempt < 3; attempt++) {
        const issued = await refreshOnce(parts, text, token, device);
        if (issued) return issued;
      }
      throw new DomainError('unavailable', 'The session is in use. Try again.', { retryAfter: 1 });
    },
    async end(text, device) {
      const token = parseRefreshToken(keys.refreshToken, text);
      const session = token && (await findSession(database.reader, token.sessionId));
      if (!session) return;
      await inTransaction(database, async (tx) => {
        if (!(await revokeSession(tx, session.id, clock.now(), 'logged_out'))) return;
        await writeAudit(tx, context, { action: 'session.ended', userId: session.user_id, ip: device.ip });
      });
      cache.forget(session.user_id);
    },
  };
}

async function startSession(
  parts: SessionParts,
  tx: Tx,
  user: User,
  device: Device,
  remember: boolean,
): Promise<IssuedSession> {
  const { clock, keys, newId, random } = parts.context;
  const now = clock.now();
  const absolute = now + (remember ? ABSOLUTE : ABSOLUTE_UNREMEMBERED);
  const id = newId();
  const refreshToken = firstToken(keys.refreshToken, id, random);
  const session: Session = {
    id,
    user_id: user.id,
    token_hash: hashOf(refreshToken),
    previous_hash: null,
    generation: 0,
    rotated_at: now,
    created_at: now,
    expires_at: Math.min(now + IDLE, absolute),
    absolute_expires_at: absolute,
    remember: remember ? 1 : 0,
    user_agent: device.userAgent,
    ip: device.ip,
    revoked_at: null,
    revoked_reason: null,
  };
  await insertSession(tx, session);
  return issue(parts, user, session, refreshToken);
}

async function issue(
  { context, tokens }: SessionParts,
  user: User,
  session: Session,
  refreshToken: string,
): Promise<IssuedSession> {
  const { token, expiresIn } = await tokens.issue(user.id, session.id);
  const left = Math.floor((session.expires_at - context.clock.now()) / 1000);
  const remember = session.remember === 1;
  return { user, accessToken: token, expiresIn, refreshToken, remember, cookieAge: remember ? left : undefined };
}

/** The next pair of tokens, or undefined when somebody else was faster and it has to be looked at again. */
async function refreshOnce(
  parts: SessionParts,
  text: string,
  token: RefreshToken,
  device: Device,
): Promise<IssuedSession | undefined> {
  const { database, clock, keys } = parts.context;
  const session = await findSession(database.reader, token.sessionId);
  const now = clock.now();
  if (!session || session.revoked_at !== null || session.expires_at <= now) throw ended();
  const user = await findUser(database.reader, session.user_id);
  if (user?.status !== 'active') throw ended();
  if (token.generation === session.generation) {
    if (hashOf(text) !== session.token_hash) throw ended();
    return rotate(parts, user, session, token);
  }
  // Ahead of us: the database was restored from a backup.
  if (token.generation > session.generation) throw ended();
  const age = now - session.rotated_at;
  const isPredecessor = hashOf(text) === session.previous_hash && device.userAgent === session.user_agent;
  if (!isPredecessor || age < 0 || age >= GRACE) return refuseReuse(parts, session, device);
  return issue(parts, user, session, successorOf(keys.refreshToken, token));
}

async function rotate(
  parts: SessionParts,
  user: User,
  session: Session,
  token: RefreshToken,
): Promise<IssuedSession | undefined> {
  const { database, clock, keys } = parts.context;
  const now = clock.now();
  const next = successorOf(keys.refreshToken, token);
  const expiresAt = Math.min(now + IDLE, session.absolute_expires_at);
  const rotation = { generation: token.generation + 1, tokenHash: hashOf(next), now, expiresAt };
  const rotated = await inTransaction(database, (tx) => rotateSession(tx, session, rotation));
  return rotated ? issue(parts, user, { ...session, expires_at: expiresAt }, next) : undefined;
}

/** A token that was already exchanged is in two hands: nobody can say which are the right ones. */
async function refuseReuse({ context, cache }: SessionParts, session: Session, device: Device): Promise<never> {
  await inTransaction(context.database, async (tx) => {
    if (!(await revokeSession(tx, session.id, context.clock.now(), 'token_reused'))) return;
    await writeAudit(tx, context, {
      action: 'session.token_reused',
      userId: session.user_id,
      ip: device.ip,
      detail: { sessionId: session.id },
    });
  });
  cache.forget(session.user_id);
  context.logger.warn({ userId: session.user_id, sessionId: session.id }, 'refresh token used twice, session ended');
  throw ended();
}

function ended(): DomainError {
  return new DomainError('unauthenticated', 'This session has ended. Log in again.');
}
