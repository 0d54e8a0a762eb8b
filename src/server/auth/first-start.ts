import { foldUsername } from '#core/auth/credentials.ts';
import { DomainError } from '#core/errors.ts';
import type { AccountEffects, ServerContext } from '#server/context.ts';
import { inTransaction, type Tx } from '#server/db/database.ts';
import { addSampleTasks } from '#server/demo/demo-tasks.ts';
import { renewSearch } from '#server/search/search-rebuild.ts';
import { makeAccount, resetPassword } from './account-admin.ts';
import { ensureInstance, getInstance, setSetupToken } from './instance-repository.ts';
import { findUserByName, hasUsers } from './user-repository.ts';
import { accountOf } from './accounts.ts';

const SETUP_TOKEN_LIFE = 86_400_000;

export interface FirstStart {
  /** For the operator's eyes, when the first account is still to be made and needs it. */
  readonly setupToken: string | undefined;
}

/** What every start makes sure of: the installation has an identity, a way to its first account, and its demo. */
export async function prepareInstance(context: ServerContext, effects: AccountEffects): Promise<FirstStart> {
  const { database, clock, newId, random, config, logger } = context;
  const setupToken = await inTransaction(database, async (tx) => {
    await ensureInstance(tx, newId, clock.now(), database.engine);
    if (await hasUsers(tx)) return undefined;
    if (!config.production && config.signup === 'open') return undefined;
    if (await isPrintedElsewhere(tx, context)) {
      logger.info('the setup token for the first account is the one that another process printed');
      return undefined;
    }
    const token = Buffer.from(random(new Uint8Array(32))).toString('base64url');
    await setSetupToken(tx, token, clock.now() + SETUP_TOKEN_LIFE);
    return token;
  });
  if (await inTransaction(database, (tx) => renewSearch(tx, database.engine))) {
    logger.info('the index of search was made anew');
  }
  if (config.demo) await ensureDemoAccount(context, effects, config.demo);
  return { setupToken };
}

/**
 * Of processes that start together one makes the token, and what its log shows must stay true. A process that is alone
 * makes a new one at each start: the log of the last may be gone.
 */
async function isPrintedElsewhere(tx: Tx, { database, clock }: ServerContext): Promise<boolean> {
  if (database.engine === 'sqlite') return false;
  const { setup_token_hash: known, setup_expires_at: expiresAt } = await getInstance(tx);
  if (known === null || (expiresAt ?? 0) <= clock.now()) return false;
  const { othersArePresent } = await import('#server/db/postgres-presence.ts');
  return othersArePresent(tx as never);
}

async function ensureDemoAccount(
  context: ServerContext,
  effects: AccountEffects,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  const present = await findUserByName(context.database.reader, foldUsername(username));
  if (!present) {
    try {
      const user = await makeAccount(context, effects, { username, password, role: 'demo', displayName: 'Demo' });
      await addSampleTasks(context, accountOf(user));
    } catch (error) {
      // Another process, started at the same moment, was faster.
      if (!(error instanceof DomainError && error.code === 'username_taken')) throw error;
    }
    return;
  }
  if (present.role !== 'demo') {
    context.logger.warn(
      { username: present.username },
      'DEMO_USERNAME is the name of an ordinary account; there is no demo',
    );
    return;
  }
  const { valid } = await context.hasher.verify(password, present.password_hash);
  if (!valid) await resetPassword(context, username, password);
  await effects.provision(accountOf(present), {});
  // Only after a start that ended between making the account and filling it.
  await addSampleTasks(context, accountOf(present));
}
