import { sql } from 'kysely';
import type { Kind } from '#core/rows.ts';
import type { Db, Tx } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { SEARCH_VERSION, searchChange, type SearchDocument } from './search-document.ts';
import { scopeWord, toFtsWord } from './search-words.ts';

const FOUND_KINDS = ['project', 'task', 'comment'] as const satisfies readonly Kind[];
const PAGE_ROWS = 500;

/** Makes the index anew when an older Tend made it. Answers whether it did. Nobody writes meanwhile. */
export async function renewSearch(tx: Tx, engine: Engine): Promise<boolean> {
  const { search_version: version } = await tx
    .selectFrom('instance')
    .select('search_version')
    .executeTakeFirstOrThrow();
  if (version >= SEARCH_VERSION) return false;
  if (engine === 'postgres') {
    await sql`lock table search_document in exclusive mode`.execute(tx);
    const { search_version: now } = await tx.selectFrom('instance').select('search_version').executeTakeFirstOrThrow();
    // Another process that started at the same moment was faster.
    if (now >= SEARCH_VERSION) return false;
  }
  await rebuildSearch(tx, engine);
  await tx.updateTable('instance').set({ search_version: SEARCH_VERSION }).execute();
  return true;
}

/** Makes the whole index from the rows: after a restore there is none. */
export async function rebuildSearch(db: Db, engine: Engine): Promise<void> {
  await db.deleteFrom('search_document').execute();
  if (engine === 'sqlite') await sql`insert into search_words (search_words) values ('delete-all')`.execute(db);
  let doc = 0;
  for (const kind of FOUND_KINDS) {
    for await (const documents of readDocuments(db, kind)) {
      if (engine === 'sqlite') await insertIntoFts(db, documents, doc);
      else await insertLexemes(db, documents);
      doc += documents.length;
    }
  }
}

async function* readDocuments(db: Db, kind: (typeof FOUND_KINDS)[number]): AsyncGenerator<SearchDocument[]> {
  let last: { scope_id: string; id: string } | undefined;
  for (;;) {
    let query = db
      .selectFrom(kind as 'task')
      .select(columnsOf(kind) as never)
      .orderBy('scope_id')
      .orderBy('id')
      .limit(PAGE_ROWS);
    if (last) query = query.where(sql<boolean>`(scope_id, id) > (${last.scope_id}, ${last.id})`);
    const rows = (await query.execute()) as unknown as { scope_id: string; id: string }[];
    const documents = rows.map((row) => searchChange(kind, undefined, decodeRow(kind, row as never))?.put);
    yield documents.filter((document) => document !== undefined);
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1);
  }
}

async function insertIntoFts(db: Db, documents: readonly SearchDocument[], before: number): Promise<void> {
  const rows = documents.map(({ scope, kind, id, words }, i) => {
    return [before + i + 1, scope, kind, id, scopeWord(scope), words.map(toFtsWord).join(' ')];
  });
  const json = JSON.stringify(rows);
  await sql`insert into search_document (doc, scope_id, kind, eid)
    select value->>0, value->>1, value->>2, value->>3 from json_each(${json})`.execute(db);
  await sql`insert into search_words (rowid, scope, words)
    select value->>0, value->>4, value->>5 from json_each(${json})`.execute(db);
}

async function insertLexemes(db: Db, documents: readonly SearchDocument[]): Promise<void> {
  const rows = documents.map(({ scope, kind, id, words }) => ({
    scope_id: scope,
    kind,
    eid: id,
    words: [scope, ...words],
  }));
  await sql`insert into search_document (scope_id, kind, eid, words)
    select scope_id, kind, eid, array_to_tsvector(words)
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(scope_id text, kind text, eid text, words text[])`.execute(
    db,
  );
}
