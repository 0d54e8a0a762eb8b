import { scopeOf, type Kind, type Row, type RowOf, type ScopeId } from '#core/rows.ts';
import { wordsOf } from './search-words.ts';

/** Raised when the words of a document are other ones: the next start makes the index anew. */
export const SEARCH_VERSION = 3;

/** What of a row can be found. */
export interface SearchDocument {
  readonly scope: ScopeId;
  readonly kind: Kind;
  readonly id: string;
  readonly words: readonly string[];
}

/** Undefined for what search does not find: other kinds, and whatever is in the trash. */
function textOf(kind: Kind, row: Row | undefined): string | undefined {
  if (!row || (row as { deletedAt?: string | null }).deletedAt) return undefined;
  if (kind === 'task') {
    const { title, labels, description } = row as RowOf<'task'>;
    return [title, ...labels, description].join('\n');
  }
  if (kind === 'project') return (row as RowOf<'project'>).name;
  return kind === 'comment' ? (row as RowOf<'comment'>).body : undefined;
}

/** What the index has to do for a change of a row: nothing, forget it, or hold this instead. */
export function searchChange(
  kind: Kind,
  before: Row | undefined,
  after: Row | undefined,
): { readonly remove: boolean; readonly put: SearchDocument | undefined } | undefined {
  const was = textOf(kind, before);
  const is = textOf(kind, after);
  if (was === undefined && is === undefined) return undefined;
  const from = before && scopeOf(kind, before as never);
  const scope = after && scopeOf(kind, after as never);
  if (was === is && from === scope) return undefined;
  const put = is !== undefined && after && scope ? { scope, kind, id: after.id, words: wordsOf(is) } : undefined;
  return { remove: was !== undefined, put };
}
