import { expect, test } from 'vitest';
import { progressWords } from './loading-words.ts';

const words = (received: number, total: number) =>
  `${new Intl.NumberFormat().format(received)} of ${new Intl.NumberFormat().format(total)} tasks`;

test('progress is told in steps of about one percent, and exactly at its end', () => {
  expect(progressWords({ received: 1_234, total: 11_456 })).toBe(words(1_200, 11_456));
  expect(progressWords({ received: 11_456, total: 11_456 })).toBe(words(11_456, 11_456));
});

test('few tasks are counted one by one', () => {
  expect(progressWords({ received: 7, total: 42 })).toBe(words(7, 42));
  expect(progressWords({ received: 0, total: 0 })).toBe(words(0, 0));
});
