/**
 * What searching the local database of the web app costs per keystroke, without rendering: `node bench/search.ts`.
 * Titles of 3 to 8 words, a fifth of the tasks with a description of 40 words, one comment per ten tasks, words as
 * common as in real texts. Goal: 12 ms at 10,000 tasks, and no slice of making the index above 50 ms.
 */
import { parseArgs } from 'node:util';
import type { Comment } from '#core/comments/comment.ts';
import type { Row } from '#core/rows.ts';
import { parseSearch } from '#core/search/search-query.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { anId, aMember, aProject, aTask } from '#tests/support/row-factories.ts';
import { Replica } from '#web/replica/replica.ts';
import { ReplicaSearch } from '#web/search/replica-search.ts';

const NOW = '2026-11-22T09:00:00.000Z';
const VOCABULARY = 20_000;
const SYLLABLES =
  'an be ca de er fi ga ho in ko la me no or pe ra se ta un ve wi zu äh ör sch tion ung lich ver mit end ing'.split(
    ' ',
  );
const QUERIES = ['a', 'verkaufen', 'call the garage', 'rechnung november', 'müll', 'zzzz', 'mit be la', 'tionunglich'];
/** Told per row of the replica, whatever its kind. */
const LIMIT = 20;

let state = 1;

function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const words = Array.from({ length: VOCABULARY }, () =>
  Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(SYLLABLES)).join(''),
);
/** The n-th word is as common as 1/n: Zipf's law. */
const aWord = (): string => words[Math.floor(VOCABULARY ** random()) - 1] ?? 'word';
const text = (length: number): string => Array.from({ length }, aWord).join(' ');

function fill(size: number): { replica: Replica; last: string } {
  const ana = anId();
  const project = aProject({ createdBy: ana });
  const tasks = Array.from({ length: size }, (_, n) =>
    aTask({
      projectId: project.id,
      createdBy: ana,
      title: text(3 + Math.floor(random() * 6)),
      description: n % 5 === 0 ? text(40) : '',
      labels: n % 4 === 0 ? [aWord()] : [],
      completedAt: n % 3 === 0 ? NOW : null,
    }),
  );
  const comments = tasks
    .filter((_, n) => n % 10 === 0)
    .map((task): Comment => {
      const { id, rev, createdAt, updatedAt } = aTask();
      const place = { projectId: project.id, taskId: task.id, authorId: ana };
      return { id, rev, createdAt, updatedAt, ...place, body: text(20), editedAt: null, deletedAt: null };
    });
  const replica = new Replica({
    account: { userId: ana, username: 'ana', displayName: 'Ana', instanceRole: 'user', active: true },
    clock: () => Date.parse(NOW),
    random: (bytes) => bytes.map(() => random() * 256),
  });
  const member = aMember({ projectId: project.id, userId: ana });
  const put: Record<string, readonly Row[]> = { project: [project], member: [member], task: tasks, comment: comments };
  const scope = { s: `p:${project.id}` as const, to: { ver: 1, tag: 1 }, view: '', put: put as never, del: [], sum: 0 };
  replica.applyPull({ gone: [], staged: [], scopes: [scope], last: 0 }, []);
  return { replica, last: tasks.at(-1)?.id ?? '' };
}

const timed = (work: () => unknown): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};
const quantile = (values: readonly number[], q: number): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN).toFixed(2);
};

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function measure(size: number): Record<string, string> {
  const { replica, last } = fill(size);
  const before = heap();
  const slices: number[] = [];
  const queue: (() => void)[] = [];
  const search = new ReplicaSearch(replica, (work) => void queue.push(work));
  for (let work = queue.shift(); work; work = queue.shift()) slices.push(timed(work));
  const first = timed(() => search.search(parseSearch('a'), LIMIT));
  const memory = (heap() - before) / 2 ** 20;
  const keystrokes: number[] = [];
  const edits: number[] = [];
  for (let round = 0; round < 12; round++) {
    for (const each of QUERIES) {
      for (let length = 1; length <= each.length; length++) {
        const query = each.slice(0, length);
        const took = timed(() => search.search(parseSearch(query), LIMIT));
        if (round > 1) keystrokes.push(took);
      }
    }
    replica.mutate(updateTask, { id: last, title: `Renamed ${round} ${aWord()}` });
    edits.push(timed(() => search.search(parseSearch('renamed'), LIMIT)));
  }
  const { documents, words: known, postings } = search.index.extent;
  return {
    'index, ms': slices.reduce((sum, each) => sum + each, 0).toFixed(0),
    'longest slice, ms': Math.max(...slices).toFixed(1),
    'first search, ms': first.toFixed(1),
    'keystroke, p50 / p95 / max ms': `${quantile(keystrokes, 0.5)} / ${quantile(keystrokes, 0.95)} / ${quantile(keystrokes, 1)}`,
    'search after an edit, p50 ms': quantile(edits, 0.5),
    'rows, words, places': `${documents}, ${known}, ${postings}`,
    'memory, MiB': globalThis.gc ? memory.toFixed(1) : 'node --expose-gc tells',
  };
}

const { values } = parseArgs({ options: { tasks: { type: 'string', multiple: true, default: ['10000', '100000'] } } });
const table = Object.fromEntries(values.tasks.map((size) => [`${size} tasks`, measure(Number(size))]));
const [first] = Object.values(table);
console.table(
  Object.fromEntries(
    Object.keys(first ?? {}).map((row) => [
      row,
      Object.fromEntries(Object.entries(table).map(([column, cells]) => [column, cells[row]])),
    ]),
  ),
);
