import type { Disasters, Step } from './steps.ts';

export interface KeptHistory {
  readonly title: string;
  readonly disasters: Disasters;
  readonly history: readonly Step[];
}

/** Histories that once failed. */
export const KEPT_HISTORIES: readonly KeptHistory[] = [];
