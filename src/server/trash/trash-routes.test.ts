import { expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

interface TrashPage {
  readonly items: readonly { kind: string; id: string; name: string; deletedAt: string }[];
  readonly nextCursor: string | null;
}

async function make(app: TestApp, as: TestPrincipal, path: string, body: Record<string, unknown>): Promise<string> {
  const answer = await app.call<{ id: string }>('POST', path, { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  app.clock.advance(1000);
  return answer.body.id;
}

test('the trash lists what was deleted together once, and can be emptied', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const project = await make(app, alice, '/projects', { name: 'Gone project' });
  await make(app, alice, '/tasks', { title: 'In gone project', projectId: project });
  const kept = await make(app, alice, '/projects', { name: 'Kept' });
  const section = await make(app, alice, `/projects/${kept}/sections`, { name: 'Gone section' });
  await make(app, alice, '/tasks', { title: 'In gone section', sectionId: section });
  const parent = await make(app, alice, '/tasks', { title: 'Gone parent' });
  const child = await make(app, alice, '/tasks', { title: 'Gone earlier', parentId: parent });
  await make(app, alice, '/tasks', { title: 'Gone with parent', parentId: parent });
  for (const path of [`/tasks/${child}`, `/projects/${project}`, `/sections/${section}`, `/tasks/${parent}`]) {
    app.clock.advance(1000);
    expect((await app.call('DELETE', path, { as: alice })).status).toBe(204);
  }
  const names: string[] = [];
  const page = async (cursor: string): Promise<TrashPage> =>
    (await app.call<TrashPage>('GET', `/trash?limit=1${cursor && `&cursor=${cursor}`}`, { as: alice })).body;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items, nextCursor } = await page(cursor);
    names.push(...items.map((item) => `${item.kind} ${item.name}`));
    cursor = nextCursor;
  }
  expect(names).toEqual(['task Gone parent', 'section Gone section', 'project Gone project', 'task Gone earlier']);
  expect((await app.call('DELETE', '/trash', { as: alice })).body).toEqual({ deleted: 3 });
  expect((await app.call<TrashPage>('GET', '/trash', { as: alice })).body.items).toEqual([]);
  expect((await app.call<{ total: number }>('GET', '/tasks?skip=0', { as: alice })).body.total).toBe(0);
  expect((await app.call('DELETE', '/trash', { as: alice })).body).toEqual({ deleted: 0 });
});

test('emptying the trash leaves what the user may not delete', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  const project = await make(app, alice, '/projects', { name: 'Shared' });
  const member = { username: bob.username, role: 'viewer' };
  expect((await app.call('POST', `/projects/${project}/members`, { as: alice, body: member })).status).toBe(201);
  const task = await make(app, alice, '/tasks', { title: 'x', projectId: project });
  await app.call('DELETE', `/tasks/${task}`, { as: alice });
  expect((await app.call<TrashPage>('GET', '/trash', { as: bob })).body.items).toHaveLength(1);
  expect((await app.call('DELETE', '/trash', { as: bob })).body).toEqual({ deleted: 0 });
  expect((await app.call<TrashPage>('GET', '/trash', { as: alice })).body.items).toHaveLength(1);
});
