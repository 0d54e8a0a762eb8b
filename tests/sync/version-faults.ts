import type { Mutator } from '#core/mutation/mutator.ts';
import type { PullResponse, PushRequest, PushResponse, StopReason } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { BaseRows, CacheStorage } from '#web/replica/base-rows.ts';
import { Replica } from '#web/replica/replica.ts';
import type { RowStore } from '#web/replica/row-store.ts';
import type { PullOutcome, PullTicket } from '#web/replica/sync-session.ts';
import { WatchedSession } from './device.ts';
import type { SeededFault } from './faults.ts';
import { type Release, RELEASES, RowsWithoutLabels } from './releases.ts';
import { VERSIONS } from './steps.ts';

function changed(change: (release: Release, index: number) => Partial<Release>): readonly Release[] {
  return RELEASES.map((release, i) => ({ ...release, ...change(release, i) }));
}

/** The new form of an action takes the place of the old one, also where old pages have it in their queues. */
const withoutOldRename = changed(({ findMutator }, i) => ({
  findMutator: (key) => (i >= 2 && key === updateTask.key ? undefined : findMutator(key)),
}));

/** An action that a page does not know ends it. */
const withCrash = changed(({ findMutator }) => ({
  findMutator: (key) =>
    findMutator(key) ??
    ({
      key,
      apply: () => {
        throw new Error(`there is no mutator ${key}`);
      },
    } as unknown as Mutator),
}));

class DropsUnknownRows extends RowsWithoutLabels {
  protected override putRows({ label: _, ...rows }: Parameters<BaseRows['change']>[0][number]['put']): void {
    super.putRows(rows);
  }
}

class DropsUnknownFields extends RowsWithoutLabels {
  protected override putRows({ task = [], ...rows }: Parameters<BaseRows['change']>[0][number]['put']): void {
    super.putRows({ ...rows, task: task.map((row) => ({ ...row, priority: undefined })) });
  }
}

function olderPages(Rows: typeof RowsWithoutLabels): readonly Release[] {
  class Older extends Replica {
    protected override createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
      return new Rows(store, cache);
    }
  }
  return changed((_release, i) => (i === 0 ? { replica: Older } : {}));
}

/** That the page is too old for the server is taken for a refusal of what waits. */
class TooOldIsRefused extends WatchedSession {
  override receivePush(request: PushRequest, response: PushResponse): StopReason | null {
    const stop = super.receivePush(request, response);
    const { replica } = this.run;
    if (stop === 'client_too_old') {
      replica.rebase(() => request.muts.forEach(({ uid }) => replica.outbox.reject(uid, 'conflict', 'Too old.')));
    }
    return stop;
  }
}

/** Whether the page or the server is behind makes no difference: the page asks to be loaded anew. */
class OneOfThemIsTooOld extends WatchedSession {
  override receivePush(request: PushRequest, response: PushResponse): StopReason | null {
    return blamed(super.receivePush(request, response));
  }

  override receivePull(ticket: PullTicket, response: PullResponse): PullOutcome {
    return blamed(super.receivePull(ticket, response));
  }
}

function blamed<T extends PullOutcome | null>(outcome: T): T {
  return outcome === 'server_too_old' ? ('client_too_old' as T) : outcome;
}

/** A page that is too old tries on and on. */
class NeverTooOld extends WatchedSession {
  override receivePull(ticket: PullTicket, response: PullResponse): PullOutcome {
    const outcome = super.receivePull(ticket, response);
    return outcome === 'client_too_old' ? 'retry' : outcome;
  }

  override receivePush(request: PushRequest, response: PushResponse): StopReason | null {
    const stop = super.receivePush(request, response);
    return stop === 'client_too_old' ? 'retry' : stop;
  }
}

const FAULTS: readonly SeededFault[] = [
  { name: 'the old form of an action is dropped', fault: { releases: withoutOldRename } },
  { name: 'a page stops at an action that it does not know', fault: { releases: withCrash } },
  { name: 'an older page drops rows that it does not know', fault: { releases: olderPages(DropsUnknownRows) } },
  { name: 'an older page drops fields that it does not know', fault: { releases: olderPages(DropsUnknownFields) } },
  { name: 'client_too_old is taken for a refusal', fault: { session: TooOldIsRefused } },
  { name: 'server_too_old is taken for client_too_old', fault: { session: OneOfThemIsTooOld } },
  { name: 'a page that is too old goes on asking', fault: { session: NeverTooOld } },
  {
    name: 'the queue is dropped with the rows of another version',
    fault: { beforeLoad: ({ disks }) => disks.forEach(({ storage }) => storage.loseOutbox()) },
  },
];

/** Mistakes between versions of the app, planted one at a time. */
export const VERSION_FAULTS: readonly SeededFault[] = FAULTS.map((each) => ({ ...each, weights: VERSIONS }));
