import { PUSH_MAX, type PushResponse, SCHEMA_VERSION, PROTOCOL_VERSION } from '#core/sync/protocol.ts';
import type { TestPrincipal } from '#tests/support/test-app.ts';
import { hashDatabase } from './database-hash.ts';
import { freshContents, isMember, isOut, type MatrixReport, scan } from './matrix.ts';
import { keyOf, MUTATIONS, type MutationCase } from './mutations.ts';
import { isVerdict, PRINCIPALS, PROJECTS, type PrincipalName, type Verdict, verdictFor } from './rights.ts';
import type { World } from './world.ts';

interface Pushed {
  readonly title: string;
  readonly name: string;
  readonly args: unknown;
  readonly expected: Verdict;
  /** Whether its answer must be the same for something that does not exist. */
  readonly isAbsent: boolean;
}

interface Outcome {
  readonly status: string;
  readonly code?: string;
  readonly detail?: string;
}

/** Sends every mutator as a device would, as every principal, about everything, and returns what is not as it should be. */
export async function runPushMatrix(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  let cases = 0;
  const before = await hashDatabase(world.app.database, { refusals: true });
  for (const principal of PRINCIPALS) {
    const refused = casesOf(world, principal).filter((each) => each.expected !== 'allowed');
    cases += refused.length;
    check(refused, await push(world, principal, refused, faults), faults);
    if ((await hashDatabase(world.app.database, { refusals: true })) !== before) {
      faults.push(`a mutation of ${principal} that was refused changed the database`);
      break;
    }
  }
  for (const principal of PRINCIPALS) {
    const permitted = await permittedOf(world, principal);
    cases += permitted.length;
    check(permitted, await push(world, principal, permitted, faults), faults);
  }
  return { cases, faults };
}

function check(sent: readonly Pushed[], outcomes: readonly Outcome[] | 401, faults: string[]): void {
  const absent = new Map<string, Outcome>();
  for (const [i, each] of sent.entries()) {
    const outcome = outcomes === 401 ? { status: 'rejected', code: 'unauthenticated' } : outcomes[i];
    const status = statusOf(outcome);
    if (!isVerdict(each.expected, status)) {
      faults.push(`${each.title}: ${outcome?.code ?? outcome?.status ?? 'nothing'} instead of ${each.expected}`);
    }
    if (status !== 404 || !outcome || !each.isAbsent) continue;
    const first = absent.get(each.name);
    if (!first) absent.set(each.name, outcome);
    else if (first.detail !== outcome.detail) faults.push(`${each.title}: the answer tells it from what is absent`);
  }
}

function statusOf(outcome: Outcome | undefined): number {
  if (!outcome) return 500;
  if (outcome.status !== 'rejected') return 200;
  const known: Readonly<Record<string, number>> = {
    not_found: 404,
    forbidden: 403,
    unauthenticated: 401,
    internal: 500,
  };
  return known[outcome.code ?? 'internal'] ?? 409;
}

/** The mutations in one queue, or 401. */
export async function push(
  world: World,
  principal: PrincipalName,
  mutations: readonly Pick<Pushed, 'name' | 'args'>[],
  faults: string[],
): Promise<readonly Outcome[] | 401> {
  const { newId, clock } = world.app.context;
  const as: TestPrincipal | undefined = world.principals[principal];
  const clientId = newId();
  const outcomes: Outcome[] = [];
  for (let from = 0; from < mutations.length; from += PUSH_MAX) {
    const muts = mutations.slice(from, from + PUSH_MAX).map(({ name, args }, i) => ({
      seq: from + i + 1,
      uid: newId(),
      name: keyOf(name),
      args,
      at: new Date(clock.now()).toISOString(),
    }));
    const body = { v: PROTOCOL_VERSION, schema: SCHEMA_VERSION, instance: null, epoch: null, clientId, muts };
    const answer = await world.app.call<PushResponse>('POST', '/sync/push', { ...(as && { as }), body });
    scan(`push as ${principal}`, principal, answer, faults);
    if (answer.status === 401) return 401;
    if (answer.status !== 200 || answer.body.stop) faults.push(`push as ${principal}: ${JSON.stringify(answer.body)}`);
    outcomes.push(...answer.body.results);
  }
  return outcomes;
}

function casesOf(world: World, principal: PrincipalName): Pushed[] {
  return Object.entries(MUTATIONS).flatMap(([name, each]) => {
    const newId = world.app.context.newId;
    if (each.on === 'project') {
      return [world.nonexistent, ...PROJECTS.map((project) => world.projects[project])].map((at) => ({
        title: `${name} as ${principal} at ${at.name}`,
        name,
        args: each.args(at, newId),
        expected: expectedOf(each, principal, at.name),
        isAbsent: !isMember(principal, at),
      }));
    }
    if (each.on === 'belonging') {
      return (['nobody', ...PRINCIPALS] as const).map((of) => ({
        title: `${name} as ${principal} on what is of ${of}`,
        name,
        args: each.args(of === 'nobody' ? world.nobodys : world.own[of], newId),
        expected: isOut(principal) ? 'unauthenticated' : of === principal ? 'allowed' : 'invisible',
        isAbsent: of !== principal,
      }));
    }
    const args = each.on === 'self' ? each.args(newId) : each.args(world.projects.shared, newId);
    const expected = isOut(principal) ? 'unauthenticated' : each.on === 'self' ? 'allowed' : 'forbidden';
    return [{ title: `${name} as ${principal}`, name, args, expected, isAbsent: false }];
  });
}

type ProjectMutation = Extract<MutationCase, { on: 'project' }>;

function expectedOf(each: ProjectMutation, principal: PrincipalName, at: Parameters<typeof verdictFor>[1]): Verdict {
  const verdict = verdictFor(principal, at, each.need);
  return verdict === 'allowed' && at !== 'foreign' && each.except?.includes(principal) ? 'forbidden' : verdict;
}

async function permittedOf(world: World, principal: PrincipalName): Promise<Pushed[]> {
  const { newId } = world.app.context;
  const permitted: Pushed[] = [];
  const add = (name: string, args: unknown): void => {
    const title = `${name} as ${principal} where it is permitted`;
    permitted.push({ title, name, args, expected: 'allowed', isAbsent: false });
  };
  if (isOut(principal)) return permitted;
  for (const [name, each] of Object.entries(MUTATIONS)) {
    if (each.on === 'self') add(name, each.args(newId));
    if (each.on === 'belonging') add(name, each.args(world.own[principal], newId));
    if (each.on !== 'project' || expectedOf(each, principal, 'shared') !== 'allowed') continue;
    add(name, each.args(await freshContents(world, each.wholeProject ? 'project' : 'contents'), newId));
  }
  return permitted;
}
