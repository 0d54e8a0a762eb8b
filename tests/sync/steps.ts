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
  | { readonly do: 'clone' };

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
  | 'many';

export interface Disasters {
  /** The server goes back to a backup. */
  readonly restore: boolean;
  /** A device becomes a disk copy of another. */
  readonly clone: boolean;
}

const device = fc.nat(3);
const any = fc.nat(15);
const project = fc.nat(2);
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
};

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
    if (step === 'backup' || step === 'restore') return disasters.restore;
    return step !== 'clone' || disasters.clone;
  });
  const steps = possible.map((step) => ({
    weight: chances[step],
    arbitrary: fc.record({ do: fc.constant(step), ...parametersOf(step) }) as unknown as fc.Arbitrary<Step>,
  }));
  return fc.array(fc.oneof(...steps), { minLength: 20, maxLength: length, size: 'max' });
}
