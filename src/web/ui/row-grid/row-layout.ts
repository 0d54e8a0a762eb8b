/** Vertical geometry of rows whose heights are known from data: offsets in O(n) once, every question in O(log n). */
export interface RowLayout {
  readonly count: number;
  readonly total: number;
  /** Top of row `index`; `offsetOf(count)` is the total. */
  readonly offsetOf: (index: number) => number;
  readonly heightOf: (index: number) => number;
  /** Index of the row that covers `y`, clamped to the first and last row; -1 if there is none. */
  readonly indexAt: (y: number) => number;
  /** Half-open range of the rows touching [top, bottom), widened by `overscan` rows on both sides. */
  readonly range: (top: number, bottom: number, overscan: number) => RowRange;
}

export interface RowRange {
  readonly start: number;
  readonly end: number;
}

export function createRowLayout(count: number, heightAt: (index: number) => number): RowLayout {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) {
    offsets[index + 1] = offsetAt(offsets, index) + heightAt(index);
  }
  const total = offsetAt(offsets, count);

  const indexAt = (y: number): number => {
    let low = 0;
    let high = count - 1;
    // Invariant: the answer is in [low, high]; picks the last row that starts at or above y.
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (offsetAt(offsets, middle) <= y) low = middle;
      else high = middle - 1;
    }
    return count === 0 ? -1 : low;
  };

  return {
    count,
    total,
    offsetOf: (index) => offsetAt(offsets, index),
    heightOf: (index) => offsetAt(offsets, index + 1) - offsetAt(offsets, index),
    indexAt,
    range(top, bottom, overscan) {
      if (count === 0 || bottom <= 0 || top >= total) return clampEmpty(count, top >= total, overscan);
      const start = Math.max(0, indexAt(Math.max(0, top)) - overscan);
      const end = Math.min(count, indexAt(Math.max(0, bottom - 1e-6)) + 1 + overscan);
      return { start, end };
    },
  };
}

/** Nothing is visible: keep the rows nearest to the edge, so that scrolling in from outside finds them mounted. */
function clampEmpty(count: number, below: boolean, overscan: number): RowRange {
  return below ? { start: Math.max(0, count - overscan), end: count } : { start: 0, end: Math.min(count, overscan) };
}

function offsetAt(offsets: Float64Array, index: number): number {
  return offsets[index] ?? 0;
}
