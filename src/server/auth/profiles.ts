import { validationFailed } from '#core/errors.ts';
import type { AccountEffects, ServerContext } from '#server/context.ts';
import { type Db, inTransaction } from '#server/db/database.ts';
import { accountOf } from './accounts.ts';
import { writeAudit } from './audit-log.ts';
import type { LoginAttempts } from './login-attempts.ts';
import { assertGoodPassword } from './password-rules.ts';
import type { SessionCache } from './session-cache.ts';
import { revokeSessionsOf } from './session-repository.ts';
import type { Device, IssuedSession, Sessions } from './sessions.ts';
import { updateUser, type User } from './user-repository.ts';

export interface ProfileChanges {
  readonly displayName?: string;
  readonly email?: string | null;
  readonly currentPassword?: string;
}

export interface Profiles {
  update(user: User, changes: ProfileChanges, device: Device): Promise<User>;
  /** Ends every session of the account and begins a new one on this device. */
  changePassword(
    user: User,
    sessionId: string,
    passwords: { readonly currentPassword: string; readonly newPassword: string },
    device: Device,
  ): Promise<IssuedSession>;
}

export interface ProfileParts {
  readonly context: ServerContext;
  readonly effects: AccountEffects;
  readonly sessions: Sessions;
  readonly attempts: LoginAttempts;
  readonly cache: SessionCache;
}

/** Where somebody is a member, of others' projects and of their own. */
async function projectsOf(db: Db, userId: string): Promise<string[]> {
  const members = await db.selectFrom('member').select('scope_id').where('user_id', '=', userId).execute();
  return members.map(({ scope_id: scope }) => scope.slice('p:'.length));
}

export function createProfiles({ context, effects, sessions, attempts, cache }: ProfileParts): Profiles {
  const { database, clock, hasher } = context;

  /** Counts like a login: a borrowed device must not be a way around the limit. */
  async function assertPassword(user: User, password: string | undefined, device: Device): Promise<void> {
    if (password === undefined) throw validationFailed('/currentPassword', 'Send the current password as well.');
    await attempts.begin(user.username, device.ip);
    const { valid } = await hasher.verify(password, user.password_hash);
    if (!valid) throw validationFailed('/currentPassword', 'This is not the current password.');
    await attempts.succeed(user.username, device.ip);
  }

  return {
    async update(user, { displayName, email, currentPassword }, device) {
      const changesEmail = email !== undefined && email !== user.email;
      if (changesEmail) await assertPassword(user, currentPassword, device);
      const changes = {
        display_name: displayName ?? user.display_name,
        email: email === undefined ? user.email : email,
        updated_at: clock.now(),
      };
      await inTransaction(database, async (tx) => {
        await updateUser(tx, user.id, changes);
        if (changesEmail) {
          await writeAudit(tx, context, { action: 'account.email_changed', userId: user.id, ip: device.ip });
        }
      });
      cache.forget(user.id);
      const updated = { ...user, ...changes };
      if (updated.display_name !== user.display_name) {
        await effects.renamed(accountOf(updated), await projectsOf(database.reader, user.id));
      }
      return updated;
    },

    async changePassword(user, sessionId, { currentPassword, newPassword }, device) {
      await assertPassword(user, currentPassword, device);
      await assertGoodPassword(newPassword, user.username, '/newPassword');
      const hash = await hasher.hash(newPassword);
      const now = clock.now();
      const issued = await inTransaction(database, async (tx) => {
        const before = await tx.selectFrom('session').select('remember').where('id', '=', sessionId).executeTakeFirst();
        await updateUser(tx, user.id, { password_hash: hash, password_changed_at: now, updated_at: now });
        await revokeSessionsOf(tx, user.id, now, 'password_changed');
        await writeAudit(tx, context, { action: 'account.password_changed', userId: user.id, ip: device.ip });
        return sessions.start(tx, user, device, before?.remember === 1);
      });
      cache.forget(user.id);
      return issued;
    },
  };
}
