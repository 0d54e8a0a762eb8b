import { foldUsername, usernameFault } from '#core/auth/credentials.ts';
import { DomainError, validationFailed } from '#core/errors.ts';
import type { AccountEffects, AccountPreferences, ServerContext } from '#server/context.ts';
import { type Db, inTransaction, type Tx } from '#server/db/database.ts';
import { isUniqueViolation } from '#server/db/database-errors.ts';
import type { Engine } from '#server/db/engine.ts';
import { writeAudit } from './audit-log.ts';
import { getInstance, hashSetupToken, setSetupToken } from './instance-repository.ts';
import type { LoginAttempts } from './login-attempts.ts';
import { assertGoodPassword } from './password-rules.ts';
import type { Device, IssuedSession, Sessions } from './sessions.ts';
import { findUserByName, hasUsers, insertUser, updateUser, type User } from './user-repository.ts';

export interface SignupInput extends AccountPreferences {
  readonly username: string;
  readonly password: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly remember?: boolean;
  /** Printed at the first start in production; needed for the first account there. */
  readonly setupToken?: string;
}

export interface LoginInput {
  readonly username: string;
  readonly password: string;
  readonly remember?: boolean;
}

export interface Accounts {
  signUp(input: SignupInput, device: Device): Promise<IssuedSession>;
  logIn(input: LoginInput, device: Device): Promise<IssuedSession>;
}

export interface AccountParts {
  readonly context: ServerContext;
  readonly effects: AccountEffects;
  readonly sessions: Sessions;
  readonly attempts: LoginAttempts;
}

export function createAccounts(parts: AccountParts): Accounts {
  let decoy: Promise<string> | undefined;
  return {
    signUp: (input, device) => signUp(parts, input, device),
    async logIn(input, device) {
      // Unknown names take the time of a hash as well, or the clock would tell which names exist.
      decoy ??= parts.context.hasher.hash('nobody has this password');
      return logIn(parts, await decoy, input, device);
    },
  };
}

async function signUp(parts: AccountParts, input: SignupInput, device: Device): Promise<IssuedSession> {
  const { context, effects, sessions, attempts } = parts;
  const { database, hasher } = context;
  const username = assertUsername(input.username);
  // Before the costly part; and again, locked, when the account is made.
  await roleOfNewcomer(context, database.reader, input.setupToken);
  if (await findUserByName(database.reader, username)) throw usernameTaken();
  await assertGoodPassword(input.password, username, '/password');
  await attempts.countSignup(device.ip);
  const passwordHash = await hasher.hash(input.password);
  const issued = await inTransaction(database, async (tx) => {
    const role = await roleOfNewcomer(context, tx, input.setupToken, database.engine);
    // The first account uses the token up.
    if (role === 'admin') await setSetupToken(tx, null, null);
    const user = await createUser(tx, context, { ...input, username, passwordHash, role });
    await writeAudit(tx, context, { action: 'account.created', userId: user.id, ip: device.ip, detail: { role } });
    return sessions.start(tx, user, device, input.remember ?? false);
  });
  await effects.provision(accountOf(issued.user), preferencesOf(input));
  return issued;
}

/** The first account becomes the administrator. Throws when nobody may sign up. */
async function roleOfNewcomer(
  { config, clock }: ServerContext,
  db: Db,
  setupToken: string | undefined,
  lock?: Engine,
): Promise<'admin' | 'user'> {
  const instance = await getInstance(db, lock);
  if (await hasUsers(db)) {
    if (config.signup === 'open') return 'user';
    throw new DomainError('signup_closed', 'Accounts are made by the administrators of this instance.');
  }
  if (!config.production && config.signup === 'open') return 'admin';
  const isCurrent = instance.setup_expires_at !== null && instance.setup_expires_at > clock.now();
  const isRight = setupToken !== undefined && hashSetupToken(setupToken) === instance.setup_token_hash;
  if (isCurrent && isRight) return 'admin';
  throw new DomainError(
    'signup_closed',
    'The first account needs the setup token that the server printed when it started.',
  );
}

async function logIn(
  parts: AccountParts,
  decoyHash: string,
  input: LoginInput,
  device: Device,
): Promise<IssuedSession> {
  const { context, effects, sessions, attempts } = parts;
  const { database, clock, hasher } = context;
  const username = foldUsername(input.username);
  await attempts.begin(username, device.ip);
  const user = await findUserByName(database.reader, username);
  const { valid, rehash } = await hasher.verify(input.password, user?.password_hash ?? decoyHash);
  if (!user || !valid || user.status !== 'active') {
    await inTransaction(database, (tx) =>
      writeAudit(tx, context, { action: 'login.failed', userId: user?.id ?? null, ip: device.ip }),
    );
    throw new DomainError('invalid_credentials', 'The user name or the password is wrong.');
  }
  await attempts.succeed(username, device.ip);
  const newHash = rehash ? await hasher.hash(input.password) : undefined;
  const issued = await inTransaction(database, async (tx) => {
    await updateUser(tx, user.id, { last_login_at: clock.now(), ...(newHash && { password_hash: newHash }) });
    await writeAudit(tx, context, { action: 'login.succeeded', userId: user.id, ip: device.ip });
    return sessions.start(tx, user, device, input.remember ?? false);
  });
  // Does nothing unless the process died between making the account and furnishing it.
  await effects.provision(accountOf(user), {});
  return issued;
}

export function assertUsername(typed: string): string {
  const username = foldUsername(typed);
  const fault = usernameFault(username);
  if (fault !== undefined) throw validationFailed('/username', `A user name ${fault}.`);
  return username;
}

export interface NewUser {
  /** Folded. */
  readonly username: string;
  readonly passwordHash: string;
  readonly role: User['role'];
  readonly displayName?: string;
  readonly email?: string;
}

/** Inserts the account; what belongs to it comes from `AccountEffects.provision`. */
export async function createUser(
  tx: Tx,
  { newId, clock }: Pick<ServerContext, 'newId' | 'clock'>,
  input: NewUser,
): Promise<User> {
  const now = clock.now();
  const user: User = {
    id: newId(),
    username: input.username,
    display_name: input.displayName ?? input.username,
    email: input.email ?? null,
    password_hash: input.passwordHash,
    role: input.role,
    status: 'active',
    created_at: now,
    updated_at: now,
    password_changed_at: now,
    last_login_at: null,
  };
  try {
    await insertUser(tx, user);
  } catch (error) {
    if (isUniqueViolation(error)) throw usernameTaken();
    throw error;
  }
  return user;
}

/** Nothing else of the input may go further: the rest is a password. */
function preferencesOf({ timeZone, locale, weekStart }: SignupInput): AccountPreferences {
  return {
    ...(timeZone !== undefined && { timeZone }),
    ...(locale !== undefined && { locale }),
    ...(weekStart !== undefined && { weekStart }),
  };
}

export function accountOf(user: User) {
  return { id: user.id, username: user.username, displayName: user.display_name, role: user.role };
}

function usernameTaken(): DomainError {
  return new DomainError('username_taken', 'This user name is taken.', {
    errors: [{ path: '/username', message: 'is taken' }],
  });
}
