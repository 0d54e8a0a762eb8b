import { type Kind, KINDS, scopeOf } from '#core/rows.ts';
import type { PullResponse, PushRequest, PushResponse, Rejection, RowKey, ScopeDelta } from '#core/sync/protocol.ts';
import {
  type BaseChange,
  BaseRows,
  type CacheStorage,
  type PullUpdate,
  type StagedScope,
} from '#web/replica/base-rows.ts';
import { Replica } from '#web/replica/replica.ts';
import type { RowStore } from '#web/replica/row-store.ts';
import type { PullTicket } from '#web/replica/sync-session.ts';
import { WatchedSession } from './device.ts';
import type { World } from './world.ts';

class DeletesLastAndAnywhere extends BaseRows {
  protected override change(scopes: readonly ScopeDelta[]): void {
    for (const { put } of scopes) this.putRows(put);
    for (const { s, del } of scopes) this.deleteRows(s, del);
  }

  protected override deleteRows(_scope: string, keys: readonly RowKey[]): void {
    for (const key of keys) {
      const [kind, id] = key as [Kind, string];
      const row = this.store.get(kind, id);
      if (row) super.deleteRows(scopeOf(kind, row), [key]);
    }
  }
}

/** A deletion comes after the additions, whatever scope the row is in by then. */
export class DeletionsLast extends Replica {
  protected override createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
    return new DeletesLastAndAnywhere(store, cache);
  }
}

class KeepsGhosts extends BaseRows {
  #swapping = false;

  protected override swap(staged: readonly StagedScope[]): void {
    this.#swapping = true;
    super.swap(staged);
    this.#swapping = false;
  }

  protected override sweep(scope: string): void {
    if (!this.#swapping) super.sweep(scope);
  }
}

/** A scope that is fetched anew is added to what was there. */
export class NoSweep extends Replica {
  protected override createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
    return new KeepsGhosts(store, cache);
  }
}

/** Cursors and rows are stored in two transactions, cursors first. */
export class CursorFirst extends Replica {
  protected override createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
    if (!cache) return new BaseRows(store, cache);
    return new BaseRows(store, {
      ...cache,
      commit(state, changes, update) {
        cache.commit(state, [], null);
        cache.commit(state, changes, update);
      },
    });
  }
}

/** What is shown is stored as if the server had said it. */
export function storeOptimisticRows({ devices }: World): void {
  for (const { run, disks } of devices) {
    const { replica } = run;
    const changes: BaseChange[] = [];
    for (const kind of KINDS) {
      for (const [id, row] of replica.all(kind)) {
        if (replica.baseRow(kind, id) !== row) changes.push({ kind, id, row });
      }
    }
    const { identity, last } = replica.base;
    const state = { identity, last, cursors: new Map(replica.base.cursors) };
    const storage = disks.get(run.userId)?.storage;
    if (changes.length > 0 && storage && !storage.losePowerAfterCache) storage.cache.commit(state, changes, null);
  }
}

/** A server that went back in time is not given what it lost. */
export class NoHeal extends WatchedSession {
  protected override heal(last: number): void {
    this.run.replica.rebase(() => this.run.replica.base.forgetAfter(last));
    this.dropStage();
  }

  protected override isForked(): boolean {
    return false;
  }
}

/** A server that went back is noticed, and forgotten before what it lost is back in the queue. */
export class HealsRowsFirst extends WatchedSession {
  protected override heal(last: number): void {
    this.run.replica.rebase(() => this.run.replica.base.forgetAfter(last));
    super.heal(last);
  }
}

/** What was refused is stored after the point up to which the server will tell nothing again. */
export class RefusalsLast extends Replica {
  override applyPull(update: PullUpdate, rejections: readonly Rejection[]): string[] {
    let broken: string[] = [];
    this.rebase(() => {
      broken = this.base.apply(update);
      for (const { uid, code, detail } of rejections) this.outbox.reject(uid, code, detail);
      this.outbox.settle(update.last);
    });
    return broken;
  }
}

/** What waits is sent as it is, although a refused mutation left its number empty. */
export class SendsHoles extends WatchedSession {
  override pushRequest(limit?: number): PushRequest | null {
    const request = super.pushRequest(limit);
    return request && { ...request, muts: [...this.run.replica.outbox.unanswered] };
  }
}

/** That somebody else goes on with the same queue is not noticed. */
export class NoForkCheck extends WatchedSession {
  protected override isForked(): boolean {
    return false;
  }
}

/** Pages count as the scope as of the last one; what changed between them is not asked for. */
export class NoClosingDelta extends WatchedSession {
  override startPull(): PullTicket | null {
    for (const scope of this.stage) {
      if (scope.done && scope.hi) Object.assign(scope, { target: scope.hi });
    }
    return super.startPull();
  }
}

/** The answer to a request that was given up is taken all the same. */
export class TakesStaleAnswers extends WatchedSession {
  protected override accepts(): boolean {
    return true;
  }
}

/** The answer to a push ends the optimistic effect; its rows come later, with the pull. */
export class AcknowledgesOnPush extends WatchedSession {
  override receivePush(request: PushRequest, response: PushResponse) {
    const before = this.run.visible();
    const stop = super.receivePush(request, response);
    const { replica } = this.run;
    if (request.clientId === replica.outbox.state.clientId && !stop) {
      replica.rebase(() => replica.outbox.settle(response.last));
      this.run.checkUnmoved(before);
    }
    return stop;
  }
}

/** Fetching a scope anew empties the queue with the cache. */
export class WipesQueueOnReset extends WatchedSession {
  override receivePull(ticket: PullTicket, response: PullResponse) {
    const outcome = super.receivePull(ticket, response);
    const { replica } = this.run;
    if (outcome === 'staged') replica.rebase(() => replica.outbox.settle(Number.MAX_SAFE_INTEGER));
    return outcome;
  }
}
