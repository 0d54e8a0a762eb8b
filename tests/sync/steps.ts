import fc from 'fast-check';

/** One thing that happens in a history. Numbers choose among what exists at that moment. */
export type Step =
  | { readonly do: Edit; readonly device: number; readonly pick: number; readonly to: number }
  | { readonly do: 'sync' | 'poke'; readonly device: number }
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

function edit(weight: number, what: Edit) {
  return { weight, arbitrary: fc.record({ do: fc.constant(what), device, pick: any, to: any }) };
}

function arbitraryStep(disasters: Disasters): fc.Arbitrary<Step> {
  const message = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: any });
  const how = fc.constantFrom('clean' as const, 'clean' as const, 'power-loss' as const, 'wiped' as const);
  const ms = fc.constantFrom(1_000, 31_000, 70_000, 301_000);
  return fc.oneof(
    edit(6, 'create'),
    edit(1, 'create-below'),
    edit(6, 'retitle'),
    edit(2, 'complete'),
    edit(1, 'reopen'),
    edit(4, 'move'),
    edit(2, 'trash'),
    edit(1, 'restore-task'),
    edit(2, 'purge'),
    edit(1, 'label'),
    edit(2, 'undo'),
    edit(1, 'redo'),
    edit(1, 'many'),
    { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('sync' as const, 'poke' as const), device }) },
    { weight: 36, arbitrary: fc.record({ do: fc.constant('deliver' as const), message }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), message }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('drop' as const), message, noticed: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('restart' as const), device, how }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('share' as const), project, user: fc.nat(1), how: fc.nat(5) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('compact' as const), project, pick: any }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('rest' as const), project, pick: any }) },
    { weight: 1, arbitrary: fc.constant({ do: 'switch-account' as const }) },
    { weight: disasters.restore ? 1 : 0, arbitrary: fc.constant({ do: 'backup' as const }) },
    { weight: disasters.restore ? 2 : 0, arbitrary: fc.constant({ do: 'restore' as const }) },
    { weight: disasters.clone ? 1 : 0, arbitrary: fc.constant({ do: 'clone' as const }) },
  );
}

/** Histories of up to `length` steps. */
export function arbitraryHistory(length: number, disasters: Disasters): fc.Arbitrary<Step[]> {
  return fc.array(arbitraryStep(disasters), { minLength: 20, maxLength: length, size: 'max' });
}
