import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToChecksum, removeFromChecksum, rowHash } from './checksum.ts';

test('the hash is FNV-1a: published vectors of the empty tail', () => {
  // FNV-1a of ":0", computed from the definition with big integers.
  let expected = 0x811c9dc5n;
  for (const byte of new Uint8Array([58, 48])) expected = ((expected ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
  expect(rowHash('', 0)).toBe(Number(expected));
});

test('a sum does not depend on order, and removing takes back adding', () => {
  const rows = fc.array(fc.tuple(fc.uuid(), fc.nat(1000)), { maxLength: 50 });
  fc.assert(
    fc.property(rows, rows, (kept, removed) => {
      const add = (sum: number, [id, rev]: [string, number]) => addToChecksum(sum, id, rev);
      const all = [...removed, ...kept].reduce(add, 0);
      const left = removed.reduce((sum, [id, rev]) => removeFromChecksum(sum, id, rev), all);
      expect(left).toBe(kept.reduceRight(add, 0));
    }),
  );
});
