import type { Replica } from '#web/replica/replica.ts';
import { type AttemptMemory, attemptMemoryOf } from './attempt-memory.ts';
import { attemptWords } from './attempt-words.ts';

/** A change that exists on this device only. */
export interface UnsyncedChange {
  /** In words. */
  readonly what: string;
  readonly state: 'waiting' | 'refused';
  /** Why the server refused it. */
  readonly reason?: string;
  readonly at: string;
  /** The mutation as it is sent. */
  readonly uid: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface UnsyncedExport {
  readonly format: 'tend-unsynced';
  readonly version: 1;
  readonly server: string;
  readonly username: string;
  readonly exportedAt: string;
  readonly changes: readonly UnsyncedChange[];
}

/** Everything that the server has not taken, oldest first: for people to read, and complete enough for a program. */
export function unsyncedExport(
  replica: Replica,
  server: string,
  nowMs: number,
  memory: Pick<AttemptMemory, 'of'> = attemptMemoryOf(replica),
): UnsyncedExport {
  const { pending, rejected } = replica.outbox.state;
  const refused = rejected.map(
    ({ uid, name, args, at, detail }) => ({ state: 'refused', reason: detail, uid, name, args, at }) as const,
  );
  const waiting = pending.map(({ uid, name, args, at }) => ({ state: 'waiting', uid, name, args, at }) as const);
  const changes = [...refused, ...waiting]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((change) => ({ what: attemptWords(change, memory.of(change.uid)), ...change }));
  return {
    format: 'tend-unsynced',
    version: 1,
    server,
    username: replica.account.username,
    exportedAt: new Date(nowMs).toISOString(),
    changes,
  };
}

/** Hands the file to the browser's downloads. */
export function downloadUnsynced(replica: Replica): void {
  const content = unsyncedExport(replica, location.origin, Date.now());
  const file = new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' });
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `tend-unsynced-${content.username}-${content.exportedAt.slice(0, 10)}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has its own hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
