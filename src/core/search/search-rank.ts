import { PREFIX, type MatchQuality, TYPO } from './search-query.ts';

export const TITLE = 0;
export const LABEL = 1;
export const BODY = 2;
export type SearchField = typeof TITLE | typeof LABEL | typeof BODY;

/** How good the place is where a word was found: from 0, a whole word of the title, to 8. */
export function placeCode(field: SearchField, quality: MatchQuality): number {
  return field * 3 + quality;
}

export function fieldOf(code: number): SearchField {
  return Math.floor(code / 3) as SearchField;
}

export function isTypo(code: number): boolean {
  return code % 3 === TYPO;
}

/** What an entry is worth by the worst of the places where the words of the query were found; 0 is the best. */
export const GRADE = {
  wholeTitle: 0,
  titleStart: 1,
  titleWord: 2,
  titleTypo: 3,
  label: 4,
  labelTypo: 5,
  body: 6,
  bodyTypo: 7,
};

const GRADES = [
  GRADE.titleWord,
  GRADE.titleWord,
  GRADE.titleTypo,
  GRADE.label,
  GRADE.label,
  GRADE.labelTypo,
  GRADE.body,
  GRADE.body,
  GRADE.bodyTypo,
];

/** `title` and `query` are folded texts. */
export function gradeOf(worst: number, title: string, query: string): number {
  if (worst > placeCode(TITLE, PREFIX)) return GRADES[worst] ?? GRADE.bodyTypo;
  if (title === query) return GRADE.wholeTitle;
  return title.startsWith(query) ? GRADE.titleStart : GRADE.titleWord;
}

const SUM_MAX = 127;

/**
 * One number for what decides before the time of the last change does: the grade, then open before completed, then how
 * well the single words fit.
 */
export function rankOf(grade: number, done: boolean, sum: number): number {
  return (grade << 8) | (done ? 1 << 7 : 0) | Math.min(sum, SUM_MAX);
}

export function gradeOfRank(rank: number): number {
  return rank >> 8;
}

export interface Ranked {
  readonly rank: number;
  readonly at: number;
  readonly id: string;
}

/** The best first; of equals the one that changed last, then the one made last. */
export function byRanking(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || b.at - a.at || (a.id > b.id ? -1 : a.id < b.id ? 1 : 0);
}
