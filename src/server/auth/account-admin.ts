import { foldUsername } from '#core/auth/credentials.ts';
import { DomainError, notFound } from '#core/errors.ts';
import type { AccountEffects, ServerContext } from '#server/context.ts';
import { inTransaction } from '#server/db/database.ts';
import { accountOf, assertUsername, createUser } from './accounts.ts';
import { writeAudit } from './audit-log.ts';
import { forgetFailures } from './login-attempts.ts';
import { assertGoodPassword } from './password-rules.ts';
import { revokeSessionsOf } from './session-repository.ts';
import { findUserByName, updateUser, type User } from './user-repository.ts';

/** What administrators do from the command line. */
export type AdminContext = Pick<ServerContext, 'database' | 'clock' | 'newId' | 'hasher'>;

export interface AccountInput {
  readonly username: string;
  readonly password: string;
  readonly role: User['role'];
  readonly displayName?: string;
  readonly email?: string;
}

/** An account with its settings and inbox, whatever SIGNUP says. */
export async function makeAccount(context: AdminContext, effects: AccountEffects, input: AccountInput): Promise<User> {
  const username = assertUsername(input.username);
  if (input.role !== 'demo') await assertGoodPassword(input.password, username, '/password');
  const passwordHash = await context.hasher.hash(input.password);
  const user = await inTransaction(context.database, async (tx) => {
    const made = await createUser(tx, context, { ...input, username, passwordHash });
    await writeAudit(tx, context, {
      action: 'account.created',
      userId: made.id,
      ip: null,
      detail: { role: made.role },
    });
    return made;
  });
  await effects.provision(accountOf(user), {});
  return user;
}

/** A new password; ends every session and unlocks the account. */
export async function resetPassword(context: AdminContext, username: string, password: string): Promise<void> {
  const user = await getUserByName(context, username);
  if (user.role !== 'demo') await assertGoodPassword(password, user.username, '/password');
  const hash = await context.hasher.hash(password);
  const now = context.clock.now();
  await inTransaction(context.database, async (tx) => {
    await updateUser(tx, user.id, { password_hash: hash, password_changed_at: now, updated_at: now });
    await revokeSessionsOf(tx, user.id, now, 'password_reset');
    await forgetFailures(tx, user.username);
    await writeAudit(tx, context, { action: 'account.password_changed', userId: user.id, ip: null });
  });
}

/** Makes somebody an administrator, or no longer. The last one stays. */
export async function changeRole(context: AdminContext, username: string, role: 'admin' | 'user'): Promise<void> {
  const user = await getUserByName(context, username);
  if (user.role === 'demo') throw new DomainError('conflict', 'The demo account has no other role.');
  await inTransaction(context.database, async (tx) => {
    const query = tx.selectFrom('user').select('id').where('role', '=', 'admin').where('status', '=', 'active');
    const admins = await (context.database.engine === 'postgres' ? query.forUpdate() : query).execute();
    if (role !== 'admin' && admins.every(({ id }) => id === user.id)) {
      throw new DomainError('conflict', 'This is the only administrator. Make somebody else one first.');
    }
    await updateUser(tx, user.id, { role, updated_at: context.clock.now() });
  });
}

async function getUserByName({ database }: AdminContext, username: string): Promise<User> {
  const user = await findUserByName(database.reader, foldUsername(username));
  if (!user) throw notFound('user');
  return user;
}
