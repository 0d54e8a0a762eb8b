import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { SELDOM } from './seldom.ts';

/** Beyond this many different statements a connection would hoard plans; the rest are sent unnamed. */
const NAMED_STATEMENTS_MAX = 500;
const INT8 = 20;

export interface PostgresOptions {
  readonly url: string;
  readonly max: number;
  /** Off for migrations, which may rightly take long. */
  readonly timeouts: boolean;
  /**
   * Every statement finds its rows by key. Plans are then made once, and never for a scan: a plan made while a
   * table was empty would stay in use when it no longer is.
   */
  readonly byKey?: boolean;
}

export function createPostgresPool({ url, max, timeouts, byKey = false }: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    application_name: 'tend',
    // Only who sends a second statement before the answer to the first notices.
    pipeline: true,
    // A hot project must not hold the whole pool, and no query may hold a connection for long.
    ...(timeouts && { lock_timeout: 2_000, statement_timeout: 5_000, idle_in_transaction_session_timeout: 10_000 }),
    types: { getTypeParser: typeParser },
    // The server's default may be off; an acknowledged write has to be on disk.
    options: `-c synchronous_commit=on${byKey ? ' -c enable_seqscan=off -c plan_cache_mode=force_generic_plan' : ''}`,
  });
  // Without a listener, a connection that breaks while idle would end the process. The pool replaces it.
  pool.on('error', () => {});
  // The same for one that breaks in use: whoever uses it has the error from their query.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** Versions, sequence numbers and instants stay far below 2^53; as text they would not compare. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint out of range: ${text}`);
  return value;
}

const typeParser: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? parseInt8 : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

/** PostgreSQL that lies about durability is refused, as is one that can tear pages. */
export async function assertDurablePostgres(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes')`,
  );
  for (const { name, setting } of rows) {
    if (setting !== 'on') {
      throw new Error(
        `PostgreSQL runs with ${name} = ${setting}: a power cut would lose or damage data. Set it to on.`,
      );
    }
  }
}

/** Kysely over a pool, with every statement that repeats sent by name, so that the server plans it once. */
export function createPostgresDialect(pool: pg.Pool): Dialect {
  const names = new Map<string, string>();
  const nameOf = (sql: string): string | undefined => {
    let name = names.get(sql);
    if (!name && names.size < NAMED_STATEMENTS_MAX && !sql.includes(SELDOM)) {
      name = `s${names.size}`;
      names.set(sql, name);
    }
    return name;
  };
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    let named = wrapped.get(client);
    if (!named) {
      named = {
        query: ((sql: string, parameters: readonly unknown[] = []) => {
          const name = parameters.length > 0 ? nameOf(sql) : undefined;
          return client.query({ text: sql, values: [...parameters], ...(name && { name }) });
        }) as unknown as PostgresPoolClient['query'],
        release: (destroy?: boolean) => client.release(destroy),
      };
      wrapped.set(client, named);
    }
    return named;
  };
  const kyselyPool: PostgresPool = {
    options: pool.options,
    connect: async () => wrap(await pool.connect()),
    end: () => pool.end(),
  };
  return new PostgresDialect({ pool: kyselyPool });
}
