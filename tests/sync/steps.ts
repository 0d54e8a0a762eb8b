import fc from 'fast-check';

/** One thing that happens in a history. Numbers choose among what exists at that moment. */
export type Step =
  | { readonly do: Edit; readonly device: number; readonly pick: number; readonly to: number }
  | { readonly do: 'sync' | 'poke'; readonly device: number }
  | { readonly do: 'flow'; readonly device: number; readonly messages: number }
  | { readonly do: 'deliver' | 'repeat'; readonly message: number }
  | { readonly do: 'drop'; readonly message: number; readonly noticed: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'restart'; readonly device: number; readonly how: 'clean' | 'power-loss' | 'wiped' }
  | { readonly do: 'share'; readonly project: number; readonly user: number; readonly how: number }
  | { readonly do: 'compact' | 'rest'; readonly project: number; readonly pick: number }
  | { readonly do: 'switch-account' }
  | { readonly do: 'backup' }
  | { readonly do: 'restore' }
  | { readonly do: 'clone' }
  /** The page is loaded in a version of the app (`RELEASES`); a server of a version takes over. */
  | { readonly do: 'load'; readonly device: number; readonly release: number }
  | { readonly do: 'deploy'; readonly release: number };

export type Edit =
  | 'create'
  | 'create-below'
  | 'retitle'
  | 'complete'
  | 'reopen'
  | 'move'
  | 'trash'
  | 'restore-task'
  | 'purge'
  | 'label'
  | 'undo'
  | 'redo'
  | 'many'
  | RepeatingEdit;

/** What is done to tasks that repeat. */
export type RepeatingEdit = 'recur' | 'complete-occurrence' | 'skip-occurrence' | 'uncomplete' | 'postpone' | 'pause';

export interface Disasters {
  /** The server goes back to a backup. */
  readonly restore: boolean;
  /** A device becomes a disk copy of another. */
  readonly clone: boolean;
}

const device = fc.nat(3);
const any = fc.nat(15);
const project = fc.nat(2);
const release = fc.nat(3);
/** The oldest message in most cases. */
const message = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: any });

/** How often each step comes; a seeded fault may need some of them more often to do harm. */
export type Weights = Readonly<Record<Step['do'], number>>;

const WEIGHTS: Weights = {
  create: 4,
  'create-below': 1,
  retitle: 7,
  complete: 2,
  reopen: 1,
  move: 4,
  trash: 2,
  'restore-task': 1,
  purge: 2,
  label: 1,
  undo: 2,
  redo: 1,
  many: 1,
  sync: 8,
  poke: 4,
  deliver: 30,
  flow: 10,
  repeat: 2,
  drop: 4,
  wait: 5,
  restart: 3,
  share: 5,
  compact: 2,
  rest: 3,
  'switch-account': 1,
  backup: 1,
  restore: 2,
  clone: 1,
  load: 0,
  deploy: 0,
  recur: 0,
  'complete-occurrence': 0,
  'skip-occurrence': 0,
  uncomplete: 0,
  postpone: 0,
  pause: 0,
};

/** A few tasks that repeat, and several devices that do the same to them. */
export const REPEATING: Partial<Weights> = {
  create: 1,
  'create-below': 2,
  retitle: 1,
  label: 0,
  recur: 6,
  'complete-occurrence': 16,
  'skip-occurrence': 3,
  uncomplete: 3,
  postpone: 3,
  pause: 3,
  undo: 5,
  redo: 3,
};

/** Pages and servers of several versions. */
export const VERSIONS: Partial<Weights> = { load: 5, deploy: 4, label: 4, retitle: 10, flow: 14 };

function parametersOf(step: Step['do']): Record<string, fc.Arbitrary<unknown>> {
  switch (step) {
    case 'sync':
    case 'poke':
      return { device };
    case 'flow':
      return { device, messages: fc.integer({ min: 2, max: 20 }) };
    case 'deliver':
    case 'repeat':
      return { message };
    case 'drop':
      return { message, noticed: fc.boolean() };
    case 'wait':
      return { ms: fc.constantFrom(1_000, 31_000, 70_000, 301_000) };
    case 'restart':
      return { device, how: fc.constantFrom('clean', 'clean', 'power-loss', 'wiped') };
    case 'share':
      return { project, user: fc.nat(1), how: fc.nat(5) };
    case 'compact':
    case 'rest':
      return { project, pick: any };
    case 'load':
      return { device, release };
    case 'deploy':
      return { release };
    case 'switch-account':
    case 'backup':
    case 'restore':
    case 'clone':
      return {};
    default:
      return { device, pick: any, to: any };
  }
}

export interface HistoryOptions {
  readonly disasters: Disasters;
  readonly length: number;
  readonly weights?: Partial<Weights>;
}

/** Histories of up to `length` steps. */
export function arbitraryHistory({ disasters, length, weights }: HistoryOptions): fc.Arbitrary<Step[]> {
  const chances: Weights = { ...WEIGHTS, ...weights };
  const possible = (Object.keys(chances) as Step['do'][]).filter((step) => {
    if (chances[step] === 0) return false;
    if (step === 'backup' || step === 'restore') return disasters.restore;
    return step !== 'clone' || disasters.clone;
  });
  const steps = possible.map((step) => ({
    weight: chances[step],
    arbitrary: fc.record({ do: fc.constant(step), ...parametersOf(step) }) as unknown as fc.Arbitrary<Step>,
  }));
  return fc.array(fc.oneof(...steps), { minLength: 20, maxLength: length, size: 'max' });
}
