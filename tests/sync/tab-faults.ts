import { vi } from 'vitest';
import type { PushRequest, PushResponse, Rejection } from '#core/sync/protocol.ts';
import type { PullUpdate } from '#web/replica/base-rows.ts';
import { Replica } from '#web/replica/replica.ts';
import { CacheDisk, type Lease } from '#web/replica/storage/cache-disk.ts';
import { type Head, OutboxDisk } from '#web/replica/storage/outbox-disk.ts';
import { TabStorage } from '#web/replica/storage/tab-storage.ts';
import { type PullTicket, type SyncFault, SyncSession } from '#web/replica/sync-session.ts';
import type { TabClasses } from './browser.ts';
import type { TabWeights } from './tab-steps.ts';

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
    weights: { ...SLEEPY, backup: 6, restore: 8, 'disk-full': 3 },
  },
];
