import { appendFile, readFile } from 'node:fs/promises';
import type { Disasters, Step } from './steps.ts';
import type { TabStep } from './tab-steps.ts';

export interface KeptDeviceHistory {
  readonly kind: 'devices';
  readonly title: string;
  readonly disasters: Disasters;
  readonly history: readonly Step[];
}

export interface KeptTabHistory {
  readonly kind: 'tabs';
  readonly title: string;
  readonly history: readonly TabStep[];
}

/** A history that once failed. Its steps are kept, not its seed alone: a seed means others once a step is added. */
export type KeptHistory = KeptDeviceHistory | KeptTabHistory;

const FILE = new URL('kept-histories.jsonl', import.meta.url);

export async function readKeptHistories(): Promise<KeptHistory[]> {
  const lines = (await readFile(FILE, 'utf8')).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as KeptHistory);
}

export async function keepHistory(history: KeptHistory): Promise<void> {
  await appendFile(FILE, `${JSON.stringify(history)}\n`);
}
