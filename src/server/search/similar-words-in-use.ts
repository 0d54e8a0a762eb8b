import { sql } from 'kysely';
import type { SearchTerm } from '#core/search/search-query.ts';
import { beginsAlike, EditTable } from '#core/search/similar-words.ts';
import type { Database, SqliteAccess } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { scopeQuery } from './search-matches.ts';
import { fromFtsWord, toFtsWord } from './search-words.ts';

/** Words read between two looks at what else there is to do. */
const PAGE_WORDS = 500;
/** PostgreSQL has no list of words: these many documents are looked through for them, the ones created last. */
const DOCUMENTS_MAX = 20_000;

/** For each term the words in the index that it may be a slip of. */
export async function similarWordsInUse(
  database: Database,
  scopes: readonly string[],
  terms: readonly SearchTerm[],
): Promise<readonly (readonly string[])[]> {
  const { sqlite } = database;
  if (sqlite) return Promise.all(terms.map((term) => similarInFts(sqlite, term)));
  const starts = new Set(terms.flatMap((term) => term.forms.flatMap((form) => startsOf(form, term.typos))));
  if (starts.size === 0 || scopes.length === 0) return terms.map(() => []);
  const rows = await LEXEMES.all(database, {
    scopes: scopeQuery(scopes),
    starts: JSON.stringify([...starts].map((start) => `${start.toWellFormed()}%`)),
  });
  return terms.map((term) => similarAmong(rows, term));
}

function similarAmong(rows: readonly { lexeme: string }[], { forms, typos }: SearchTerm): string[] {
  if (typos === 0) return [];
  return forms.flatMap((form) => {
    const table = new EditTable(form, typos);
    return rows.flatMap(({ lexeme }) => (table.compare(lexeme) && beginsAlike(lexeme, form) ? [lexeme] : []));
  });
}

/** What similar words begin with, as `beginsAlike` has it. */
function startsOf(form: string, typos: number): string[] {
  if (typos === 0) return [];
  const [first = '', second = ''] = form;
  return first === second ? [first] : [first, second + first];
}

/** The scope, which is one of the lexemes, is the only one with a colon. */
const LEXEMES = prepareQuery<{ readonly scopes: string; readonly starts: string }, { lexeme: string }>((db, param) =>
  db
    .selectFrom(
      sql<{ lexeme: string }>`(
        select distinct w.lexeme collate "C" as lexeme
        from (
          select words from search_document where words @@ ${param('scopes')}::tsquery
          order by eid desc limit ${sql.lit(DOCUMENTS_MAX)}
        ) as d cross join lateral unnest(d.words) as w
        where w.lexeme like any (array(select jsonb_array_elements_text(${param('starts')}::jsonb)))
          and strpos(w.lexeme, ':') = 0
      )`.as('found'),
    )
    .select('found.lexeme')
    .orderBy('found.lexeme'),
);

/**
 * Walks through the words of the whole index, skipping those whose beginning rules them out. What others have written
 * is among them and finds nothing: documents are looked for in the scopes of whoever asks.
 */
async function similarInFts(sqlite: SqliteAccess, { forms, typos }: SearchTerm): Promise<string[]> {
  const similar: string[] = [];
  for (const form of forms) {
    const table = new EditTable(form, typos);
    for (const start of startsOf(form, typos)) {
      let from: string | undefined = toFtsWord(start);
      while (from !== undefined) {
        from = walkPage(readWords(sqlite, from, toFtsWord(start)), table, (word) => {
          if (beginsAlike(word, form)) similar.push(word);
        });
        // oxlint-disable-next-line no-await-in-loop -- others are served between two pages
        await new Promise(setImmediate);
      }
    }
  }
  return similar;
}

const AFTER_ALL = '\u{10ffff}';

function readWords(sqlite: SqliteAccess, from: string, start: string): readonly { term: string }[] {
  return sqlite.read((connection) => {
    // Of this connection only: it shows what the index holds and keeps nothing.
    connection.run(
      'create virtual table if not exists temp.search_vocabulary using fts5vocab(main, search_words, row)',
    );
    return connection.all<{ term: string }>(
      'select term from temp.search_vocabulary where term >= ? and term < ? order by term limit ?',
      [from, start + AFTER_ALL, PAGE_WORDS],
    );
  });
}

/** Returns where the next page begins; undefined after the last. */
function walkPage(
  page: readonly { term: string }[],
  table: EditTable,
  visit: (word: string) => void,
): string | undefined {
  let skip = '';
  for (const { term } of page) {
    if (skip !== '' && term.startsWith(skip)) continue;
    const word = fromFtsWord(term);
    skip = '';
    if (table.compare(word)) visit(word);
    else if (table.hopelessAfter > 0) skip = toFtsWord(word.slice(0, table.hopelessAfter));
  }
  const last = page.at(-1)?.term;
  if (last === undefined || page.length < PAGE_WORDS) return undefined;
  return skip === '' ? `${last}\u0001` : skip + AFTER_ALL;
}
