import { runAttacks } from './attacks.ts';
import { runEventChecks } from './events.ts';
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

/**
 * The isolation tests as a program: exit code 0 when all is as it should be, 1 when something was found, which
 * it prints. Every other end is a crash. `authorisation-removed.test.ts` runs it on damaged sources, and names the
 * suite that is likely to notice first.
 */
const order = new Set([...process.argv.slice(2), ...Object.keys(SUITES)]) as Set<keyof typeof SUITES>;
for (const name of order) {
  const world = await createWorld();
  for (const run of SUITES[name]) {
    const { faults } = await run(world);
    const [first] = faults;
    if (first === undefined) continue;
    process.stdout.write(`${name}: ${faults.length} faults, such as ${first}\n`);
    process.exit(1);
  }
  await world[Symbol.asyncDispose]();
}
process.stdout.write('no fault\n');
