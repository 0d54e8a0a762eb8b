import type { HttpClient, TokenAnswer } from '#web/api/http-client.ts';
import type { SessionUser } from '#web/api/session.ts';

/** A place where the account is signed in. */
export interface AccountSession {
  readonly id: string;
  /** This one. */
  readonly current: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly userAgent: string;
  readonly ip: string;
}

export interface ProfileChange {
  readonly displayName?: string;
  readonly email?: string | null;
  /** Needed to change the address of mail. */
  readonly currentPassword?: string;
}

/** The own account on the server. */
export interface AccountApi {
  updateProfile(change: ProfileChange): Promise<SessionUser>;
  /** Ends every session of the account, and begins a new one here. */
  changePassword(change: { currentPassword: string; newPassword: string }): Promise<void>;
  sessions(): Promise<readonly AccountSession[]>;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
}

export function createAccountApi(http: HttpClient): AccountApi {
  return {
    updateProfile: (body) => http.request<SessionUser>('PATCH', '/me', { body }),
    async changePassword(body) {
      http.adopt(await http.request<TokenAnswer<SessionUser>>('POST', '/me/password', { body }));
    },
    async sessions() {
      return (await http.request<{ items: readonly AccountSession[] }>('GET', '/me/sessions')).items;
    },
    endSession: (id) => http.request('DELETE', `/me/sessions/${id}`),
    endOtherSessions: () => http.request('DELETE', '/me/sessions'),
  };
}
