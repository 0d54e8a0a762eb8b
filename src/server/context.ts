import type { RandomBytes } from '#core/ids.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Logger } from './logger.ts';
import type { Hub } from './write/hub.ts';
import type { WritePath } from './write/write-path.ts';

/** Epoch milliseconds; injected, so that tests own time. */
export interface Clock {
  now(): number;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `rehash`: the password is right, but its hash is of an older kind. */
  verify(password: string, hash: string): Promise<{ readonly valid: boolean; readonly rehash: boolean }>;
}

/** Requests per window. RATE_LIMIT_FACTOR multiplies them, but for the failures per account: those guard one password. */
export interface Limits {
  readonly apiPerMinute: number;
  readonly searchPerMinute: number;
  readonly signupsPerHour: number;
  readonly loginFailuresPerAddress: number;
  readonly loginFailuresPerAccount: number;
  readonly loginFailuresInARow: number;
}

/** A limit that is counted by all processes together. */
export interface SharedLimiter {
  /** Milliseconds to wait; 0 when there is nothing to wait for, and when nobody can tell. */
  consume(key: string): Promise<number>;
}

export interface SharedCounters {
  limiter(name: string, points: number, seconds: number): SharedLimiter;
}

/** Keys for one purpose each, all derived from the one secret of the instance. */
export interface Keys {
  readonly accessToken: Uint8Array;
  readonly refreshToken: Uint8Array;
}

/** An account that has just been made, or logs in. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: 'admin' | 'user' | 'demo';
}

export interface AccountPreferences {
  readonly timeZone?: string;
  readonly locale?: string;
  readonly weekStart?: number;
}

/** What accounts need from the write path, which stands above them. */
export interface AccountEffects {
  /** Settings and inbox, unless the account has them: it may be called again after a crash. */
  provision(account: Account, preferences: AccountPreferences): Promise<void>;
  /** Shows the present name of the account to the other members of these projects. */
  renamed(account: Account, projectIds: readonly string[]): Promise<void>;
}

/** Everything that the server is made of. Passed down, never imported. */
export interface ServerContext {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newId: () => string;
  readonly keys: Keys;
  readonly hasher: PasswordHasher;
  readonly limits: Limits;
  readonly write: WritePath;
  readonly hub: Hub;
  /** Absent where processes count for themselves. */
  readonly sharedCounters?: SharedCounters | undefined;
  /** Aborted when the process begins to stop: streams end, nothing new begins. */
  readonly closing: AbortSignal;
}
