import { expect, test } from 'vitest';
import { isUuid, uuidv7 } from './ids.ts';

const ones = (bytes: Uint8Array) => bytes.fill(0xff);

test('the example of RFC 9562, appendix A.6, has its time, version and variant', () => {
  expect(uuidv7(0x017f22e279b0, ones)).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
});

test('ids sort by time', () => {
  expect(uuidv7(1, ones) < uuidv7(2, ones)).toBe(true);
  expect(uuidv7(2 ** 40, ones) > uuidv7(2 ** 39, ones)).toBe(true);
});

test('an id has one spelling', () => {
  expect(isUuid('017f22e2-79b0-7fff-bfff-ffffffffffff')).toBe(true);
  expect(isUuid('017F22E2-79B0-7FFF-BFFF-FFFFFFFFFFFF')).toBe(false);
});
