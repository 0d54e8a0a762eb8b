import type { PageQuery, PageResponse, RowsByKind, ScopeReset, Version } from '#core/sync/protocol.ts';
import type { StagedPage, StagedScope } from './base-rows.ts';

/** One scope that is fetched anew, page by page, out of sight. */
export class ScopeStage implements StagedScope {
  readonly s: string;
  /** The version before the first page: the closing pull tells what changed since. */
  readonly target: Version;
  readonly view: string;
  readonly count: number;
  readonly rows: Record<string, RowsByKind[string]> = {};
  received = 0;
  done = false;
  /** The head when the last page was read: pages of a history that the server lost are noticed by it. */
  hi: Version | null = null;
  #after: string | null = null;
  #pages = 0;

  /** Goes on with kept pages; those after a missing one are fetched again. */
  static resume(pages: readonly StagedPage[]): ScopeStage[] {
    const stages = new Map<string, ScopeStage>();
    for (const page of pages.toSorted((a, b) => a.n - b.n)) {
      const stage = stages.get(page.s) ?? new ScopeStage(page);
      stages.set(page.s, stage);
      if (page.n === stage.#pages) stage.#add(page);
    }
    return [...stages.values()].filter((stage) => stage.#pages > 0);
  }

  constructor(reset: Omit<ScopeReset, 'reset'>) {
    this.s = reset.s;
    this.target = reset.target;
    this.view = reset.view;
    this.count = reset.count;
  }

  query(): PageQuery {
    return this.#after === null ? { s: this.s } : { s: this.s, after: this.#after };
  }

  /** Takes in the page that `query` asked for, and answers with what to keep of it; another page is left. */
  receive(query: PageQuery, { rows, head, after, done }: PageResponse): StagedPage | null {
    if (this.done || (query.after ?? null) !== this.#after) return null;
    const { s, target, view, count } = this;
    const page: StagedPage = { s, n: this.#pages, target, view, count, rows, hi: head, after, done };
    this.#add(page);
    return page;
  }

  #add({ rows, hi, after, done }: StagedPage): void {
    for (const [kind, added] of Object.entries(rows)) {
      const known = (this.rows[kind] ??= []);
      for (const row of added) known.push(row);
      this.received += added.length;
    }
    this.#pages++;
    this.hi = hi;
    this.#after = after;
    this.done = done;
  }
}
