import type { Mutator } from '#core/mutation/mutator.ts';
import { ranksBetween } from '#core/ordering.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { COLORS } from '#core/schema.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';

export interface SeedOptions {
  readonly tasks: number;
  readonly projects: number;
  /** Epoch milliseconds; dates are spread around this day. */
  readonly now: number;
  readonly newId: () => string;
  /** The same seed gives the same tasks, so that measurements can be repeated. */
  readonly seed: number;
}

export interface SeedMutation {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: string;
}

const VERBS = [
  'Call',
  'Write',
  'Plan',
  'Review',
  'Buy',
  'Fix',
  'Clean',
  'Book',
  'Send',
  'Check',
  'Sort',
  'Prepare',
  'Return',
  'Measure',
];
const THINGS = [
  'the report',
  'train tickets',
  'the kitchen tap',
  'slides',
  'the garden shed',
  'invoices',
  'a birthday present',
  'the backup',
  'the contract',
  'groceries',
  'the bike',
  'the price list',
  'photos',
  'the handbook',
];
const PEOPLE = ['', ' with Anna', ' for Ben', ' with the team', ' for the office', ' before the holidays', ''];
const LABELS = ['errand', 'calls', 'computer', 'waiting', 'someday'];
const DAY = 86_400_000;

/**
 * Mutations that give an account many tasks, shaped like those of a busy person: most undated, some overdue,
 * a few dozen a day ahead, an eighth completed, some with subtasks, labels, priorities and notes.
 */
export function* seedMutations(options: SeedOptions): Generator<SeedMutation> {
  const { tasks, projects, now, newId } = options;
  const next = mulberry32(options.seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const chance = (share: number) => next() < share;
  const make = (mutator: Mutator, args: Record<string, unknown>, at = now): SeedMutation => ({
    name: mutator.key,
    args,
    at: new Date(at).toISOString(),
  });
  const today = Math.floor(now / DAY);
  const dayOf = (offset: number) => new Date((today + offset) * DAY).toISOString().slice(0, 10);
  const sizes = Array.from(
    { length: projects },
    (_, n) => Math.floor(tasks / projects) + (n < tasks % projects ? 1 : 0),
  );
  const projectRanks = ranksBetween('a0', null, projects);

  function taskArgs(projectId: string, sectionId: string | undefined, rank: string): Record<string, unknown> {
    const dated = chance(0.35);
    return {
      id: newId(),
      projectId,
      rank,
      title: `${pick(VERBS)} ${pick(THINGS)}${pick(PEOPLE)}`,
      ...(sectionId && { sectionId }),
      ...(dated && { date: dayOf(Math.floor(next() * 120) - 10) }),
      ...(dated &&
        chance(0.3) && {
          time: `${String(7 + Math.floor(next() * 14)).padStart(2, '0')}:${pick(['00', '15', '30', '45'])}`,
        }),
      ...(chance(0.1) && { deadline: dayOf(Math.floor(next() * 90)) }),
      ...(chance(0.25) && { priority: pick([1, 2, 3]) }),
      ...(chance(0.3) && { labels: [pick(LABELS)] }),
      ...(chance(0.1) && { description: `Notes about **${pick(THINGS)}**.\n\n- first\n- second` }),
    };
  }

  for (const [n, size] of sizes.entries()) {
    const projectId = newId();
    yield make(createProject, {
      id: projectId,
      name: `Project ${n + 1}`,
      rank: projectRanks[n],
      color: COLORS[n % COLORS.length],
    });
    const sectionIds = [undefined, newId(), newId()];
    yield make(createSection, { id: sectionIds[1], projectId, name: 'Next', rank: 'a0' });
    yield make(createSection, { id: sectionIds[2], projectId, name: 'Later', rank: 'a1' });
    let parentId: string | undefined;
    for (const [k, rank] of ranksBetween(null, null, size).entries()) {
      const createdAt = now - Math.floor(next() * 25 * DAY) - DAY;
      const below = parentId !== undefined && chance(0.1);
      const args = taskArgs(projectId, below ? undefined : sectionIds[k % 3], rank);
      yield make(createTask, { ...args, ...(below && { parentId }) }, createdAt);
      if (!below) parentId = args['id'] as string;
      if (chance(0.125)) yield make(completeTask, { id: args['id'] }, createdAt + Math.floor(next() * DAY));
    }
  }
}

/** Mulberry32 (github.com/cprosche/mulberry32): a small generator of numbers in [0, 1), the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
