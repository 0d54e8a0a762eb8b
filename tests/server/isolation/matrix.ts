import type { Answer } from '#tests/support/test-app.ts';
import { hashDatabase } from './database-hash.ts';
import { methodOf, type Operation, OPERATIONS, type Wanted } from './operations.ts';
import {
  PRINCIPALS,
  PROJECTS,
  type PrincipalName,
  isVerdict,
  roleIn,
  type Verdict,
  verdictFor,
  verdictOf,
} from './rights.ts';
import { addMembers, canariesIn, canary, type Contents, fill, make, readableBy, type World } from './world.ts';

/** One request with what must come of it. */
interface Case {
  readonly title: string;
  readonly route: string;
  readonly principal: PrincipalName;
  readonly wanted: Wanted;
  readonly expected: Verdict;
  /** The same about something that does not exist, whose answer must not differ. */
  readonly absent?: Wanted;
}

export interface MatrixReport {
  readonly cases: number;
  readonly faults: readonly string[];
}

/** Runs the whole matrix over REST and returns everything that is not as it should be. */
export async function runMatrix(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  const cases = [...refusedCases(world)];
  let before = await hashDatabase(world.app.database);
  const byRoute = [...Map.groupBy(cases, (each) => each.route)];
  const { likelyRoutes } = world;
  if (likelyRoutes) byRoute.sort(([a], [b]) => Number(b.includes(likelyRoutes)) - Number(a.includes(likelyRoutes)));
  for (const [route, ofRoute] of byRoute) {
    const absents = new Map<string, string>();
    for (const each of ofRoute) await runCase(world, each, absents, faults);
    const after = await hashDatabase(world.app.database);
    if (after !== before) faults.push(`${route}: a request that was refused changed the database`);
    before = after;
  }
  const permitted = await runPermitted(world, faults);
  return { cases: cases.length + permitted, faults };
}

function* refusedCases(world: World): Iterable<Case> {
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    for (const principal of PRINCIPALS) {
      for (const each of casesOf(world, route, operation, principal)) if (each.expected !== 'allowed') yield each;
    }
  }
}

function* casesOf(world: World, route: string, operation: Operation, principal: PrincipalName): Iterable<Case> {
  const base = { route, principal };
  if (operation.on === 'project') {
    const absent = operation.request(world.nonexistent);
    for (const at of [...PROJECTS.map((name) => world.projects[name]), world.nonexistent]) {
      yield {
        ...base,
        title: `${route} as ${principal} at ${at.name}`,
        wanted: operation.request(at),
        expected: expectedAt(operation, principal, at),
        // Members know of their project that it exists.
        ...(!isMember(principal, at) && { absent }),
      };
    }
  } else if (operation.on === 'belonging') {
    const absent = operation.request(world.nobodys);
    for (const of of [...PRINCIPALS, 'nobody' as const]) {
      const expected = isOut(principal) ? 'unauthenticated' : of === principal ? 'allowed' : 'invisible';
      const wanted = of === 'nobody' ? absent : operation.request(world.own[of]);
      yield { ...base, title: `${route} as ${principal} on what is of ${of}`, wanted, expected, absent };
    }
  } else if (operation.on === 'self') {
    const denied = principal === 'demo' && operation.demo === 'denied';
    const expected = isOut(principal) ? 'unauthenticated' : denied ? 'forbidden' : 'allowed';
    yield { ...base, title: `${route} as ${principal}`, wanted: operation.request(), expected };
  }
}

type ProjectOperation = Extract<Operation, { on: 'project' }>;

function expectedAt(operation: ProjectOperation, principal: PrincipalName, at: Contents): Verdict {
  const verdict = verdictFor(principal, at.name, operation.need);
  const isOwnProject = at.name === 'foreign' && principal === 'stranger';
  return verdict === 'allowed' && !isOwnProject ? (operation.also?.(principal, at) ?? verdict) : verdict;
}

export function isMember(principal: PrincipalName, { name }: Contents): boolean {
  return name !== 'nonexistent' && roleIn(principal, name) !== undefined;
}

export function isOut(principal: PrincipalName): boolean {
  return principal === 'anonymous' || principal === 'disabled';
}

/** `absents`: what was answered about things that do not exist, by route and principal. */
async function runCase(world: World, each: Case, absents: Map<string, string>, faults: string[]): Promise<void> {
  const answer = await send(world, each.route, each.principal, each.wanted);
  const verdict = verdictOf(answer.status);
  if (answer.status >= 500 || !isVerdict(each.expected, answer.status)) {
    faults.push(`${each.title}: ${answer.status} instead of ${each.expected}`);
  }
  scan(each.title, each.principal, answer, faults);
  if (verdict === 'invisible' && each.absent && each.absent !== each.wanted) {
    const key = `${each.route} ${each.principal}`;
    const absent = absents.get(key) ?? masked(await send(world, each.route, each.principal, each.absent));
    absents.set(key, absent);
    if (masked(answer) !== absent) faults.push(`${each.title}: the answer tells it from something that is absent`);
  }
}

/** Everything of an answer that does not differ between any two requests. */
function masked({ status, body, headers }: Answer): string {
  const { requestId: _, ...rest } = body as Record<string, unknown>;
  const kept = Object.entries(headers).filter(([name]) => name !== 'date' && name !== 'content-length');
  return JSON.stringify([status, rest, kept]);
}

export function send(world: World, route: string, principal: PrincipalName, { path, body }: Wanted): Promise<Answer> {
  const as = world.principals[principal];
  return world.app.call(methodOf(route), path, { ...(as && { as }), ...(body !== undefined && { body }) });
}

/** Nothing that a principal gets may hold a text that they must not see. */
export function scan(title: string, principal: PrincipalName, answer: Answer, faults: string[]): void {
  const readable = readableBy(principal);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  for (const group of canariesIn(text)) if (!readable.has(group)) faults.push(`${title}: shows a text of ${group}`);
}

/** What is permitted must work, each time on things of its own; an operation that always refuses would pass the rest. */
async function runPermitted(world: World, faults: string[]): Promise<number> {
  let cases = 0;
  // Own things last: the requests end with deleting them, and with ending the session.
  const operations = Object.entries(OPERATIONS).toSorted(
    ([, a], [, b]) => Number(isPersonal(a)) - Number(isPersonal(b)),
  );
  for (const [route, operation] of operations) {
    for (const principal of PRINCIPALS) {
      for (const wanted of await permittedRequests(world, operation, principal)) {
        cases++;
        const answer = await send(world, route, principal, wanted);
        const title = `${route} as ${principal} where it is permitted`;
        if (answer.status >= 500 || !isVerdict('allowed', answer.status)) faults.push(`${title}: ${answer.status}`);
        scan(title, principal, answer, faults);
      }
    }
  }
  return cases;
}

function isPersonal({ on }: Operation): boolean {
  return on === 'belonging';
}

async function permittedRequests(world: World, operation: Operation, principal: PrincipalName): Promise<Wanted[]> {
  if (isOut(principal) || operation.on === 'nothing') return [];
  if (operation.on === 'belonging') return [operation.request(world.own[principal])];
  if (operation.on === 'self') return principal === 'demo' && operation.demo ? [] : [operation.request()];
  const wanted: Wanted[] = [];
  for (const name of PROJECTS) {
    const at = world.projects[name];
    if (expectedAt(operation, principal, at) !== 'allowed') continue;
    if (!operation.uses) wanted.push(operation.request(at));
    else if (name === 'shared') wanted.push(operation.request(await freshContents(world, operation.uses)));
  }
  return wanted;
}

export async function freshContents(world: World, what: 'contents' | 'project'): Promise<Contents> {
  const owner = world.principals.owner;
  if (!owner) throw new Error('the owner has an account');
  const { app, projects } = world;
  const text = canary('shared');
  const isWhole = what === 'project';
  const project = isWhole ? await make(app, owner, '/projects', { name: text }) : projects.shared.project;
  if (isWhole) await addMembers(app, owner, project, world.principals);
  return { name: 'shared', ...(await fill(app, owner, project, text)) };
}
