import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowLayout } from './row-layout.ts';

const heights = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 300 });
const layoutOf = (rows: readonly number[]) => createRowLayout(rows.length, (index) => rows[index] ?? 0);

test('offsets are the sums of the heights above', () => {
  fc.assert(
    fc.property(heights, (rows) => {
      const layout = layoutOf(rows);
      let sum = 0;
      for (const [index, height] of rows.entries()) {
        expect(layout.offsetOf(index)).toBe(sum);
        expect(layout.heightOf(index)).toBe(height);
        sum += height;
      }
      expect(layout.total).toBe(sum);
    }),
  );
});

test('every point of the list belongs to the row whose extent covers it', () => {
  fc.assert(
    fc.property(heights, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (rows, share) => {
      const layout = layoutOf(rows);
      const y = layout.total * share;
      const index = layout.indexAt(y);
      expect(layout.offsetOf(index)).toBeLessThanOrEqual(y);
      expect(y).toBeLessThan(layout.offsetOf(index + 1));
    }),
  );
});

test('a range holds every row that touches the view, and no more than the overscan beside them', () => {
  const view = fc.tuple(fc.integer({ min: -500, max: 30_000 }), fc.integer({ min: 1, max: 2000 }));
  fc.assert(
    fc.property(heights, view, fc.integer({ min: 0, max: 10 }), (rows, [top, height], overscan) => {
      const layout = layoutOf(rows);
      const bottom = top + height;
      const { start, end } = layout.range(top, bottom, overscan);
      const visible = rows
        .map((_, index) => index)
        .filter((index) => layout.offsetOf(index) < bottom && layout.offsetOf(index + 1) > top);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(rows.length);
      for (const index of visible) expect(index >= start && index < end).toBe(true);
      expect(end - start).toBeLessThanOrEqual(visible.length + 2 * overscan + 2);
    }),
  );
});

test('points outside the list clamp to its ends', () => {
  const layout = layoutOf([10, 20, 30]);
  expect(layout.indexAt(-5)).toBe(0);
  expect(layout.indexAt(1000)).toBe(2);
});

test('an empty list has no rows and no range', () => {
  const layout = createRowLayout(0, () => 36);
  expect(layout.indexAt(0)).toBe(-1);
  expect(layout.range(0, 500, 8)).toEqual({ start: 0, end: 0 });
});
