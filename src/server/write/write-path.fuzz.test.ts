import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { scopeOf } from '#core/rows.ts';
import { createLocalHub } from '#server/write/hub.ts';
import { createWritePath } from '#server/write/write-path.ts';
import type { WriteMutation } from '#server/write/write-request.ts';
import { createSyncDevice, sorted, visibleRows } from '#tests/support/sync-device.ts';
import { testEngine } from '#tests/support/test-database.ts';
import {
  addProject,
  createWriteWorld,
  newId,
  sumsFromRows,
  sumsFromScopes,
  type TestUser,
  type WriteWorld,
} from '#tests/support/write-world.ts';

/** One thing that somebody tries; numbers pick among the ids that exist by then. */
interface Attempt {
  readonly who: number;
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly sync: boolean;
}

const attempts = fc.array(
  fc.record({ who: fc.nat(1), what: fc.nat(99), a: fc.nat(1000), b: fc.nat(1000), sync: fc.boolean() }),
  { minLength: 20, maxLength: 60 },
);

interface Ids {
  readonly projects: string[];
  readonly tasks: string[];
  readonly sections: string[];
  readonly uids: string[];
  readonly users: readonly TestUser[];
}

const pick = (ids: readonly string[], n: number): string => ids[n % Math.max(1, ids.length)] ?? newId();

function mutationFor({ what, a, b }: Attempt, ids: Ids): WriteMutation {
  const id = newId();
  const make = (name: string, args: object): WriteMutation => {
    const mutation = { uid: newId(), name, args };
    ids.uids.push(mutation.uid);
    return mutation;
  };
  const rank = `a${b % 10}`;
  if (what < 25) {
    ids.tasks.push(id);
    const parent = a % 3 === 0 ? { parentId: pick(ids.tasks, b) } : {};
    return make('task.create@1', { id, projectId: pick(ids.projects, a), title: `Task ${a}`, rank, ...parent });
  }
  if (what < 40) return make('task.move@1', { id: pick(ids.tasks, a), projectId: pick(ids.projects, b), rank });
  if (what < 48) return make('task.update@1', { id: pick(ids.tasks, a), title: `Title ${b}` });
  if (what < 56) return make('task.complete@1', { id: pick(ids.tasks, a) });
  if (what < 60) return make('task.reopen@1', { id: pick(ids.tasks, a) });
  if (what < 65) return make('task.delete@1', { id: pick(ids.tasks, a) });
  if (what < 69) return make('task.restore@1', { id: pick(ids.tasks, a) });
  if (what < 72) return make('task.purge@1', { id: pick(ids.tasks, a) });
  if (what < 76) return make('comment.create@1', { id, taskId: pick(ids.tasks, a), body: 'Hm' });
  if (what < 80) {
    ids.sections.push(id);
    return make('section.create@1', { id, projectId: pick(ids.projects, a), name: 'S', rank });
  }
  if (what < 83) return make('task.move@1', { id: pick(ids.tasks, a), sectionId: pick(ids.sections, b) });
  if (what < 85) return make('section.delete@1', { id: pick(ids.sections, a) });
  const member = { projectId: pick(ids.projects, a), userId: ids.users[b % ids.users.length]!.userId };
  if (what < 88) return make('member.add@1', { ...member, role: b % 2 === 0 ? 'editor' : 'viewer' });
  if (what < 91) return make('member.remove@1', member);
  if (what < 93) return make('project.delete@1', { id: pick(ids.projects, a) });
  if (what < 95) return make('project.restore@1', { id: pick(ids.projects, a) });
  return make('undo@1', { uid: pick(ids.uids, a) });
}

async function setUp(world: WriteWorld): Promise<Ids> {
  const users = [await world.addUser(`ana-${newId()}`), await world.addUser(`ben-${newId()}`)] as const;
  const shared = await addProject(world, users[0], [[users[1], 'editor']]);
  const own = await addProject(world, users[0]);
  return { projects: [shared, own, users[0].inboxId, users[1].inboxId], tasks: [], sections: [], uids: [], users };
}

/** Two write paths on one database, as two processes have; on SQLite they share the one writer. */
function secondProcess(world: WriteWorld) {
  return createWritePath({ database: world.database, hub: createLocalHub(), now: () => world.clockMs });
}

test('whatever happens, checksums and search index fit the rows, and every device ends with what its user may see', async () => {
  await using world = await createWriteWorld();
  await fc.assert(
    fc.asyncProperty(attempts, async (steps) => {
      const ids = await setUp(world);
      const paths = [world.write, secondProcess(world)];
      const devices = ids.users.map((user) => createSyncDevice(world.database, world.write, user));
      for (let start = 0; start < steps.length; start += 6) {
        const round = steps.slice(start, start + 6);
        const running = round.map(async (step, i) => {
          const actor = ids.users[step.who] as TestUser;
          const request = { actor, mutations: [mutationFor(step, ids)], atomic: true };
          await paths[i % 2]!.execute(request).catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
          });
        });
        // A pull in the middle of writes sees each scope either before or after each of them.
        const reader = round.find((step) => step.sync)?.who;
        await Promise.all([...running, reader === undefined ? undefined : devices[reader]!.sync()]);
      }
      for (const [i, device] of devices.entries()) {
        await device.sync();
        expect(sorted(device.rows)).toEqual(sorted(await visibleRows(world.database, ids.users[i]!.userId)));
      }
      expect(await sumsFromScopes(world)).toEqual(await sumsFromRows(world));
      expect(await gapsInHistory(world)).toEqual([]);
      expect(await searchable(world)).toEqual(await indexed(world));
    }),
    { numRuns: testEngine() === 'sqlite' ? 60 : 25, endOnFailure: true },
  );
}, 120_000);

/** Scopes whose versions are not 1, 2, 3 … up to the present one. */
async function gapsInHistory({ database }: WriteWorld): Promise<string[]> {
  const rows = await database.reader
    .selectFrom('scope')
    .leftJoin('scope_commit', 'scope_commit.scope_id', 'scope.id')
    .select((eb) => ['scope.id', 'scope.ver', eb.fn.count('scope_commit.ver').as('commits')])
    .groupBy(['scope.id', 'scope.ver'])
    .execute();
  return rows.filter(({ ver, commits }) => ver !== Number(commits)).map(({ id }) => id);
}

/** What the search index has to know: tasks, comments and projects that are not in the trash, and where they are. */
async function searchable(world: WriteWorld): Promise<string[]> {
  const kinds = ['task', 'comment', 'project'] as const;
  const found = await Promise.all(
    kinds.map(async (kind) =>
      (await world.rows(kind)).flatMap((row) =>
        row.deletedAt ? [] : [`${scopeOf(kind, row as never)} ${kind} ${row.id}`],
      ),
    ),
  );
  return found.flat().toSorted();
}

async function indexed({ database }: WriteWorld): Promise<string[]> {
  const rows = await database.reader.selectFrom('search_document').select(['scope_id', 'kind', 'eid']).execute();
  return rows.map(({ scope_id, kind, eid }) => `${scope_id} ${kind} ${eid}`).toSorted();
}
