import type { AccountEffects, ServerContext } from '#server/context.ts';
import { loadConfig } from '#server/config.ts';
import { createContext } from '#server/server.ts';
import { createAccountEffects } from '#server/write/account-effects.ts';
import { ensureInstance } from '#server/auth/instance-repository.ts';
import { inTransaction } from '#server/db/database.ts';
import { DatabaseInUseError } from '#server/db/sqlite-lock.ts';
import type { Output } from '#cli/output.ts';

/** The installation that the environment describes, without a server. */
export interface Instance extends AsyncDisposable {
  readonly context: ServerContext;
  readonly effects: AccountEffects;
}

/** What every command gets. */
export interface CommandEnvironment {
  readonly output: Output;
  readonly openInstance: (options?: InstanceOptions) => Promise<Instance>;
}

export interface InstanceOptions {
  /** Also when a server runs on the same SQLite file: for short work that no device waits for. Default: an error. */
  readonly besideServer?: boolean;
}

export async function openInstance({ besideServer = false }: InstanceOptions = {}): Promise<Instance> {
  const config = loadConfig();
  const { signal } = new AbortController();
  const context = await createContext(config, signal).catch((error: unknown) => {
    if (besideServer && error instanceof DatabaseInUseError) return createContext(config, signal, { shared: true });
    throw error;
  });
  await inTransaction(context.database, (tx) => ensureInstance(tx, context.newId, context.clock.now()));
  return {
    context,
    effects: createAccountEffects(context),
    [Symbol.asyncDispose]: () => context.database.close(),
  };
}
