import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { DatabaseInUseError } from './sqlite-lock.ts';

/** "tend", as the number of an advisory lock. */
const LOCK = 0x74_65_6e_64;
const RETRY_MS = 1_000;

/**
 * Shows that a process of Tend works on this database, which keeps a restore off it: a shared lock that the server
 * takes back when the connection ends, however it ends.
 */
export class PostgresPresence {
  readonly #url: string;
  readonly #left = new AbortController();
  #client: pg.Client | undefined;

  private constructor(url: string) {
    this.#url = url;
  }

  static async enter(url: string): Promise<PostgresPresence> {
    const presence = new PostgresPresence(url);
    const client = await presence.#connect();
    const query = 'select pg_try_advisory_lock_shared($1) as locked';
    const { rows } = await client.query<{ locked: boolean }>(query, [LOCK]);
    if (!rows[0]?.locked) {
      await presence.leave();
      throw new DatabaseInUseError('A backup is just being restored into this database.');
    }
    presence.#watch(client);
    return presence;
  }

  async leave(): Promise<void> {
    this.#left.abort();
    await this.#client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'tend presence', keepAlive: true });
    // Without a listener a connection that breaks would end the process.
    client.on('error', () => {});
    this.#client = client;
    await client.connect();
    return client;
  }

  #watch(client: pg.Client): void {
    client.once('end', () => void this.#return());
  }

  /** The database was restarted, say. A restore that began meanwhile is waited for. */
  async #return(): Promise<void> {
    const { signal } = this.#left;
    while (!signal.aborted) {
      try {
        await sleep(RETRY_MS, undefined, { signal, ref: false });
        const client = await this.#connect();
        await client.query('select pg_advisory_lock_shared($1)', [LOCK]);
        this.#watch(client);
        return;
      } catch {
        // It is still down, or the process is leaving: both are for the loop to see.
      }
    }
  }
}

/** Throws while any process of Tend works on the database; none can begin until `unlock`. */
export async function tryLockAlone(connection: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${LOCK}) as locked`.execute(connection);
  if (!rows[0]?.locked) throw new DatabaseInUseError('Another Tend process is using this database.');
}

/** Whether a process besides this one works on the database. */
export async function othersArePresent(connection: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ present: number }>`
    select count(*)::int as present from pg_locks
    where locktype = 'advisory' and classid = 0 and objid = ${LOCK} and objsubid = 1 and mode = 'ShareLock' and granted
      and database = (select oid from pg_database where datname = current_database())
  `.execute(connection);
  return (rows[0]?.present ?? 0) > 1;
}

export async function unlock(connection: Kysely<unknown>): Promise<void> {
  await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
}
