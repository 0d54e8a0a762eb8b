import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { scopeWord, searchWords } from './search-words.ts';

/** Matches that are looked at; of more, the ones created last. */
export const MATCHES_MAX = 1000;

export type FoundKind = 'task' | 'project' | 'comment';

export interface Match {
  readonly kind: FoundKind;
  readonly eid: string;
}

const SCOPES = prepareQuery<{ readonly userId: string }, { scope_id: string }>((db, param) =>
  fromVisibleScopes(db, param('userId')).where('a.scope_id', 'like', 'p:%').select('a.scope_id'),
);

/** The query names the scopes to look in: that decides who sees what. */
const MATCHES = prepareQuery<{ readonly query: string }, Match>((db, param, engine) => {
  const documents = db
    .selectFrom('search_document as d')
    .select(['d.kind', 'd.eid'])
    .orderBy('d.eid', 'desc')
    .limit(sql.lit(MATCHES_MAX));
  return engine === 'sqlite'
    ? documents.where(
        sql<boolean>`d.doc in (select rowid from search_words where search_words match ${param('query')})`,
      )
    : documents.where(sql<boolean>`d.words @@ ${param('query')}::tsquery`);
});

/** What the user may see that has all words of `text`, the last of them perhaps unfinished. */
export async function findMatches(database: Database, userId: string, text: string): Promise<readonly Match[]> {
  const words = searchWords(text);
  if (words.length === 0) return [];
  const scopes = (await SCOPES.all(database, { userId })).map((row) => row.scope_id);
  if (scopes.length === 0) return [];
  const query = database.engine === 'sqlite' ? ftsQuery(scopes, words) : tsQuery(scopes, words);
  return MATCHES.all(database, { query });
}

/** Words are letters and digits only, so nothing in them can act as syntax. */
function ftsQuery(scopes: readonly string[], words: readonly string[]): string {
  const wanted = words.map((word, i) => `"${word}"${isPrefix(words, i) ? '*' : ''}`);
  return `scope : (${scopes.map(scopeWord).join(' OR ')}) AND words : (${wanted.join(' AND ')})`;
}

function tsQuery(scopes: readonly string[], words: readonly string[]): string {
  const wanted = words.map((word, i) => `'${word}'${isPrefix(words, i) ? ':*' : ''}`);
  return `(${scopes.map((scope) => `'${scope}'`).join(' | ')}) & ${wanted.join(' & ')}`;
}

/** A single letter begins too many words for an index. */
function isPrefix(words: readonly string[], i: number): boolean {
  return i === words.length - 1 && (words[i]?.length ?? 0) > 1;
}
