import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';

/** Work that one process of all does: the others ask again later, and one of them takes over when it ends. */
export interface Leadership {
  /** Whether this process is the one, as of now. */
  isMine(): Promise<boolean>;
  resign(): Promise<void>;
}

/** `name` is what the lock is about. With SQLite there is only one process. */
export function createLeadership(database: Database, name: string): Leadership {
  return database.engine === 'sqlite' ? alone : new PostgresLeadership(database, name);
}

const alone: Leadership = { isMine: async () => true, resign: async () => {} };

/** An advisory lock of a connection that is kept: PostgreSQL takes it back when the process dies, however it dies. */
class PostgresLeadership implements Leadership {
  readonly #database: Database;
  readonly #name: string;
  #term: Term | undefined;
  #asking: Promise<boolean> | undefined;

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
  }

  /** Who asks at the same time gets the same answer: two terms at once would leave one that nobody ends. */
  isMine(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    if (this.#term && (await this.#term.holds())) return true;
    await this.resign();
    this.#term = await beginTerm(this.#database, this.#name);
    return this.#term !== undefined;
  }

  async resign(): Promise<void> {
    const term = this.#term;
    this.#term = undefined;
    await term?.end();
  }
}

interface Term {
  holds(): Promise<boolean>;
  end(): Promise<void>;
}

/** Undefined when another process leads. */
async function beginTerm({ reader }: Database, name: string): Promise<Term | undefined> {
  const locked = Promise.withResolvers<Term | undefined>();
  const over = Promise.withResolvers<void>();
  const connection = reader.connection().execute(async (db) => {
    const key = sql`hashtextextended(${`tend ${name}`}, 0)`;
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${key}) as mine`.execute(db);
    if (!rows[0]?.mine) return locked.resolve(undefined);
    locked.resolve({
      holds: () =>
        sql`select 1`.execute(db).then(
          () => true,
          () => false,
        ),
      end: async () => {
        over.resolve();
        await connection.catch(() => {});
      },
    });
    await over.promise;
    // The connection goes back to the pool; a broken one has lost the lock already.
    await sql`select pg_advisory_unlock(${key})`.execute(db);
  });
  connection.catch((error: unknown) => locked.reject(error));
  return locked.promise;
}
