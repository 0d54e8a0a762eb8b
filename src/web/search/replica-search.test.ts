import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { archiveProject, deleteProject } from '#core/projects/project-mutators.ts';
import { SEARCH_KINDS, searchEntryOf } from '#core/search/search-entry.ts';
import { SearchIndex } from '#core/search/search-index.ts';
import { parseSearch } from '#core/search/search-query.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import { deleteTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { aMember, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX } from '#tests/support/web-harness.tsx';
import { ReplicaSearch } from './replica-search.ts';

const HOME = id(10);

function anAccountWithTasks(count: number): Replica {
  return anAccount([
    ['project', aProject({ id: HOME, name: 'Home' })],
    ['member', aMember(HOME)],
    ...Array.from({ length: count }, (_, n) => {
      return ['task', aTask({ id: id(100 + n), projectId: n % 2 === 0 ? HOME : INBOX, title: `Task ${n}` })] as const;
    }),
  ]);
}

/** Work that was put off, to be done when a test says so. */
function aQueue() {
  const works: (() => void)[] = [];
  const runAll = (): number => {
    let done = 0;
    for (let work = works.shift(); work; work = works.shift(), done++) work();
    return done;
  };
  return { later: (work: () => void) => void works.push(work), runAll, waiting: () => works.length };
}

const found = (search: ReplicaSearch, text: string): string[] => {
  const { hits } = search.search(parseSearch(text), 1_000);
  return SEARCH_KINDS.flatMap((kind) => hits[kind].map((hit) => hit.id));
};

test('nothing is read before its turn, and a search reads what waits as far as its time goes', () => {
  const queue = aQueue();
  const search = new ReplicaSearch(anAccountWithTasks(200), queue.later);
  expect(search.isComplete).toBe(false);
  expect(search.index.size).toBe(0);
  queue.runAll();
  expect(search.isComplete).toBe(true);
  expect(found(search, 'task')).toHaveLength(200);
});

test('what was written just now is found at once', () => {
  const queue = aQueue();
  const replica = anAccountWithTasks(2);
  const search = new ReplicaSearch(replica, queue.later);
  queue.runAll();
  const before = search.version.get();
  replica.mutate(updateTask, { id: id(100), title: 'Buy oranges' });
  expect(found(search, 'orang')).toEqual([id(100)]);
  expect(found(search, 'task')).toEqual([id(101)]);
  queue.runAll();
  expect(search.version.get()).toBeGreaterThan(before);
  expect(queue.waiting()).toBe(0);
});

test('what is in the trash is not found, with everything that belongs to it', () => {
  const replica = anAccountWithTasks(2);
  const search = new ReplicaSearch(replica);
  replica.mutate(createComment, { id: id(900), taskId: id(100), body: 'Ask for the receipt' });
  expect(found(search, 'receipt')).toEqual([id(900)]);
  replica.mutate(deleteTask, { id: id(100) });
  expect(found(search, 'receipt')).toEqual([]);
  replica.mutate(restoreTask, { id: id(100) });
  expect(found(search, 'receipt')).toEqual([id(900)]);
  replica.mutate(deleteProject, { id: HOME });
  expect(found(search, 'receipt')).toEqual([]);
  expect(found(search, 'task')).toEqual([id(101)]);
  expect(found(search, 'home')).toEqual([]);
});

test('completed and archived come behind open', () => {
  const replica = anAccountWithTasks(3);
  const search = new ReplicaSearch(replica);
  replica.mutate(completeTask, { id: id(101) });
  replica.mutate(createTask, { id: id(200), projectId: INBOX, title: 'Task 200', rank: 'a1' });
  expect(found(search, 'task').at(-1)).toBe(id(101));
  replica.mutate(archiveProject, { id: HOME });
  expect(found(search, 'task')[0]).toBe(id(200));
});

/** What has been changed again since cannot be undone. */
function undoIfPossible(replica: Replica): void {
  try {
    replica.undo();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not_undoable') throw error;
  }
}

test('after any changes it finds what an index made anew finds', () => {
  const title = fc.constantFrom('milk', 'oat milk', 'Call Ben', 'call garage', 'x');
  const step = fc.record({ n: fc.nat(9), title, what: fc.constantFrom('title', 'text', 'trash', 'back', 'search') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const replica = anAccountWithTasks(10);
      const search = new ReplicaSearch(replica, () => {});
      for (const { n, title: text, what } of steps) {
        const taskId = id(100 + n);
        if (what === 'search') search.search(parseSearch(text), 5);
        else if (what === 'back') undoIfPossible(replica);
        else if (replica.get('task', taskId)?.deletedAt) replica.mutate(restoreTask, { id: taskId });
        else if (what === 'trash') replica.mutate(deleteTask, { id: taskId });
        else replica.mutate(updateTask, { id: taskId, ...(what === 'title' ? { title: text } : { labels: [text] }) });
      }
      const anew = new SearchIndex();
      for (const kind of SEARCH_KINDS) {
        for (const row of replica.all(kind).values()) {
          const entry = searchEntryOf(kind, row);
          if (entry) anew.put(entry);
        }
      }
      for (const text of ['milk', 'call', 'oat m', 'task', 'mlik']) {
        const query = parseSearch(text);
        expect(search.search(query, 50)).toEqual(anew.search(query, { limit: 50 }));
      }
    }),
    { numRuns: 40 },
  );
});
