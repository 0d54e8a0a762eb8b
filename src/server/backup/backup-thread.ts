import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { BackupFile } from './backup-file.ts';
import type { BackupOrder } from './backup-worker.ts';
import { temporaryName } from './temporary-name.ts';

/** Nearly everything is garbage at once: room for the young would only be filled with it, 80 MiB of it. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/** Makes a verified backup on a thread of its own. `closing` stops it and removes what it wrote. */
export async function backUpInThread(order: BackupOrder, closing: AbortSignal): Promise<BackupFile> {
  closing.throwIfAborted();
  const worker = new Worker(new URL('backup-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: LIMITS,
  });
  const ended = new Promise((resolve) => {
    worker.once('exit', resolve);
  });
  try {
    const [file] = (await once(worker, 'message', { signal: closing })) as [BackupFile];
    return file;
  } catch (error) {
    await worker.terminate();
    // A failure has cleaned up after itself; only a thread that was stopped could not.
    if (closing.aborted) await rm(temporaryName(order.path), { force: true });
    throw error;
  } finally {
    await ended;
  }
}
