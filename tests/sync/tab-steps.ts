import fc from 'fast-check';
import type { Edit } from './steps.ts';

/** One thing that happens to the tabs of two browsers of one person. */
export type TabStep =
  | { readonly do: Edit; readonly tab: number; readonly pick: number; readonly to: number }
  | { readonly do: 'open'; readonly browser: number }
  /** In a version of the app (`RELEASES`); a server of a version takes over. */
  | { readonly do: 'open-version'; readonly browser: number; readonly release: number }
  | { readonly do: 'deploy'; readonly release: number }
  | { readonly do: 'close' | 'kill' | 'freeze' | 'thaw' | 'sync' | 'poke' | 'oversleep'; readonly tab: number }
  | { readonly do: 'deliver' | 'lose'; readonly message: number }
  | { readonly do: 'wait'; readonly ms: number }
  /** Gives disks time without moving the clock. */
  | { readonly do: 'write' }
  | { readonly do: 'backup' | 'restore' | 'disk-full' | 'disk-free' };

const tab = fc.nat(5);
const any = fc.nat(15);

/** How often each step comes; a seeded fault may need some of them more often to do harm. */
export type TabWeights = Readonly<Record<TabStep['do'], number>>;

const WEIGHTS: TabWeights = {
  create: 3,
  'create-below': 3,
  retitle: 3,
  complete: 3,
  reopen: 3,
  move: 3,
  trash: 3,
  'restore-task': 3,
  purge: 3,
  label: 3,
  undo: 3,
  redo: 3,
  many: 3,
  open: 10,
  close: 1,
  kill: 2,
  freeze: 1,
  thaw: 1,
  oversleep: 1,
  sync: 5,
  poke: 5,
  deliver: 40,
  lose: 10,
  wait: 10,
  write: 20,
  backup: 1,
  restore: 1,
  'disk-full': 1,
  'disk-free': 2,
  'open-version': 0,
  deploy: 0,
  recur: 0,
  'complete-occurrence': 0,
  'skip-occurrence': 0,
  uncomplete: 0,
  postpone: 0,
  pause: 0,
};

/** Tabs that do the same to a few tasks that repeat. */
export const TAB_REPEATING: Partial<TabWeights> = {
  create: 1,
  label: 0,
  recur: 8,
  'complete-occurrence': 20,
  uncomplete: 4,
  postpone: 4,
  pause: 4,
};

/** Pages and servers of several versions. */
export const TAB_VERSIONS: Partial<TabWeights> = { 'open-version': 15, deploy: 4, close: 4, 'disk-full': 0 };

/** Disks that are full now and then, tabs that end meanwhile, and a server that goes back. */
export const TAB_CRAMPED: Partial<TabWeights> = {
  'disk-full': 25,
  'disk-free': 25,
  kill: 20,
  open: 30,
  retitle: 15,
  sync: 15,
  deliver: 80,
  backup: 3,
};

function parametersOf(step: TabStep['do']): Record<string, fc.Arbitrary<unknown>> {
  switch (step) {
    case 'open':
      return { browser: fc.nat(1) };
    case 'open-version':
      return { browser: fc.nat(1), release: fc.integer({ min: 1, max: 3 }) };
    case 'deploy':
      return { release: fc.integer({ min: 1, max: 3 }) };
    case 'deliver':
    case 'lose':
      return { message: fc.nat(3) };
    case 'wait':
      return { ms: fc.constantFrom(500, 6_000, 20_000, 70_000) };
    case 'write':
    case 'backup':
    case 'restore':
    case 'disk-full':
    case 'disk-free':
      return {};
    case 'close':
    case 'kill':
    case 'freeze':
    case 'thaw':
    case 'oversleep':
    case 'sync':
    case 'poke':
      return { tab };
    default:
      return { tab, pick: any, to: any };
  }
}

/** Histories of 20 to 70 steps. */
export function arbitraryTabHistory(weights: Partial<TabWeights> = {}): fc.Arbitrary<readonly TabStep[]> {
  const chances = Object.entries({ ...WEIGHTS, ...weights }) as [TabStep['do'], number][];
  const possible = chances.filter(([, weight]) => weight > 0);
  const steps = possible.map(([step, weight]) => ({
    weight,
    arbitrary: fc.record({ do: fc.constant(step), ...parametersOf(step) }) as unknown as fc.Arbitrary<TabStep>,
  }));
  return fc.array(fc.oneof(...steps), { minLength: 20, maxLength: 70, size: 'max' });
}
