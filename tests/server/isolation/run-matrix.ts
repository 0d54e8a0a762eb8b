import { runAttacks } from './attacks.ts';
import { runEventChecks } from './events.ts';
import { runForeignArguments, runForeignIds } from './foreign-ids.ts';
import { type MatrixReport, runMatrix } from './matrix.ts';
import { runPushMatrix } from './push-matrix.ts';
import { runScopeChecks } from './scopes.ts';
import { createWorld, type World } from './world.ts';

/** Each on a world of its own where it changes something that another one needs; the quick ones first. */
const SUITES: readonly (readonly ((world: World) => Promise<MatrixReport>)[])[] = [
  [runForeignArguments, runPushMatrix],
  [runAttacks, runForeignIds, runEventChecks],
  [runScopeChecks],
  [runMatrix],
];

/**
 * The isolation tests as a program: exit code 0 when all is as it should be, 1 when something was found, which
 * it prints. Every other end is a crash. `authorisation-removed.test.ts` runs it on damaged sources.
 */
for (const suites of SUITES) {
  const world = await createWorld();
  for (const run of suites) {
    const { faults } = await run(world);
    const [first] = faults;
    if (first === undefined) continue;
    process.stdout.write(`${faults.length} faults, such as ${first}\n`);
    process.exit(1);
  }
  await world[Symbol.asyncDispose]();
}
process.stdout.write('no fault\n');
