import { vi } from 'vitest';
import type { PushRequest, PushResponse, Rejection } from '#core/sync/protocol.ts';
import type { PullUpdate } from '#web/replica/base-rows.ts';
import { Replica } from '#web/replica/replica.ts';
import { CacheDisk, type Lease } from '#web/replica/storage/cache-disk.ts';
import { type Head, OutboxDisk } from '#web/replica/storage/outbox-disk.ts';
import { TabStorage } from '#web/replica/storage/tab-storage.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import { deleteOtherCaches } from '#web/replica/storage/open-storage.ts';
import type { TabEnvelope, TabMessage } from '#web/replica/tabs/tab-channel.ts';
import { type PullTicket, type SyncFault, SyncSession } from '#web/replica/sync-session.ts';
import type { TabClasses } from './browser.ts';
import { TAB_CRAMPED, TAB_VERSIONS, type TabWeights } from './tab-steps.ts';

export interface TabFault {
  readonly name: string;
  readonly classes?: Partial<TabClasses>;
  /** Takes something away from the product, until `vi.restoreAllMocks()`. */
  readonly plant?: () => void;
  /** The steps that it needs come more often, so that few histories are enough. */
  readonly weights?: Partial<TabWeights>;
}

/** What a pull settles leaves the queue before the rows that contain it are kept. */
class SettlesFirst extends Replica {
  override applyPull(update: PullUpdate, rejections: readonly Rejection[]): string[] {
    let broken: string[] = [];
    this.rebase(() => {
      for (const { uid, code, detail } of rejections) this.outbox.reject(uid, code, detail);
      this.outbox.settle(update.last);
      broken = this.base.apply(update);
    });
    return broken;
  }
}

/** Answers count although the queue has been numbered anew since they were asked for. */
class AnyGeneration extends SyncSession {
  readonly #replica: Replica;

  constructor(replica: Replica, report: (fault: SyncFault) => void) {
    super(replica, report);
    this.#replica = replica;
  }

  override receivePush(request: PushRequest, response: PushResponse) {
    return super.receivePush({ ...request, clientId: this.#replica.outbox.state.clientId }, response);
  }

  protected override accepts(ticket: PullTicket): boolean {
    return super.accepts({ ...ticket, clientId: this.#replica.outbox.state.clientId });
  }
}

/** A tab counts for itself from what it read when it began. */
function numberFromMemory(): void {
  const next = new WeakMap<object, number>();
  const numbers = OutboxDisk.prototype as unknown as { firstNumber(this: object, head: Head): number };
  vi.spyOn(numbers, 'firstNumber').mockImplementation(function (this: object, head) {
    const first = next.get(this) ?? head.next;
    next.set(this, first + 1);
    return first;
  });
}

function writeWithoutFence(): void {
  const fence = CacheDisk.prototype as unknown as {
    mayWrite(lease: Lease | undefined, term: number): boolean;
    fits(before: number, after: number): boolean;
  };
  vi.spyOn(fence, 'fits').mockReturnValue(true);
  vi.spyOn(fence, 'mayWrite').mockReturnValue(true);
}

/** What the full disk refuses is left behind, and what comes later is kept. */
function skipRefused(): void {
  const append = Reflect.get(OutboxDisk.prototype, 'append');
  vi.spyOn(OutboxDisk.prototype, 'append').mockImplementation(async function (this: OutboxDisk, mutations) {
    try {
      return await append.call(this, mutations);
    } catch (error) {
      if ((error as Error).name !== 'QuotaExceededError') throw error;
      return { clientId: (await this.head()).clientId, numbered: [] };
    }
  });
}

/** Tabs that end while they write. */
const DEADLY: Partial<TabWeights> = { kill: 20, open: 25, write: 5 };

/** Answers arrive, and the tab ends. */
const HASTY: Partial<TabWeights> = { kill: 30, open: 40, deliver: 70, retitle: 20, sync: 15, lose: 0, write: 2 };

/** Leading tabs that sleep while another takes over, and wake. */
const SLEEPY: Partial<TabWeights> = { oversleep: 15, open: 20, retitle: 12, 'disk-full': 0 };

/** Mistakes in what tabs share, planted one at a time: the harness must find each of them. */
export const TAB_FAULTS: readonly TabFault[] = [
  {
    name: 'a tab dies between keeping a change and telling of it, and nobody looks',
    plant: () => void vi.spyOn(TabStorage.prototype, 'lookForUntold').mockImplementation(() => {}),
    weights: DEADLY,
  },
  {
    name: 'a tab writes the cache after its term has ended',
    plant: writeWithoutFence,
    weights: { ...SLEEPY, restore: 0 },
  },
  { name: 'a tab numbers changes from its memory', plant: numberFromMemory },
  { name: 'the queue is settled before the rows are kept', classes: { replica: SettlesFirst }, weights: HASTY },
  {
    name: 'answers count for another numbering of the queue',
    classes: { session: AnyGeneration },
    // Numbers come into doubt while an answer is on its way.
    weights: { ...SLEEPY, 'disk-full': 12, 'disk-free': 12, oversleep: 25, retitle: 15, sync: 20, write: 30, lose: 0 },
  },
  {
    name: 'the full disk keeps what was settled and not its rows',
    classes: { replica: SettlesFirst },
    weights: { ...HASTY, deliver: 90, write: 25, 'disk-full': 25, 'disk-free': 25, restore: 0 },
  },
  { name: 'what the full disk refuses is left behind', plant: skipRefused, weights: TAB_CRAMPED },
];

/** Messages of other versions mean what the own ones mean. */
const hearEverything = (envelope: TabEnvelope): TabMessage => envelope;

/** Tabs of two editions side by side that write and tell much. */
const TALKATIVE: Partial<TabWeights> = { ...TAB_VERSIONS, deploy: 0, retitle: 12, sync: 12, deliver: 70, lose: 0 };

/** Mistakes between tabs of several versions. */
export const TAB_VERSION_FAULTS: readonly TabFault[] = [
  {
    name: 'a page that is newer than its server leads one that is not',
    classes: { editionOf: ({ schema }) => String(schema) },
    weights: TAB_VERSIONS,
  },
  { name: 'tabs of two editions believe each other', classes: { opened: hearEverything }, weights: TALKATIVE },
  {
    name: 'a page that is too old keeps the lead',
    plant: () => void vi.spyOn(SyncClient.prototype, 'halted', 'get').mockReturnValue(null),
    weights: TAB_VERSIONS,
  },
  {
    name: 'a newer page takes the rows away on which an older one works',
    classes: { deleteOtherCaches: (userId, _now, edition) => deleteOtherCaches(userId, Infinity, edition) },
    weights: TAB_VERSIONS,
  },
];
