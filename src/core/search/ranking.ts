import { SEARCH_KINDS, type SearchEntry, type SearchKind } from './search-entry.ts';
import { byRanking, fieldOf, gradeOfRank, type Ranked, type SearchField } from './search-rank.ts';

export interface SearchHit extends Ranked {
  readonly kind: SearchKind;
  readonly grade: number;
  /** The least of the places that it needs: a word of the description, even if all others are in the title. */
  readonly where: SearchField;
  /** Whether a word was found with a slip of the finger. */
  readonly typo: boolean;
}

export interface SearchAnswer {
  /** The best of each kind, best first. */
  readonly hits: Readonly<Record<SearchKind, readonly SearchHit[]>>;
  readonly counts: Readonly<Record<SearchKind, number>>;
  readonly total: number;
}

/** Keeps the best of each kind and counts all. */
export class Ranking {
  readonly #limit: number;
  readonly #lists = new Map<SearchKind, TopList>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: SearchEntry, rank: number, worst: number, typo: boolean): void {
    let list = this.#lists.get(entry.kind);
    if (!list) this.#lists.set(entry.kind, (list = new TopList(this.#limit)));
    list.add(entry, rank, worst, typo);
  }

  answer(): SearchAnswer {
    const of = <T>(value: (list: TopList | undefined) => T) =>
      Object.fromEntries(SEARCH_KINDS.map((kind) => [kind, value(this.#lists.get(kind))])) as Record<SearchKind, T>;
    const counts = of((list) => list?.count ?? 0);
    const total = SEARCH_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
    return { hits: of((list) => list?.best() ?? []), counts, total };
  }
}

/** The best of many, without sorting them all. */
class TopList {
  readonly #limit: number;
  #hits: SearchHit[] = [];
  /** What none of the best may be worse than, once there are enough. */
  #bar: Ranked | undefined;
  count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add({ kind, id, at }: SearchEntry, rank: number, worst: number, typo: boolean): void {
    this.count++;
    const bar = this.#bar;
    if (bar && (rank > bar.rank || (rank === bar.rank && (at < bar.at || (at === bar.at && id < bar.id))))) return;
    this.#hits.push({ kind, id, at, rank, grade: gradeOfRank(rank), where: fieldOf(worst), typo });
    if (this.#hits.length >= 4 * this.#limit + 64) this.#cut();
  }

  best(): readonly SearchHit[] {
    this.#cut();
    return this.#hits;
  }

  #cut(): void {
    this.#hits = this.#hits.sort(byRanking).slice(0, this.#limit);
    if (this.#hits.length === this.#limit) this.#bar = this.#hits.at(-1);
  }
}
