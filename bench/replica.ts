/**
 * What the local database of the web app costs, without rendering and storage: `node bench/replica.ts`.
 * The account has 50 tasks per project; the three watched results are one project, today and one label.
 */
import { parseArgs } from 'node:util';
import type { Row, RowOf } from '#core/rows.ts';
import { rankBetween } from '#core/ordering.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { Replica } from '#web/replica/replica.ts';

const NOW = '2026-11-22T09:00:00.000Z';
const ANA = uuid(0, 1);
const TASKS_PER_PROJECT = 50;
const LABELS = Array.from({ length: 26 }, (_, i) => `label ${String.fromCharCode(97 + i)}`);

function uuid(kind: number, n: number): string {
  return `0190000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

let state = 1;

function random(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

const stamped = { rev: 1, createdAt: NOW, updatedAt: NOW };

function aTask(n: number, rank: string): Task {
  const day = n % 1_000 < 40 ? `2026-${n % 2 ? '11-22' : '12-01'}` : null;
  return {
    ...stamped,
    id: uuid(2, n),
    projectId: uuid(1, Math.floor(n / TASKS_PER_PROJECT)),
    title: `Task number ${n}`,
    description: n % 5 === 0 ? 'Some words about what has to be done and why.' : '',
    priority: ((n % 4) + 1) as Task['priority'],
    labels: [LABELS[n % LABELS.length] as string],
    assigneeId: null,
    date: day,
    time: null,
    timeZone: null,
    evening: false,
    deadline: null,
    duration: null,
    recurrence: null,
    descriptionConflict: null,
    sectionId: null,
    parentId: null,
    rank,
    completedAt: null,
    completedBy: null,
    createdBy: ANA,
    deletedAt: null,
  };
}

interface Account {
  readonly replica: Replica;
  readonly tasks: readonly Task[];
  readonly loadMs: number;
}

function load(size: number): Account {
  const projects: RowOf<'project'>[] = [];
  const members: RowOf<'member'>[] = [];
  const tasks: Task[] = [];
  let rank: string | null = null;
  for (let n = 0; n < size; n++) {
    if (n % TASKS_PER_PROJECT === 0) {
      const id = uuid(1, n / TASKS_PER_PROJECT);
      rank = null;
      const place = { parentId: null, rank: 'a0', inbox: false, createdBy: ANA, archivedAt: null, deletedAt: null };
      projects.push({ ...stamped, id, name: `Project ${id}`, color: 'slate', icon: null, view: null, ...place });
      const who = { userId: ANA, username: 'ana', displayName: 'Ana', role: 'owner' as const };
      members.push({ ...stamped, id: `${id}.${ANA}`, projectId: id, ...who });
    }
    rank = rankBetween(rank, null);
    tasks.push(aTask(n, rank));
  }
  const account = { userId: ANA, username: 'ana', displayName: 'Ana', instanceRole: 'user', active: true } as const;
  const replica = new Replica({ account, clock: () => Date.parse(NOW), random });
  const begin = performance.now();
  const put = { project: projects, member: members, task: tasks };
  apply(replica, put, 1);
  return { replica, tasks, loadMs: performance.now() - begin };
}

function apply(replica: Replica, put: Record<string, readonly Row[]>, ver: number): void {
  const scope = { s: `p:${uuid(1, 0)}`, to: { ver, tag: 1 }, view: '', put: put as never, del: [], sum: 0 };
  replica.applyPull({ gone: [], staged: [], scopes: [scope], last: 0 }, []);
}

function watch(replica: Replica) {
  const queries = [
    replica.query({ kind: 'task', where: { index: 'openByProject', key: uuid(1, 3) } }),
    replica.query({ kind: 'task', where: { index: 'openByDate', to: '2026-11-22' } }),
    replica.query({ kind: 'task', where: { index: 'openByLabel', key: LABELS[0] as string } }),
  ];
  for (const query of queries) query.subscribe(() => {});
  return () => queries.reduce((sum, query) => sum + query.rows().length, 0);
}

function timed(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/** Repeats without the queue growing: each round is taken back as if the server had refused it. */
function sample(account: Account, read: () => number, times: number, change: (i: number) => string): number[] {
  const found: number[] = [];
  for (let i = 0; i < times; i++) {
    let uid = '';
    found.push(
      timed(() => {
        uid = change(i);
        read();
      }),
    );
    const { replica } = account;
    replica.rebase(() => void replica.outbox.reject(uid, 'internal', ''));
    replica.dismissRejected(uid);
  }
  return found.sort((a, b) => a - b);
}

function measure(size: number): Record<string, string> {
  const account = load(size);
  const { replica, tasks } = account;
  let read = (): number => 0;
  const mount = timed(() => {
    read = watch(replica);
    read();
  });
  const inWatched = tasks.filter((task) => task.labels[0] === LABELS[0]);
  const edit = (i: number): string => {
    const task = inWatched[i % inWatched.length] as Task;
    return replica.mutate(updateTask, { id: task.id, title: `Renamed ${i}` });
  };
  const insert = (): string => {
    const [projectId, labels] = [uuid(1, 3), [LABELS[0] as string]];
    return replica.mutate(createTask, { id: replica.newId(), projectId, labels, title: 'New', rank: 'a5' });
  };
  sample(account, read, 500, edit);
  const updates = sample(account, read, 2_000, edit);
  const inserts = sample(account, read, 1_000, insert);
  const remote = (count: number, rev: number): void => {
    const changed = tasks.slice(0, count).map((task) => ({ ...task, rev, title: `From elsewhere ${rev}` }));
    apply(replica, { task: changed }, rev);
    read();
  };
  const one = Array.from({ length: 200 }, (_, i) => timed(() => remote(1, 2 + i))).sort((a, b) => a - b);
  const thousand = Array.from({ length: 9 }, (_, i) => timed(() => remote(1_000, 300 + i))).sort((a, b) => a - b);
  for (let i = 0; i < 50; i++) edit(i);
  const pending = Array.from({ length: 50 }, (_, i) => timed(() => remote(1, 400 + i))).sort((a, b) => a - b);
  const ms = (value: number): string => value.toFixed(value < 1 ? 3 : 1);
  return {
    'load, ms': ms(account.loadMs),
    'mount 3 live queries, ms': ms(mount),
    'optimistic update → 3 results, p50 / p95 ms': `${ms(quantile(updates, 0.5))} / ${ms(quantile(updates, 0.95))}`,
    'optimistic insert, p50 / p95 ms': `${ms(quantile(inserts, 0.5))} / ${ms(quantile(inserts, 0.95))}`,
    '1 remote row, p50 ms': ms(quantile(one, 0.5)),
    '1,000 remote rows in one pull, p50 ms': ms(quantile(thousand, 0.5)),
    'remote row with 50 pending, p50 ms': ms(quantile(pending, 0.5)),
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
