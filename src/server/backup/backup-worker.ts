import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseTarget } from '#server/db/database.ts';
import { backUpToFile } from './backup-file.ts';
import { snapshotOf } from './snapshot.ts';
import type { ArchiveOptions } from './write-archive.ts';

export interface BackupOrder extends ArchiveOptions {
  readonly target: DatabaseTarget;
  readonly path: string;
}

// Reading and compressing everything takes seconds: here they are not the seconds of those who wait for an answer.
const { target, path, ...options } = workerData as BackupOrder;
parentPort?.postMessage(await backUpToFile(snapshotOf(target), path, options));
