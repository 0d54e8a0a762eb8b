import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createComment, deleteComment } from '#core/comments/comment-mutators.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { archiveProject, createProject, deleteProject } from '#core/projects/project-mutators.ts';
import { type SearchEntry, searchEntryOf, type SearchKind } from '#core/search/search-entry.ts';
import { FEW, SearchIndex, type StandingOf } from '#core/search/search-index.ts';
import { parseSearch } from '#core/search/search-query.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import type { WriteMutation } from '#server/write/write-request.ts';
import { aMutation, createWriteWorld, newId, type TestUser, type WriteWorld } from '#tests/support/write-world.ts';
import { isBeginning } from './search-matches.ts';
import { search } from './search-repository.ts';

let world: WriteWorld;

beforeAll(async () => {
  world = await createWriteWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const WORDS =
  'milk Milch Milchreis mlik München muenchen Müller Straße strasse e-mail Email to-do call calls recall Übung ubung ' +
  'Rechnung rechnungen rehcnung b2 room2345 東京 タワー 🎉 ÉTÉ l’été привет हिन्दी ok 𐌰𐌱𐌲𐌳';
const word = fc.constantFrom(...WORDS.split(' '));
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const rarely = fc.integer({ max: 5, min: 0 }).map((n) => n === 0);

const PROJECTS = 3;
const aProject = fc.record({ name: text, archived: rarely, trashed: rarely });
const aTask = fc.record({
  project: fc.nat(PROJECTS),
  title: text,
  description: fc.oneof(fc.constant(''), text),
  labels: fc.uniqueArray(word, { maxLength: 2, selector: (each) => each.normalize('NFC').toLowerCase() }),
  completed: rarely,
  trashed: rarely,
  comment: fc.option(fc.record({ body: text, trashed: rarely })),
});
const account = fc.record({
  projects: fc.array(aProject, { minLength: PROJECTS, maxLength: PROJECTS }),
  tasks: fc.array(aTask, { minLength: 4, maxLength: 12 }),
  label: word,
});
const slip = fc.tuple(word, fc.nat(), fc.constantFrom('', 'q')).map(([each, at, instead]) => {
  const place = 1 + (at % each.length);
  return each.slice(0, place) + instead + each.slice(place + 1);
});
const beginning = fc.tuple(word, fc.nat()).map(([each, cut]) => each.slice(0, 1 + (cut % each.length)));
const queryText = fc
  .array(fc.oneof(word, beginning, slip), { minLength: 1, maxLength: 2 })
  .map((words) => words.join(' ').toWellFormed())
  .filter((each) => parseSearch(each).terms.every(({ forms }) => forms.every(isBeginningOnBoth)));

/** A single letter has to be a whole word on the server; of scripts without spaces each is one. */
function isBeginningOnBoth(form: string): boolean {
  return isBeginning(form) || /[\p{sc=Han}\p{sc=Kana}]/v.test(form);
}

type Account = typeof account extends fc.Arbitrary<infer T> ? T : never;

/** Everything through the write path, as it is kept; what is trashed or archived has been there before. */
async function write(user: TestUser, { projects, tasks, label }: Account): Promise<void> {
  const mutations: WriteMutation[] = [aMutation(createLabel, { id: newId(), name: label, rank: 'a0' })];
  const later: WriteMutation[] = [];
  const projectIds = projects.map(({ name, archived, trashed }) => {
    const id = newId();
    mutations.push(aMutation(createProject, { id, name, rank: 'a0' }));
    if (archived) later.push(aMutation(archiveProject, { id }));
    if (trashed) later.push(aMutation(deleteProject, { id }));
    return id;
  });
  for (const { project, title, description, labels, completed, trashed, comment } of tasks) {
    const id = newId();
    const projectId = projectIds[project] ?? user.inboxId;
    mutations.push(aMutation(createTask, { id, projectId, title, description, labels, rank: 'a0' }));
    if (comment) {
      const commentId = newId();
      mutations.push(aMutation(createComment, { id: commentId, taskId: id, body: comment.body }));
      if (comment.trashed) mutations.push(aMutation(deleteComment, { id: commentId }));
    }
    if (completed) mutations.push(aMutation(completeTask, { id }));
    if (trashed) mutations.push(aMutation(deleteTask, { id }));
  }
  await world.write.execute({ actor: user, mutations: [...mutations, ...later], atomic: true });
}

/** What a device of the user would find: the index of core over the rows that it would have. */
async function deviceOf(user: TestUser) {
  const [projects, members, tasks, labels, comments] = await Promise.all([
    world.rows('project'),
    world.rows('member'),
    world.rows('task'),
    world.rows('label'),
    world.rows('comment'),
  ]);
  const own = new Set(members.filter(({ userId }) => userId === user.userId).map(({ projectId }) => projectId));
  const trashed = new Set(projects.filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id));
  const archived = new Set(projects.filter(({ archivedAt }) => archivedAt !== null).map(({ id }) => id));
  const taskById = new Map(tasks.map((task) => [task.id, task]));
  const taskOfComment = new Map(comments.map(({ id, taskId }) => [id, taskById.get(taskId)]));
  const index = new SearchIndex();
  const put = (entry: SearchEntry | undefined) => entry && index.put(entry);
  for (const row of projects) if (own.has(row.id)) put(searchEntryOf('project', row));
  for (const row of tasks) if (own.has(row.projectId)) put(searchEntryOf('task', row));
  for (const row of comments) if (own.has(row.projectId)) put(searchEntryOf('comment', row));
  for (const row of labels) if (row.userId === user.userId) put(searchEntryOf('label', row));
  const standing: StandingOf = ({ kind, id, done }) => {
    const task = kind === 'comment' ? taskOfComment.get(id) : taskById.get(id);
    if (task?.deletedAt || trashed.has(task?.projectId ?? '')) return 'hidden';
    return done || archived.has(task?.projectId ?? '') || Boolean(task?.completedAt) ? 'done' : 'open';
  };
  return (query: string) => index.search(parseSearch(query), { limit: 1000, standing });
}

const KINDS = ['project', 'task', 'label', 'comment'] as const satisfies readonly SearchKind[];

test('the server finds what a device finds, as good as it is there', async () => {
  await fc.assert(
    fc.asyncProperty(account, fc.array(queryText, { minLength: 25, maxLength: 25 }), async (given, queries) => {
      const user = await world.addUser(`u${newId()}`);
      await write(user, given);
      const onDevice = await deviceOf(user);
      for (const query of queries) {
        const { hits, total } = onDevice(query);
        // The server looks at titles and labels only for where a slip of the finger is.
        const asTyped = total >= FEW && KINDS.every((kind) => hits[kind].every(({ typo }) => !typo));
        // oxlint-disable-next-line no-await-in-loop -- one after the other is easier to follow when it fails
        const found = await search(world.database, { userId: user.userId, text: query, kind: undefined, limit: 1000 });
        for (const kind of KINDS) {
          const here = found.filter(({ hit }) => hit.kind === kind);
          const ids = hits[kind].map(({ id }) => id);
          expect(here.map(({ hit }) => hit.id).toSorted(), `${kind} for ${query}`).toEqual(ids.toSorted());
          if (!asTyped) continue;
          const grade = new Map(hits[kind].map((hit) => [hit.id, hit.grade]));
          for (const { hit, rank } of here) expect(rank[0], `${kind} for ${query}`).toBe(grade.get(hit.id));
        }
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});
