import { createRowLayout, type RowLayout } from './row-layout.ts';

/** One line of a RowGrid. The height is decided by the data (second line? header?), never measured. */
export interface RowSpec {
  readonly key: string;
  readonly kind: 'header' | 'row' | 'footer';
  /** 1-based depth, as in `aria-level`. */
  readonly level: number;
  readonly height: number;
  /** Undefined when there is nothing to expand. */
  readonly expanded?: boolean | undefined;
}

export interface RowModel {
  readonly rows: readonly RowSpec[];
  readonly layout: RowLayout;
  /** Position of a key, -1 if absent. */
  readonly indexOf: (key: string | null) => number;
  readonly parentOf: (index: number) => number;
  /** The header that governs a row (itself, for a header); -1 if none. */
  readonly headerOf: (index: number) => number;
  /** Nearest header strictly before (-1) or after (1); -1 if none. */
  readonly headerFrom: (index: number, direction: 1 | -1) => number;
  /** Bottom edge of the group that a header opens. */
  readonly groupBottom: (headerIndex: number) => number;
}

export function createRowModel(rows: readonly RowSpec[]): RowModel {
  const layout = createRowLayout(rows.length, (index) => rows[index]?.height ?? 0);
  const indexByKey = new Map<string, number>();
  const headers: number[] = [];
  // A counting loop: this runs over every row on every change, and an iterator costs several times as much when cold.
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (!row) continue;
    indexByKey.set(row.key, index);
    if (row.kind === 'header') headers.push(index);
  }

  /** How many headers are at or before `index`. */
  const headersUpTo = (index: number): number => {
    let low = 0;
    let high = headers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((headers[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    rows,
    layout,
    indexOf: (key) => (key === null ? -1 : (indexByKey.get(key) ?? -1)),
    parentOf(index) {
      const level = rows[index]?.level ?? 1;
      for (let above = index - 1; above >= 0; above--) {
        if ((rows[above]?.level ?? 1) < level) return above;
      }
      return -1;
    },
    headerOf: (index) => headers[headersUpTo(index) - 1] ?? -1,
    headerFrom(index, direction) {
      return (direction === 1 ? headers[headersUpTo(index)] : headers[headersUpTo(index - 1) - 1]) ?? -1;
    },
    groupBottom(headerIndex) {
      const next = headers[headersUpTo(headerIndex)];
      return next === undefined ? layout.total : layout.offsetOf(next);
    },
  };
}

/** Where focus goes when `key` has left: the next row that is still there, else the nearest before it. */
export function survivorOf(key: string, before: RowModel, after: RowModel): string | null {
  const start = before.indexOf(key);
  if (start < 0) return after.rows[0]?.key ?? null;
  for (let index = start + 1; index < before.rows.length; index++) {
    const candidate = before.rows[index];
    if (candidate?.kind === 'row' && after.indexOf(candidate.key) >= 0) return candidate.key;
    if (candidate?.kind === 'header') break;
  }
  for (let index = start - 1; index >= 0; index--) {
    const candidate = before.rows[index];
    if (candidate && candidate.kind !== 'footer' && after.indexOf(candidate.key) >= 0) {
      return candidate.kind === 'header' ? firstRowAfter(after, candidate.key) : candidate.key;
    }
  }
  return after.rows[Math.min(start, after.rows.length - 1)]?.key ?? null;
}

/** The last row of its group has gone: go on to the next group's first row rather than up to a heading. */
function firstRowAfter(model: RowModel, headerKey: string): string {
  for (let index = model.indexOf(headerKey) + 1; index < model.rows.length; index++) {
    const row = model.rows[index];
    if (row?.kind === 'row') return row.key;
  }
  return headerKey;
}
