import { expect } from 'vitest';
import { VOLUME } from '#tests/support/volume.ts';
import type { Harness, SearchOptions } from './harness.ts';

/** A seed of our own makes runs repeatable; SYNC_SEED explores others, SYNC_FACTOR more or fewer of them. */
function seedFor(salt: number): number {
  return Number(process.env['SYNC_SEED'] ?? 1) * 1_000 + salt;
}

/** Searches random histories of the product for a violation, and fails with the shortest history that it finds. */
export async function expectNoViolation(
  harness: Harness,
  { histories, seed, ...options }: SearchOptions,
): Promise<void> {
  const count = Math.ceil(histories * Number(process.env['SYNC_FACTOR'] ?? VOLUME));
  const searched = { ...options, histories: count, seed: seedFor(seed) };
  const first = await harness.search(searched);
  if (first.found === null) {
    expect(first.histories).toBe(count);
    return;
  }
  const shorter = await harness.search({ ...searched, shrinkFor: 120_000 });
  throw new Error(
    `seed ${searched.seed}, history ${first.histories}: ${first.found}\n` +
      `To keep as a test, add to kept-histories.jsonl:\n` +
      JSON.stringify({
        kind: 'devices',
        title: first.found,
        disasters: options.disasters,
        history: shorter.history ?? first.history,
      }),
  );
}
