import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { scopeWord, toFtsWord } from './search-words.ts';

/** Matches that are looked at; of more, the ones created last. */
export const MATCHES_MAX = 1000;

export type FoundKind = 'task' | 'project' | 'comment' | 'label';

export interface Match {
  readonly kind: FoundKind;
  readonly eid: string;
}

/** What one word of a query stands for: any of these will do. */
export interface WantedWords {
  /** Words may also begin with one of these. */
  readonly forms: readonly string[];
  /** Found as they are: what looks like a slip of the finger. */
  readonly similar: readonly string[];
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

/** The projects that a person sees. */
export async function searchedScopes(database: Database, userId: string): Promise<readonly string[]> {
  return (await SCOPES.all(database, { userId })).map((row) => row.scope_id);
}

/** What is in one of the scopes and has something of all that is wanted. */
export async function findMatches(
  database: Database,
  scopes: readonly string[],
  wanted: readonly WantedWords[],
): Promise<readonly Match[]> {
  if (scopes.length === 0 || wanted.length === 0) return [];
  const query = database.engine === 'sqlite' ? ftsQuery(scopes, wanted) : tsQuery(scopes, wanted);
  return MATCHES.all(database, { query });
}

/** Words hold no signs but letters, digits and pictures, so nothing in them can act as syntax. */
function ftsQuery(scopes: readonly string[], wanted: readonly WantedWords[]): string {
  const terms = wanted.map(({ forms, similar }) => {
    const begun = forms.map((form) => `"${toFtsWord(form)}"${isBeginning(form) ? '*' : ''}`);
    return `(${[...begun, ...similar.map((word) => `"${toFtsWord(word)}"`)].join(' OR ')})`;
  });
  return `scope : (${scopes.map(scopeWord).join(' OR ')}) AND words : (${terms.join(' AND ')})`;
}

function tsQuery(scopes: readonly string[], wanted: readonly WantedWords[]): string {
  const terms = wanted.map(({ forms, similar }) => {
    const begun = forms.map((form) => `'${form}'${isBeginning(form) ? ':*' : ''}`);
    return `(${[...begun, ...similar.map((word) => `'${word}'`)].join(' | ')})`;
  });
  return `${scopeQuery(scopes)} & ${terms.join(' & ')}`;
}

/** For PostgreSQL: in any of these. */
export function scopeQuery(scopes: readonly string[]): string {
  return `(${scopes.map((scope) => `'${scope}'`).join(' | ')})`;
}

/** A single letter begins too many words for an index: it has to be a word. */
export function isBeginning(form: string): boolean {
  return form.length > 1;
}
