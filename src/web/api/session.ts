import type { AccountCard, InstanceRole } from '#core/actor.ts';
import { DomainError } from '#core/errors.ts';
import { HttpClient, type HttpClientOptions, type TokenAnswer } from './http-client.ts';

/** An account as the server tells its owner. */
export interface SessionUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly role: InstanceRole;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly remember?: boolean;
}

export interface NewAccount {
  readonly username: string;
  readonly password: string;
  readonly email?: string;
  readonly timeZone?: string;
  readonly locale?: string;
  readonly weekStart?: number;
  readonly remember?: boolean;
  /** For the first account of a production server, which printed it. */
  readonly setupToken?: string;
}

/** Whose session the browser holds, and whether it may keep it, and their data, when it is closed. */
export interface SignedIn {
  readonly user: SessionUser;
  readonly remember: boolean;
}

/** Signing in and out, and the client that carries the session. */
export interface SessionApi {
  readonly http: HttpClient;
  signIn(credentials: Credentials): Promise<SignedIn>;
  signUp(account: NewAccount): Promise<SignedIn>;
  /** The person whose session the cookie still holds, or null. Throws `unavailable` when nobody can tell. */
  resume(): Promise<SignedIn | null>;
  signOut(): Promise<void>;
}

export function createSessionApi(options: HttpClientOptions = browserOptions()): SessionApi {
  const http = new HttpClient(options);
  async function begin(path: string, body: unknown): Promise<SignedIn> {
    const answer = await http.request<TokenAnswer<SessionUser>>('POST', path, { body, authorized: false });
    http.adopt(answer);
    return answer;
  }
  return {
    http,
    signIn: (credentials) => begin('/auth/login', credentials),
    signUp: (account) => begin('/auth/signup', account),
    async resume() {
      try {
        return await http.refresh<SessionUser>();
      } catch (error) {
        if (error instanceof DomainError && error.code === 'unauthenticated') return null;
        throw error;
      }
    },
    async signOut() {
      try {
        await http.request('POST', '/auth/logout', { body: {}, authorized: false });
      } finally {
        http.forget();
      }
    },
  };
}

function browserOptions(): HttpClientOptions {
  // Browsers offer locks on https and localhost only.
  return { locks: (navigator as { readonly locks?: LockManager }).locks };
}

/** Who the replica belongs to. */
export function accountOf({ id, username, displayName, role }: SessionUser): AccountCard {
  return { userId: id, username, displayName, instanceRole: role, active: true };
}
