import { Type } from 'typebox';
import { Id } from '#core/schema.ts';
import { EXACT, matchWord, type SearchQuery, type SearchTerm } from '#core/search/search-query.ts';
import { BODY, gradeOf, isTypo, LABEL, placeCode, type SearchField, TITLE } from '#core/search/search-rank.ts';
import { foldWords, scanWords } from '#core/search/word-forms.ts';
import type { FoundKind } from './search-matches.ts';

/** What decides where a match stands among the others. */
export interface Ranked {
  readonly kind: FoundKind;
  readonly id: string;
  /** Name of the project or label, title of the task. */
  readonly title: string;
  /** Of a task, as JSON; null of everything else. */
  readonly labels: string | null;
  readonly completed_at: number | null;
  readonly archived_at: number | null;
  readonly updated_at: number;
}

/** The less, the better; the id last, so that no two are equal. */
export type Rank = readonly [...grades: number[], id: string];

const KIND_ORDER: Readonly<Record<FoundKind, number>> = { project: 0, label: 1, task: 2, comment: 3 };

const Grade = Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });

/** A rank as a cursor holds it. */
export const RankCursor = Type.Tuple([Grade, Grade, Grade, Grade, Grade, Id]);

/**
 * As on a device: by the worst of the places where the words were found, then open before completed and archived, then
 * how well the words fit, then the last change. Only titles and labels are looked at here: what is in neither of them
 * is in the description or the comment, as the index has said.
 */
export function rankOf(each: Ranked, query: SearchQuery, withTypos: boolean): Rank {
  const places = query.terms.map((term) => placeOf(each, term, withTypos) ?? placeCode(BODY, EXACT));
  const title = each.kind === 'comment' ? '' : foldWords(each.title);
  return [
    gradeOf(Math.max(...places), title, query.folded),
    KIND_ORDER[each.kind],
    each.completed_at === null && each.archived_at === null ? 0 : 1,
    places.reduce((sum, place) => sum + place, 0),
    -each.updated_at,
    each.id,
  ];
}

/** Whether every word of the query is in a title. */
export function isNamed(title: string, { terms }: SearchQuery, withTypos: boolean): boolean {
  return terms.every((term) => bestPlace([[title, TITLE]], term, withTypos) !== undefined);
}

/** Whether a word of the query is nowhere in a hit as it was typed. */
export function hasTypo(each: Ranked, text: string, { terms }: SearchQuery): boolean {
  const texts: (readonly [string, SearchField])[] = [...textsOf(each), [text, BODY]];
  return terms.some((term) => bestPlace(texts, term, false) === undefined);
}

export function labelsOf({ labels }: Ranked): readonly string[] {
  return labels === null ? [] : (JSON.parse(labels) as readonly string[]);
}

function placeOf(each: Ranked, term: SearchTerm, withTypos: boolean): number | undefined {
  return bestPlace(textsOf(each), term, withTypos);
}

/** The title of a comment's task is shown with it, and not what is found. */
function textsOf(each: Ranked): readonly (readonly [string, SearchField])[] {
  if (each.kind === 'comment') return [];
  return [[each.title, TITLE], ...labelsOf(each).map((label) => [label, LABEL] as const)];
}

/** A word as it was typed is better than a slip of the finger in any place. */
function bestPlace(
  texts: readonly (readonly [text: string, field: SearchField])[],
  term: SearchTerm,
  withTypos: boolean,
): number | undefined {
  let best: number | undefined;
  for (const [text, field] of texts) {
    scanWords(text, (word) => {
      const quality = matchWord(word, term, withTypos);
      if (quality === undefined) return;
      const code = placeCode(field, quality);
      const better = best === undefined || (isTypo(best) === isTypo(code) ? code < best : isTypo(best));
      if (better) best = code;
    });
  }
  return best;
}

export function compareRanks(a: Rank, b: Rank): number {
  for (const [i, value] of a.entries()) {
    const other = b[i];
    if (other !== undefined && value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
