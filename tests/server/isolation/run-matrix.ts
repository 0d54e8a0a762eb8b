import { runAttacks } from './attacks.ts';
import { runEventChecks } from './events.ts';
import { FirstFault } from './first-fault.ts';
import { runForeignArguments, runForeignIds } from './foreign-ids.ts';
import { type MatrixReport, runMatrix } from './matrix.ts';
import { runPushMatrix } from './push-matrix.ts';
import { runScopeChecks } from './scopes.ts';
import { createWorld, type World } from './world.ts';

/** Each on a world of its own where it changes something that another one needs; the quick ones first. */
const SUITES = {
  push: [runForeignArguments, runPushMatrix],
  attacks: [runAttacks, runForeignIds, runEventChecks],
  scopes: [runScopeChecks],
  routes: [runMatrix],
} satisfies Record<string, readonly ((world: World) => Promise<MatrixReport>)[]>;

export type Suite = keyof typeof SUITES;

/** An authorisation to take away, by its number, and the suites that look whether somebody notices. Null: all stay. */
export interface Removal {
  readonly number: number | null;
  readonly suites: readonly Suite[];
  /** A word of the routes that are likely to show it. */
  readonly likelyRoutes?: string | undefined;
}

/** `crash` proves nothing: what was taken away might not even have been reached. */
export interface Noticed {
  readonly end: 'fault' | 'no fault' | 'crash';
  readonly told: string;
}

/**
 * The isolation tests as a program that runs on sources with switches (`authorisation-sites.ts`): it is told which
 * authorisation is gone, runs until something is noticed, and says what. One process does many, one after another.
 */
let gone: number | null = null;
Object.assign(globalThis, { removed: (number: number) => number === gone });
process.on('message', (removal: Removal) => {
  gone = removal.number;
  void runUntilNoticed(removal).then((noticed) => process.send?.(noticed));
});

async function runUntilNoticed({ suites, likelyRoutes }: Removal): Promise<Noticed> {
  try {
    for (const name of suites) {
      await using world = await createWorld({ stopAtFirst: true, likelyRoutes });
      for (const run of SUITES[name]) await run(world);
    }
    return { end: 'no fault', told: '' };
  } catch (error) {
    if (error instanceof FirstFault) return { end: 'fault', told: error.message };
    return { end: 'crash', told: error instanceof Error ? (error.stack ?? '') : String(error) };
  }
}
