/** How much of a long test to do: 1 in every run, TEST_VOLUME times as much in `npm run test:torture`. */
export const VOLUME = Number(process.env['TEST_VOLUME'] ?? 1);

export function volume(everyRun: number): number {
  return Math.ceil(everyRun * VOLUME);
}
