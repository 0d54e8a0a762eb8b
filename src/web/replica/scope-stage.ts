import type { PageQuery, PageResponse, RowsByKind, ScopeReset, Version } from '#core/sync/protocol.ts';
import type { StagedScope } from './base-rows.ts';

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

  constructor(reset: ScopeReset) {
    this.s = reset.s;
    this.target = reset.target;
    this.view = reset.view;
    this.count = reset.count;
  }

  query(): PageQuery {
    return this.#after === null ? { s: this.s } : { s: this.s, after: this.#after };
  }

  /** Takes in the page that `query` asked for; another one is left. */
  receive(query: PageQuery, page: PageResponse): void {
    if (this.done || (query.after ?? null) !== this.#after) return;
    for (const [kind, rows] of Object.entries(page.rows)) {
      (this.rows[kind] ??= []).push(...rows);
      this.received += rows.length;
    }
    this.hi = page.head;
    this.#after = page.after;
    this.done = page.done;
  }
}
