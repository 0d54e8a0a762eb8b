import { CompiledQuery, type Compilable } from 'kysely';
import type { Database, Db } from './database.ts';
import type { Engine } from './engine.ts';

/** Stands for a value that each call supplies. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** `param('userId')` marks where the value of that name goes. */
export type Param<Params> = <K extends keyof Params & string>(name: K) => Params[K];

export interface PreparedQuery<Params, Row> {
  all(database: Database, params: Params): Promise<readonly Row[]>;
  first(database: Database, params: Params): Promise<Row | undefined>;
  /** The statement and its values, for callers that hold a connection themselves. */
  bind(database: Database, params: Params): { readonly sql: string; readonly values: readonly unknown[] };
}

/**
 * A query that is built once per engine: building costs about 12 µs each time, a fifth of what a list of 20 rows takes.
 * SQLite answers on the calling thread without Kysely's chain of promises.
 */
export function prepareQuery<Params extends object, Row>(
  build: (db: Db, param: Param<Params>, engine: Engine) => Compilable<Row>,
): PreparedQuery<Params, Row> {
  const compiled: Partial<Record<Engine, CompiledQuery<Row>>> = {};

  function bind(database: Database, params: Params) {
    const query = (compiled[database.engine] ??= build(
      database.reader,
      (name) => new Placeholder(name) as never,
      database.engine,
    ).compile());
    const values = query.parameters.map((value) =>
      value instanceof Placeholder ? params[value.name as keyof Params] : value,
    );
    return { sql: query.sql, values };
  }

  async function all(database: Database, params: Params): Promise<readonly Row[]> {
    const { sql, values } = bind(database, params);
    if (database.sqlite) return database.sqlite.read((connection) => connection.all<Row>(sql, values));
    return (await database.reader.executeQuery<Row>(CompiledQuery.raw(sql, values))).rows;
  }

  return { bind, all, first: async (database, params) => (await all(database, params))[0] };
}
