import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';
import type { WireComment } from './comment-wire.ts';

test('comments are read oldest first, changed by their author, withdrawn also by an admin', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  const project = await app.call<{ id: string }>('POST', '/projects', { as: alice, body: { name: 'Talk' } });
  const body = { username: 'bob', role: 'commenter' };
  await app.call('POST', `/projects/${project.body.id}/members`, { as: alice, body });
  const task = await app.call<{ id: string }>('POST', '/tasks', {
    as: alice,
    body: { title: 'x', projectId: project.body.id },
  });
  const path = `/tasks/${task.body.id}/comments`;
  const say = async (as: typeof alice, text: string) => {
    app.clock.advance(1000);
    const answer = await app.call<WireComment>('POST', path, { as, body: { body: text } });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const comments = [await say(alice, 'one'), await say(bob, 'two'), await say(alice, 'three')];
  const page = await app.call<{ items: WireComment[]; nextCursor: string }>('GET', `${path}?limit=2`, { as: bob });
  expect(page.body.items).toEqual(comments.slice(0, 2));
  const rest = await app.call<typeof page.body>('GET', `${path}?limit=2&cursor=${page.body.nextCursor}`, { as: bob });
  expect(rest.body).toEqual({ items: comments.slice(2), nextCursor: null });
  const of = (comment: WireComment | undefined) => `/comments/${comment?.id ?? ''}`;
  const [first, second] = comments;
  const edited = await app.call<WireComment>('PATCH', of(second), { as: bob, body: { body: 'TWO' } });
  expect(edited.body).toMatchObject({ body: 'TWO', rev: 2 });
  expect(edited.body.editedAt).not.toBeNull();
  expect((await app.call('PATCH', of(first), { as: bob, body: { body: 'mine' } })).status).toBe(403);
  expect((await app.call('DELETE', of(first), { as: bob })).status).toBe(403);
  expect((await app.call('PATCH', of(second), { as: alice, body: { body: 'hers' } })).status).toBe(403);
  expect((await app.call('DELETE', of(second), { as: alice })).status).toBe(204);
  expect((await app.call('GET', of(second), { as: bob })).status).toBe(404);
  expect((await app.call('POST', `${of(second)}/restore`, { as: alice })).body).toMatchObject({ body: 'TWO' });
});
