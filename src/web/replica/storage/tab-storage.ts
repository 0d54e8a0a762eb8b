import { must } from '#core/errors.ts';
import type { BaseChange, CacheState, CacheStorage, KeptRows, PullUpdate, StagedPage } from '#web/replica/base-rows.ts';
import { type NewMutation, type OutboxChange, type OutboxState } from '#web/replica/outbox-state.ts';
import type { OutboxStorage } from '#web/replica/outbox.ts';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import type { TabChannel } from '#web/replica/tabs/tab-channel.ts';
import { type CacheDisk, FencedError, type KeptCache } from './cache-disk.ts';
import { Journal, type StorageProblem } from './journal.ts';
import type { OutboxDisk } from './outbox-disk.ts';

export interface KeptData {
  readonly outbox: OutboxState;
  readonly cache: KeptCache | null;
}

export interface TabStorageOptions {
  readonly outboxDisk: OutboxDisk;
  readonly cacheDisk: CacheDisk;
  readonly channel: TabChannel;
  readonly setTimer: SyncEnvironment['setTimer'];
}

/** Memory holds something that the disk does not: whoever leads next reads the disk again. */
const UNKNOWN = -1;

interface AppendBatch {
  readonly mutations: NewMutation[];
  readonly kept: ((seq: number) => void)[];
}

/**
 * The queue first: a tab that renumbers it writes the rows before, and rows that claim to contain numbers of the old
 * numbering must not be held against the new one.
 */
export async function readKept({
  outboxDisk,
  cacheDisk,
}: Pick<TabStorageOptions, 'outboxDisk' | 'cacheDisk'>): Promise<KeptData> {
  const outbox = await outboxDisk.read();
  return { outbox, cache: await cacheDisk.load() };
}

/**
 * One tab's way to the disk that all tabs of an account share. Every tab appends to the queue; the rest is written by
 * the tab that leads, and followed by the others in memory.
 */
export class TabStorage {
  /** Null while another tab leads. */
  #term: number | null = null;
  /** The newest commit of the cache that this tab's memory contains, with nothing on top. */
  commits: number;
  /** What the tab wants to write as the leading one and has not written yet. */
  #unwritten = 0;
  /** The leader's word is not to be waited for any longer: another tab leads. */
  onFenced: () => void = () => {};
  /** The disk holds another numbering than memory: it must be read again. */
  onDiverged: () => void = () => {};
  /** Whether the numbers of the queue are those that its mutations were sent under. */
  areNumbersSure: () => boolean = () => true;
  /** Null when everything is kept again. */
  onProblem: (problem: StorageProblem | null) => void = () => {};
  #problem: StorageProblem | null = null;
  readonly #options: TabStorageOptions;
  readonly #journal: Journal;
  readonly #kept: KeptData;
  #clientId: string;
  #appending: AppendBatch | null = null;

  constructor(kept: KeptData, options: TabStorageOptions) {
    this.#options = options;
    this.#kept = kept;
    this.#clientId = kept.outbox.clientId;
    this.commits = kept.cache?.commits ?? 0;
    this.#journal = new Journal((problem) => this.#noteProblem(problem), options.setTimer);
  }

  get leads(): boolean {
    return this.#term !== null;
  }

  lead(term: number): void {
    this.#term = term;
  }

  follow(): void {
    this.#term = null;
    if (this.#unwritten > 0 || this.commits === 0) this.commits = UNKNOWN;
  }

  /** Everything as it is on the disk, once that holds all that this tab did. */
  async reload(): Promise<KeptData> {
    for (;;) {
      await this.#journal.emptied();
      const { writes } = this.#journal;
      const kept = await readKept(this.#options);
      // What was done during the reading is newer than what was read.
      if (writes !== this.#journal.writes) continue;
      this.#clientId = kept.outbox.clientId;
      // Of a disk that was cleared, only the tab that leads can make memory's rows the first commit.
      this.commits = kept.cache?.commits ?? (this.leads ? 0 : UNKNOWN);
      return kept;
    }
  }

  /**
   * Looks whether the disk holds mutations that nobody told of: a tab can end between keeping one and saying so.
   * `next` is the number that memory would give next.
   */
  lookForUntold(next: () => number): void {
    this.#journal.look(async () => {
      const head = await this.#options.outboxDisk.head();
      if (head.clientId !== this.#clientId || head.next !== next()) this.onDiverged();
    });
  }

  flushed(): Promise<void> {
    return this.#journal.flushed();
  }

  close(): void {
    this.#term = null;
    this.#journal.close();
    this.#options.outboxDisk.close();
    this.#options.cacheDisk.close();
  }

  readonly outbox: OutboxStorage = {
    isFailing: () => this.#problem !== null,
    read: () => this.#kept.outbox,
    append: (mutation, kept) => this.#append(mutation, kept),
    change: (change, done) => this.#changeOutbox(change, done),
  };

  readonly cache: CacheStorage = {
    read: (): KeptRows | null => this.#kept.cache,
    commit: (state, changes, update) => this.#commit(state, changes, update),
    putPage: (page: StagedPage) => this.#lead((term) => this.#options.cacheDisk.putPage(term, page)),
    dropPages: (scopes) => this.#lead((term) => this.#options.cacheDisk.dropPages(term, scopes)),
  };

  #noteProblem(problem: StorageProblem | null): void {
    if (this.#problem === problem) return;
    this.#problem = problem;
    this.onProblem(problem);
  }

  #append(mutation: NewMutation, kept: (seq: number) => void): void {
    if (this.#appending) {
      this.#appending.mutations.push(mutation);
      this.#appending.kept.push(kept);
      return;
    }
    const batch: AppendBatch = { mutations: [mutation], kept: [kept] };
    this.#appending = batch;
    this.#journal.add(async () => {
      if (this.#appending === batch) this.#appending = null;
      const { clientId, numbered } = await this.#options.outboxDisk.append(batch.mutations);
      this.#options.channel.post({ type: 'appended', clientId, mutations: numbered });
      if (clientId !== this.#clientId) {
        this.onDiverged();
        return;
      }
      numbered.forEach(({ seq }, i) => must(batch.kept[i], 'each mutation waits for its number')(seq));
    });
  }

  #changeOutbox(change: OutboxChange, done: (kept: OutboxState) => void): void {
    this.#appending = null;
    const write = async (): Promise<void> => {
      const kept = await this.#options.outboxDisk.change(change);
      if (kept) {
        this.#clientId = kept.clientId;
        done(kept);
      }
      this.#options.channel.post({ type: 'outbox', change });
    };
    // What a pull settles, the tab that leads writes, and only after the rows of that pull.
    if (change.type === 'settle') this.#lead(write);
    else this.#journal.add(write);
  }

  #commit(state: CacheState, changes: readonly BaseChange[], update: PullUpdate | null): void {
    if (!this.leads) return;
    this.#appending = null;
    this.#lead(async (term) => {
      const { cacheDisk, channel } = this.#options;
      // Now, not when the pull came: only what was written since tells whether guesses were right.
      const last = this.areNumbersSure() ? state.last : 0;
      this.commits = await cacheDisk.commit({ term, after: this.commits, state: { ...state, last }, changes });
      // Whole scopes are read from the disk faster than they are copied from tab to tab.
      const told = update && update.staged.length === 0 ? { ...update, last } : null;
      channel.post({ type: 'committed', commits: this.commits, update: told });
    });
  }

  /** Writes what only the leader may; the rest of it is given up when the term has ended. */
  #lead(write: (term: number) => Promise<unknown>): void {
    const term = this.#term;
    if (term === null) return;
    this.#unwritten++;
    this.#journal.add(async () => {
      try {
        if (this.#term === term) await write(term);
        else this.commits = UNKNOWN;
      } catch (error) {
        if (!(error instanceof FencedError)) throw error;
        this.follow();
        this.onFenced();
      }
      this.#unwritten--;
    });
  }
}
