import { expect, test } from 'vitest';
import { tooltipPosition } from './tooltip-position.ts';

const viewport = { width: 400, height: 300 };
const tip = { width: 100, height: 24 };
const anchorAt = (left: number, top: number) => ({ left, top, bottom: top + 32, width: 32, height: 32 });

test('a tooltip stands centred below its anchor', () => {
  expect(tooltipPosition(anchorAt(184, 100), tip, viewport)).toEqual({ left: 150, top: 138 });
});

test('it stays inside the window at both sides', () => {
  expect(tooltipPosition(anchorAt(0, 100), tip, viewport).left).toBe(8);
  expect(tooltipPosition(anchorAt(368, 100), tip, viewport).left).toBe(292);
});

test('it goes above where there is no room below', () => {
  expect(tooltipPosition(anchorAt(184, 260), tip, viewport).top).toBe(230);
});
