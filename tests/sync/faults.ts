import { projectScope } from '#core/rows.ts';
import * as device from './faulty-devices.ts';
import * as endpoint from './faulty-endpoints.ts';
import type { Disasters, Weights } from './steps.ts';
import type { Fault } from './world.ts';

/** Devices that begin anew, writes around their pages, and a server that goes back in between. */
export const RESTORED_WHILE_PAGING: Partial<Weights> = {
  restart: 12,
  rest: 16,
  backup: 4,
  restore: 6,
  wait: 1,
  move: 0,
  share: 0,
  drop: 0,
};

export interface SeededFault {
  readonly name: string;
  readonly fault: Fault;
  /** The disasters without which it does no harm. */
  readonly disasters?: Partial<Disasters>;
  /** The steps that it needs come more often, so that few histories are enough. */
  readonly weights?: Partial<Weights>;
}

/** Mistakes that others made, one at a time (docs/sync.md): the harness must find each of them. */
export const SEEDED_FAULTS: readonly SeededFault[] = [
  { name: 'commit order is not version order', fault: { endpoint: (server) => new endpoint.LateCommits(server) } },
  { name: '`last` and rows of different snapshots', fault: { endpoint: (server) => new endpoint.TornPulls(server) } },
  { name: 'cursor stored before the rows', fault: { replica: device.CursorFirst } },
  { name: 'no dedupe', fault: { endpoint: (server) => new endpoint.NoDedupe(server) } },
  { name: 'revocation by event only', fault: { endpoint: (server) => new endpoint.SilentRevocation(server) } },
  { name: 'no tag', fault: { endpoint: (server) => new endpoint.NoTags(server) }, disasters: { restore: true } },
  { name: 'no heal after a restore', fault: { session: device.NoHeal }, disasters: { restore: true } },
  {
    name: 'no uid with a cloned profile',
    fault: { endpoint: (server) => new endpoint.NumbersOnly(server), session: device.NoForkCheck },
    disasters: { clone: true },
  },
  { name: 'move without deletion', fault: { endpoint: (server) => new endpoint.MovesWithoutDeletion(server) } },
  { name: 'deletion after addition, in any scope', fault: { replica: device.DeletionsLast } },
  { name: 'no closing delta', fault: { session: device.NoClosingDelta } },
  { name: 'no sweep', fault: { replica: device.NoSweep } },
  {
    name: 'log forgotten without a floor',
    fault: { compact: (server, projectId) => server.compact(projectScope(projectId), { raiseFloor: false }) },
  },
  { name: 'refusal blocks the queue', fault: { endpoint: (server) => new endpoint.RefusalsBlock(server) } },
  { name: 'refusal told by the push only', fault: { endpoint: (server) => new endpoint.RefusalsInPushOnly(server) } },
  {
    name: 'refusal stored after the rows',
    fault: { replica: device.RefusalsLast },
    weights: { restart: 20, share: 14, drop: 14, sync: 20, retitle: 14, flow: 4, compact: 0, label: 0 },
  },
  {
    name: 'healing stored after the rows',
    fault: { session: device.HealsRowsFirst },
    disasters: { restore: true },
    weights: { restart: 16, backup: 4, restore: 6, share: 0 },
  },
  {
    name: 'queue sent with empty numbers',
    fault: { session: device.SendsHoles },
    disasters: { restore: true },
    weights: RESTORED_WHILE_PAGING,
  },
  { name: 'optimistic rows stored', fault: { afterStep: device.storeOptimisticRows } },
  { name: 'acknowledged by the push', fault: { session: device.AcknowledgesOnPush } },
  { name: 'stale answer applied', fault: { session: device.TakesStaleAnswers } },
  { name: 'authorised when made', fault: { endpoint: (server) => new endpoint.AuthorisedWhenMade(server) } },
  {
    name: 'queue of another account',
    fault: { storageOf: (each, userId) => [...each.disks.values()][0]?.storage ?? each.disks.get(userId)!.storage },
  },
  { name: 'queue emptied by a reset', fault: { session: device.WipesQueueOnReset } },

  {
    name: 'last page of a lost history',
    fault: { endpoint: (server) => new endpoint.NoHighMark(server) },
    disasters: { restore: true },
    weights: RESTORED_WHILE_PAGING,
  },
];
