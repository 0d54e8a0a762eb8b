import { DomainError } from '#core/errors.ts';
import type { Limits, ServerContext } from '#server/context.ts';
import { inTransaction, type Tx } from '#server/db/database.ts';
import type { LoginAttemptTable } from '#server/db/schema.ts';
import { networkOf } from '#server/http/rate-limit.ts';

const MINUTE = 60_000;
const ACCOUNT_WINDOW = 15 * MINUTE;
const ADDRESS_WINDOW = 5 * MINUTE;
const SIGNUP_WINDOW = 60 * MINUTE;
const DELAY_MAX = 15 * MINUTE;
/** A locked account waits for an administrator (`tend user reset-password`). */
const FOR_EVER = 8_640_000_000_000_000;

type Counter = LoginAttemptTable;

/**
 * Counts every check of a password, wherever it happens. In the database and in a transaction of their own:
 * neither a restart nor the rollback of what failed forgets them. An attempt counts before the password is looked
 * at, or a hundred at once would all find the door open.
 */
export interface LoginAttempts {
  /** Throws `rate_limited` when the account or the address has to wait. */
  begin(username: string, ip: string): Promise<void>;
  /** The password was right: the account starts afresh, the address gets this attempt back. */
  succeed(username: string, ip: string): Promise<void>;
  /** Counts a new account against the address that makes it. */
  countSignup(ip: string): Promise<void>;
}

export function createLoginAttempts(context: ServerContext): LoginAttempts {
  const { database, clock, limits, config } = context;
  const factor = config.rateLimitFactor;

  async function load(tx: Tx, key: string): Promise<Counter> {
    await tx
      .insertInto('login_attempt')
      .values({ key, count: 0, streak: 0, window_start: 0, blocked_until: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const query = tx.selectFrom('login_attempt').selectAll().where('key', '=', key);
    return (database.engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
  }

  async function save(tx: Tx, counter: Counter): Promise<void> {
    await tx.updateTable('login_attempt').set(counter).where('key', '=', counter.key).execute();
  }

  return {
    begin: (username, ip) =>
      inTransaction(database, async (tx) => {
        const now = clock.now();
        const account = await load(tx, accountKey(username));
        const address = await load(tx, `ip:${networkOf(ip)}`);
        assertOpen(account, now);
        assertOpen(address, now);
        await save(tx, countAccount(account, now, limits));
        await save(tx, countWindow(address, now, ADDRESS_WINDOW, limits.loginFailuresPerAddress * factor));
      }),
    succeed: (username, ip) =>
      inTransaction(database, async (tx) => {
        await tx.deleteFrom('login_attempt').where('key', '=', accountKey(username)).execute();
        await tx
          .updateTable('login_attempt')
          .set((eb) => ({ count: eb('count', '-', 1), blocked_until: 0 }))
          .where('key', '=', `ip:${networkOf(ip)}`)
          .where('count', '>', 0)
          .execute();
      }),
    countSignup: (ip) =>
      inTransaction(database, async (tx) => {
        const now = clock.now();
        const counter = await load(tx, `signup:${networkOf(ip)}`);
        assertOpen(counter, now);
        await save(tx, countWindow(counter, now, SIGNUP_WINDOW, limits.signupsPerHour * factor));
      }),
  };
}

function countAccount(counter: Counter, now: number, limits: Limits): Counter {
  const inWindow = now - counter.window_start < ACCOUNT_WINDOW;
  const count = inWindow ? counter.count + 1 : 1;
  const streak = counter.streak + 1;
  const excess = count - limits.loginFailuresPerAccount;
  const delay = excess < 0 ? 0 : Math.min(1000 * 2 ** Math.min(excess, 30), DELAY_MAX);
  return {
    ...counter,
    count,
    streak,
    window_start: inWindow ? counter.window_start : now,
    blocked_until: streak >= limits.loginFailuresInARow ? FOR_EVER : now + delay,
  };
}

function countWindow(counter: Counter, now: number, window: number, most: number): Counter {
  const inWindow = now - counter.window_start < window;
  const start = inWindow ? counter.window_start : now;
  const count = inWindow ? counter.count + 1 : 1;
  return { ...counter, count, window_start: start, blocked_until: count >= most ? start + window : 0 };
}

/** What unlocks an account: a new password set by an administrator. */
export async function forgetFailures(tx: Tx, username: string): Promise<void> {
  await tx.deleteFrom('login_attempt').where('key', '=', accountKey(username)).execute();
}

function accountKey(username: string): string {
  return `account:${username}`;
}

function assertOpen(counter: Counter, now: number): void {
  if (counter.blocked_until <= now) return;
  if (counter.blocked_until === FOR_EVER) {
    throw new DomainError(
      'rate_limited',
      'This account is locked after too many wrong passwords. Ask an administrator.',
      {
        retryAfter: 86_400,
      },
    );
  }
  const retryAfter = Math.ceil((counter.blocked_until - now) / 1000);
  throw new DomainError('rate_limited', `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter });
}
