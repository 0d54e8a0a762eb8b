import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Manifest } from './archive-format.ts';
import type { Sink } from './archive-writer.ts';
import { BackupNotWrittenError, codeOf } from './backup-errors.ts';
import type { SnapshotSource } from './snapshot.ts';
import { temporaryName } from './temporary-name.ts';
import { verifyArchive } from './verify-archive.ts';
import { type ArchiveOptions, writeArchive } from './write-archive.ts';

export interface BackupFile {
  readonly path: string;
  readonly bytes: number;
  readonly manifest: Manifest;
}

/**
 * A backup under its final name is complete: it is written beside, read back as a whole, flushed, and only then
 * renamed. Only its owner may read it, because it holds the hashes of passwords.
 */
export async function backUpToFile(
  snapshot: SnapshotSource,
  path: string,
  options: ArchiveOptions,
): Promise<BackupFile> {
  if (existsSync(path)) throw new BackupNotWrittenError(`${path} exists already.`);
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    let bytes: number;
    let manifest: Manifest;
    try {
      ({ bytes } = await snapshot((tables) => writeArchive(tables, fileSink(file), options)));
      manifest = await verifyArchive(temporary);
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(temporary, { force: true });
      throw error;
    }
    await file.close();
    await rename(temporary, path);
    await flushDirectory(dirname(path));
    return { path, bytes, manifest };
  } catch (error) {
    throw explained(path, error);
  }
}

function fileSink(file: FileHandle): Sink {
  return {
    async write(chunk) {
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done);
        done += bytesWritten;
      }
    },
  };
}

/** A rename is on the disk when its directory is. */
export async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'part of its path is a file',
  EEXIST: 'another backup is just being written there',
};

function explained(path: string, cause: unknown): unknown {
  const reason = REASONS[codeOf(cause) ?? ''];
  return reason ? new BackupNotWrittenError(`${path} could not be written: ${reason}.`, { cause }) : cause;
}
