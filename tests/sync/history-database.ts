import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '#core/errors.ts';
import { KINDS, type Kind, type Row, scopeOf } from '#core/rows.ts';
import { type Database, openDatabase } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { Schema } from '#server/db/schema.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';

/** Where a database for histories is made. */
export type Place =
  /** In a directory that somebody else removes, or in one of its own. */
  | { readonly engine: 'sqlite'; readonly directory?: string }
  | { readonly engine: 'postgres'; readonly serverUrl: string };

/** The tables that are restored from a backup. The search index is emptied: rows enter it again as they change. */
const TABLES = ['scope', 'access', 'client', 'mutation', 'scope_commit', 'change', ...KINDS] as const;

/** `baseline` is what every history begins with, `backup` what a step of a history kept. */
export type Kept = 'baseline' | 'backup';

type MutationRow = Pick<Schema['mutation'], 'uid' | 'user_id' | 'name' | 'args' | 'status'>;
type ChangeRow = Pick<Schema['change'], 'scope_id' | 'ver' | 'eid' | 'mutation_uid' | 'actor' | 'before' | 'after'>;

/**
 * A database that goes back to how it was in a few milliseconds: what is kept of it are tables beside the real ones,
 * and each look and each return is one trip to the engine.
 */
export class HistoryDatabase {
  readonly database: Database;
  readonly #dispose: () => Promise<void>;

  constructor(database: Database, dispose: () => Promise<void>) {
    this.database = database;
    this.#dispose = dispose;
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.#dispose();
  }

  /** Makes the tables for what is kept. */
  async prepare(): Promise<void> {
    const names = (['baseline', 'backup'] as const).flatMap((kept) =>
      TABLES.map((table) => [keptName(kept, table), table]),
    );
    await this.#run(names.map(([kept, table]) => `create table ${kept} as select * from ${table} where 1 = 0`));
  }

  async keep(kept: Kept): Promise<void> {
    await this.#run(TABLES.flatMap((table) => replace(keptName(kept, table), table)));
  }

  async bringBack(kept: Kept): Promise<void> {
    const search =
      this.database.engine === 'sqlite' ? [`insert into search_words (search_words) values ('delete-all')`] : [];
    await this.#run([
      'delete from search_document',
      ...search,
      ...TABLES.flatMap((table) => replace(table, keptName(kept, table))),
    ]);
  }

  /** Every row, by scope, then by kind and id. */
  async rowsByScope(): Promise<Map<string, Map<string, Row>>> {
    const scopes = new Map<string, Map<string, Row>>();
    for (const [kind, stored] of await this.#storedRows()) {
      const row = decodeRow(kind, stored as never) as Row;
      const scope = scopeOf(kind, row as never);
      const rows = scopes.get(scope) ?? new Map<string, Row>();
      scopes.set(scope, rows.set(`${kind} ${row.id}`, row));
    }
    return scopes;
  }

  /** How far the queue of a device has come. */
  async lastOf(clientId: string): Promise<number> {
    const [client] = await this.#read<{ last: number }>('select last from client where id = $1', [clientId]);
    return client?.last ?? 0;
  }

  listMutations(): Promise<MutationRow[]> {
    return this.#read('select uid, user_id, name, args, status from mutation', []);
  }

  listChanges(): Promise<ChangeRow[]> {
    return this.#read('select scope_id, ver, eid, mutation_uid, actor, before, after from change', []);
  }

  async #storedRows(): Promise<[Kind, object][]> {
    const { sqlite } = this.database;
    if (sqlite) {
      return sqlite.read((connection) =>
        KINDS.flatMap((kind) =>
          connection.all<object>(SQLITE_ROWS[kind]).map((stored): [Kind, object] => [kind, stored]),
        ),
      );
    }
    const found = await this.#read<{ kind: Kind; stored: object }>(POSTGRES_ROWS, []);
    return found.map(({ kind, stored }) => [kind, stored]);
  }

  async #read<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    const { sqlite, postgres } = this.database;
    if (sqlite) return sqlite.read((connection) => connection.all<T>(text.replaceAll('$', '?'), values));
    const { rows } = await must(postgres, 'a database has an engine').query<T>({
      name: text.slice(0, 60),
      text,
      values: [...values],
    });
    return rows;
  }

  /** All of them in one transaction. */
  async #run(statements: readonly string[]): Promise<void> {
    const { sqlite, postgres } = this.database;
    if (!sqlite) {
      await must(postgres, 'a database has an engine').query(statements.join(';'));
      return;
    }
    await sqlite.withWriter((connection) => {
      for (const statement of ['begin immediate', ...statements, 'commit']) connection.run(statement);
    });
  }
}

function keptName(kept: Kept, table: string): string {
  return `kept_${kept}_${table}`;
}

function replace(table: string, source: string): string[] {
  return [`delete from ${table}`, `insert into ${table} select * from ${source}`];
}

const SQLITE_ROWS = Object.fromEntries(
  KINDS.map((kind) => [kind, `select ${columnsOf(kind).join()} from ${kind}`]),
) as Readonly<Record<Kind, string>>;

const POSTGRES_ROWS = KINDS.map(
  (kind) =>
    `select '${kind}' as kind, to_json(r) as stored from ` + `(select ${columnsOf(kind).join()} from ${kind}) r`,
).join(' union all ');

/** An empty database of its own, migrated. */
export async function openHistoryDatabase(place: Place): Promise<HistoryDatabase> {
  if (place.engine === 'postgres') {
    const created = await createPostgresDatabase(place.serverUrl);
    return new HistoryDatabase(await openDatabase({ engine: place.engine, url: created.url }), () => created.drop());
  }
  // Power loss of the server is another test; here the disk would only be slow.
  const parent = place.directory ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
  const directory = await mkdtemp(join(parent, 'tend-sync-'));
  return new HistoryDatabase(await openDatabase({ engine: place.engine, path: join(directory, 'tend.db') }), () =>
    rm(directory, { recursive: true, force: true }),
  );
}

export function placeOf(engine: Engine, serverUrl: string): Place {
  return engine === 'sqlite' ? { engine } : { engine, serverUrl };
}
