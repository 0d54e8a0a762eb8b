import { Type } from 'typebox';
import { defineMutator, type Mutator } from '#core/mutation/mutator.ts';
import { findMutator } from '#core/mutators.ts';
import type { Row } from '#core/rows.ts';
import { Id } from '#core/schema.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { APP_VERSION, type AppVersion } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { BaseRows, type CacheStorage } from '#web/replica/base-rows.ts';
import type { FindMutator } from '#web/replica/optimistic-rows.ts';
import { Replica } from '#web/replica/replica.ts';
import type { RowStore } from '#web/replica/row-store.ts';

/** A version of Tend, as a server or as the page of a device. */
export interface Release {
  readonly name: string;
  readonly version: AppVersion;
  readonly findMutator: FindMutator;
  /** How its pages rename a task. */
  readonly rename: Mutator;
  readonly hasLabels: boolean;
  /** Default: that of today. */
  readonly replica?: typeof Replica;
}

/** `task.update@2` says `text` where `task.update@1` says `title`. */
const renameByText = defineMutator({
  name: 'task.update',
  version: 2,
  args: Type.Object({ id: Id, text: Type.String({ maxLength: 500 }) }, { additionalProperties: false }),
  undoable: false,
  authorize: () => null,
  run: (tx, { id, text }) => updateTask.apply(tx, { id, title: text }),
});

export function renamed(mutator: Mutator, id: string, title: string): object {
  return mutator === updateTask ? { id, title } : { id, text: title };
}

/** Rows of a page that was written before there were labels. */
export class RowsWithoutLabels extends BaseRows {
  protected override knows(kind: string): boolean {
    return kind !== 'label' && super.knows(kind);
  }

  unknownRow(key: string): Row | undefined {
    return this.unknown.get(key)?.row;
  }
}

/** What a device keeps of kinds that its page does not know. */
export function unknownRow(base: BaseRows, key: string): Row | undefined {
  return base instanceof RowsWithoutLabels ? base.unknownRow(key) : undefined;
}

class ReplicaWithoutLabels extends Replica {
  protected override createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
    return new RowsWithoutLabels(store, cache);
  }
}

function withNewRename(key: string): Mutator | undefined {
  return key === renameByText.key ? renameByText : findMutator(key);
}

/** This version. */
export const TODAY: Release = {
  name: 'today',
  version: APP_VERSION,
  findMutator,
  rename: updateTask,
  hasLabels: true,
};

const { protocol, schema } = APP_VERSION;

/**
 * One before today's: the same rows but for a kind, and an action less. Then one with more rows and another form of an
 * action, and one that speaks another protocol.
 */
export const RELEASES: readonly [Release, Release, Release, Release] = [
  {
    ...TODAY,
    name: 'before labels',
    findMutator: (key) => (key === createLabel.key ? undefined : findMutator(key)),
    hasLabels: false,
    replica: ReplicaWithoutLabels,
  },
  TODAY,
  {
    ...TODAY,
    name: 'more rows',
    version: { protocol, schema: schema + 1 },
    findMutator: withNewRename,
    rename: renameByText,
  },
  {
    ...TODAY,
    name: 'another protocol',
    version: { protocol: protocol + 1, schema: schema + 1 },
    findMutator: withNewRename,
    rename: renameByText,
  },
];

/** In `RELEASES`: understands all pages but the newest ones; and the newest. */
export const ADDITIVE = 2;
export const NEWEST = 3;
