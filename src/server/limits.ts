import type { Limits } from './context.ts';

/** On by default, because the default is what most installations run. */
export const DEFAULT_LIMITS: Limits = {
  apiPerMinute: 300,
  searchPerMinute: 60,
  signupsPerHour: 5,
  loginFailuresPerAddress: 20,
  loginFailuresPerAccount: 5,
  loginFailuresInARow: 100,
};
