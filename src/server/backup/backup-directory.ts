import { existsSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveHead } from './archive-format.ts';
import { ArchiveReader } from './archive-reader.ts';
import { temporaryName } from './temporary-name.ts';

/** Why a backup was made. Only daily ones are ever removed by Tend. */
export const BACKUP_KINDS = ['daily', 'manual', 'before-restore', 'before-upgrade'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

const NAME = new RegExp(`^tend-(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ)-(${BACKUP_KINDS.join('|')})\\.tar$`);
const LEFTOVER_MS = 86_400_000;

/** A name that nothing has yet; the order of names is the order of time. */
export function newBackupPath(directory: string, kind: BackupKind, now: number): string {
  for (let at = now; ; at += 1000) {
    const stamp = `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
    const path = join(directory, `tend-${stamp}-${kind}.tar`);
    if (!existsSync(path) && !existsSync(temporaryName(path))) return path;
  }
}

export interface ListedBackup {
  readonly name: string;
  readonly kind: BackupKind;
  readonly bytes: number;
  /** What the file says of itself, or why it cannot be read. */
  readonly head: ArchiveHead | Error;
}

/** The backups in a directory, the newest first. Whatever else is there is not looked at. */
export async function listBackups(directory: string): Promise<ListedBackup[]> {
  const found: ListedBackup[] = [];
  for (const name of (await namesIn(directory)).toSorted().toReversed()) {
    const [, , kind] = NAME.exec(name) ?? [];
    const path = join(directory, name);
    const stats = kind && (await lstat(path));
    if (!stats || !stats.isFile()) continue;
    found.push({ name, kind: kind as BackupKind, bytes: stats.size, head: await readHead(path) });
  }
  return found;
}

/**
 * Removes daily backups of this installation beyond the newest `keep`, and what a process that died left half
 * written. Call it only when a new one was verified. Answers with the names of what went.
 */
export async function pruneBackups(
  directory: string,
  { instance, keep, now }: { readonly instance: string; readonly keep: number; readonly now: number },
): Promise<string[]> {
  const own = (await listBackups(directory)).filter(
    ({ kind, head }) => kind === 'daily' && 'instance' in head && head.instance === instance,
  );
  const gone = own.slice(keep).map(({ name }) => name);
  for (const name of await namesIn(directory)) {
    const isOwn = name.startsWith('.') && name.endsWith('.part') && NAME.test(name.slice(1, -'.part'.length));
    if (isOwn && now - (await lstat(join(directory, name))).mtimeMs > LEFTOVER_MS) gone.push(name);
  }
  for (const name of gone) await rm(join(directory, name), { force: true });
  return gone;
}

async function namesIn(directory: string): Promise<string[]> {
  return existsSync(directory) ? readdir(directory) : [];
}

async function readHead(path: string): Promise<ArchiveHead | Error> {
  try {
    await using reader = await ArchiveReader.open(path);
    return reader.head;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
