import { type DBSchema, type IDBPTransaction, openDB } from 'idb';
import type { PendingMutation } from '#core/sync/protocol.ts';
import {
  changeOutbox,
  type NewMutation,
  type OutboxChange,
  type OutboxState,
  type RejectedMutation,
  SENT_MAX,
} from '#web/replica/outbox-state.ts';
import { ReopeningDatabase } from './open-database.ts';

/** Small and the same for ever: whatever happens to the cache, this is never dropped. */
interface OutboxSchema extends DBSchema {
  head: { key: 'head'; value: Head };
  pending: { key: number; value: PendingMutation; indexes: { uid: string } };
  sent: { key: number; value: PendingMutation };
  rejected: { key: string; value: RejectedMutation };
}

export interface Head {
  readonly clientId: string;
  readonly next: number;
}

const STORES = ['head', 'pending', 'sent', 'rejected'] as const;
type Transaction = IDBPTransaction<OutboxSchema, (typeof STORES)[number][], 'readwrite'>;

export function outboxName(userId: string): string {
  return `tend-outbox-${userId}`;
}

/** The queue of one account in this browser, for all of its tabs; each call is one durable transaction. */
export class OutboxDisk {
  readonly #database: ReopeningDatabase<OutboxSchema>;
  readonly #newClientId: () => string;

  constructor(userId: string, newClientId: () => string) {
    this.#newClientId = newClientId;
    this.#database = new ReopeningDatabase(() =>
      openDB<OutboxSchema>(outboxName(userId), 1, {
        upgrade(database) {
          database.createObjectStore('head');
          database.createObjectStore('pending', { keyPath: 'seq' }).createIndex('uid', 'uid');
          database.createObjectStore('sent', { keyPath: 'seq' });
          database.createObjectStore('rejected', { keyPath: 'uid' });
        },
      }),
    );
  }

  read(): Promise<OutboxState> {
    return this.#write((tx) => readState(tx));
  }

  /** Where the numbering stands. */
  head(): Promise<Head> {
    return this.#write((tx) => readHead(tx));
  }

  /**
   * Numbers the mutations after everything that any tab has kept. One that is waiting there keeps its number: a tab that
   * read the queue before another one wrote to it takes what it had been told of for lost.
   */
  append(mutations: readonly NewMutation[]): Promise<{ clientId: string; numbered: readonly PendingMutation[] }> {
    return this.#write(async (tx) => {
      const head = await readHead(tx);
      const { clientId } = head;
      const pending = tx.objectStore('pending');
      const waiting = await Promise.all(mutations.map(({ uid }) => pending.index('uid').getKey(uid)));
      let next = this.firstNumber(head);
      const numbered = mutations.map((mutation, i) => ({ ...mutation, seq: waiting[i] ?? next++ }));
      await Promise.all(numbered.map((mutation) => pending.put(mutation)));
      await tx.objectStore('head').put({ clientId, next }, 'head');
      return { clientId, numbered };
    });
  }

  /** Answers with everything that is kept after a change of the numbering, else with null. */
  change(change: OutboxChange): Promise<OutboxState | null> {
    return this.#write(async (tx) => {
      switch (change.type) {
        case 'settle':
          await settle(tx, change);
          return null;
        case 'reject':
          await reject(tx, change.rejected);
          return null;
        case 'dismiss':
          await tx.objectStore('rejected').delete(change.uid);
          return null;
        case 'renumber':
        case 'reinstate':
          return rewrite(tx, change);
      }
    });
  }

  close(): void {
    this.#database.close();
  }

  /** Of the mutations that are appended next. Memory may be behind: other tabs append too. */
  protected firstNumber({ next }: Head): number {
    return next;
  }

  #write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // Chromium answers before the disk has it unless asked for more.
    return this.#database.transact(STORES, 'strict', async (tx) => {
      await this.#ensureHead(tx);
      return work(tx);
    });
  }

  async #ensureHead(tx: Transaction): Promise<void> {
    const head = tx.objectStore('head');
    if (!(await head.get('head'))) await head.put({ clientId: this.#newClientId(), next: 1 }, 'head');
  }
}

async function readHead(tx: Transaction): Promise<Head> {
  const head = await tx.objectStore('head').get('head');
  if (!head) throw new Error('invariant: an outbox has a head');
  return head;
}

async function readState(tx: Transaction): Promise<OutboxState> {
  const [head, pending, sent, rejected] = await Promise.all([
    readHead(tx),
    tx.objectStore('pending').getAll(),
    tx.objectStore('sent').getAll(),
    tx.objectStore('rejected').getAll(),
  ]);
  return { ...head, pending, sent, rejected };
}

type Settlement = Extract<OutboxChange, { type: 'settle' }>;

async function settle(tx: Transaction, { clientId, uids }: Settlement): Promise<void> {
  if ((await readHead(tx)).clientId !== clientId) return;
  const [pending, sent] = [tx.objectStore('pending'), tx.objectStore('sent')];
  const settled = new Set(uids);
  const mutations = (await pending.getAll()).filter(({ uid }) => settled.has(uid));
  await Promise.all(mutations.flatMap((mutation) => [pending.delete(mutation.seq), sent.put(mutation)]));
  const excess = (await sent.count()) - SENT_MAX;
  if (excess <= 0) return;
  const oldest = await sent.getAllKeys(null, excess);
  await sent.delete(IDBKeyRange.upperBound(oldest.at(-1)));
}

async function reject(tx: Transaction, rejected: RejectedMutation): Promise<void> {
  const pending = tx.objectStore('pending');
  const found = await pending.index('uid').get(rejected.uid);
  await tx.objectStore('rejected').put(rejected);
  if (found) await Promise.all([pending.delete(found.seq), tx.objectStore('sent').put(found)]);
}

async function rewrite(tx: Transaction, change: OutboxChange): Promise<OutboxState> {
  const before = await readState(tx);
  const after = changeOutbox(before, change);
  if (after === before) return before;
  const [pending, sent] = [tx.objectStore('pending'), tx.objectStore('sent')];
  await Promise.all([pending.clear(), sent.clear()]);
  await Promise.all([
    ...after.pending.map((mutation) => pending.put(mutation)),
    ...after.sent.map((mutation) => sent.put(mutation)),
    tx.objectStore('head').put({ clientId: after.clientId, next: after.next }, 'head'),
  ]);
  return after;
}
