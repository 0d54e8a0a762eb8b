import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

/** Until the browser keeps at least so many rows: from then on the app starts without asking for them. */
export async function waitUntilKept(page: Page, rows: number): Promise<void> {
  while ((await page.evaluate(countKept)) < rows) await sleep(200);
}

/** Runs in the page. */
async function countKept(): Promise<number> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const cache = names.find((name) => name.startsWith('tend-cache-'));
  if (!cache) return 0;
  const opening = indexedDB.open(cache);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const reading = database.transaction('rows').objectStore('rows').getAll() as IDBRequest<{ rows: unknown[] }[]>;
  const segments = await new Promise<{ rows: unknown[] }[]>((resolve) => {
    reading.addEventListener('success', () => resolve(reading.result));
  });
  database.close();
  return segments.reduce((sum, { rows }) => sum + rows.length, 0);
}
