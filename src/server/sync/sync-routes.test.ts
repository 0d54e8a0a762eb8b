import { expect, test } from 'vitest';
import { projectScope, userScope } from '#core/rows.ts';
import type { PageResponse, PullResponse, PushResponse, ScopeDelta } from '#core/sync/protocol.ts';
import { createTestApp } from '#tests/support/test-app.ts';
import { newId, taskArgs } from '#tests/support/write-world.ts';

const envelope = { v: 1, schema: 1, instance: null, epoch: null };

test('a device begins with a pull, or fetches a scope by page, pushes, and sees its push in the next pull', async () => {
  await using app = await createTestApp();
  const ana = await app.signUp('ana');
  const clientId = newId();
  const pull = (cur: object, last = 0) =>
    app.call<PullResponse>('POST', '/sync/pull', { as: ana, body: { ...envelope, clientId, last, cur } });

  const first = await pull({});
  expect(first.status).toBe(200);
  expect(first.body).toMatchObject({ gone: [], last: 0, lastUid: null, rejected: [] });
  const inbox = first.body.scopes.find((each): each is ScopeDelta => 'put' in each && each.s.startsWith('p:'))!;
  expect(first.body.scopes.map((each) => each.s).toSorted()).toEqual([inbox.s, userScope(ana.userId)].toSorted());

  const page = await app.call<PageResponse>('GET', `/sync/page?s=${inbox.s}`, { as: ana });
  expect(page.body).toMatchObject({
    done: true,
    after: null,
    rows: { project: [{ inbox: true }], member: [{ role: 'owner' }] },
  });
  expect(inbox.put).toEqual(page.body.rows);

  const args = taskArgs({ projectId: inbox.s.slice(2), title: 'Over the wire' });
  const muts = [{ seq: 1, uid: newId(), name: 'task.create@1', args, at: '2026-11-18T11:59:00.000Z' }];
  const pushed = await app.call<PushResponse>('POST', '/sync/push', { as: ana, body: { ...envelope, clientId, muts } });
  expect(pushed).toMatchObject({ status: 200, body: { last: 1, results: [{ seq: 1, status: 'applied' }] } });

  const cur = { [inbox.s]: { ...inbox.to, hi: page.body.head, view: inbox.view } };
  const second = await pull(cur);
  expect(second.body).toMatchObject({ last: 1, lastUid: muts[0]!.uid });
  expect(second.body.scopes).toContainEqual(
    expect.objectContaining({
      s: inbox.s,
      put: { task: [expect.objectContaining({ title: 'Over the wire', createdAt: muts[0]!.at })] },
    }),
  );
});

test('messages that do not follow the protocol are refused with the place of the fault', async () => {
  await using app = await createTestApp();
  const ana = await app.signUp('ana');
  const mutation = { seq: 0, uid: 'x', name: 'task create', args: {}, at: 'now' };
  const push = await app.call<{ errors: { path: string }[] }>('POST', '/sync/push', {
    as: ana,
    body: { ...envelope, clientId: newId(), muts: [mutation] },
  });
  expect(push.status).toBe(422);
  expect(push.body.errors.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/muts/0/seq', '/muts/0/uid', '/muts/0/name']),
  );
  const pull = await app.call('POST', '/sync/pull', {
    as: ana,
    body: { ...envelope, clientId: newId(), last: 0, cur: { nonsense: {} } },
  });
  expect(pull.status).toBe(422);
  expect((await app.call('GET', '/sync/page?s=everything', { as: ana })).status).toBe(422);
});

test('nobody pulls, pushes or pages without logging in, nor pages what is not theirs', async () => {
  await using app = await createTestApp();
  const [ana, eve] = [await app.signUp('ana'), await app.signUp('eve')];
  for (const path of ['/sync/push', '/sync/pull'] as const)
    expect((await app.call('POST', path, { body: {} })).status).toBe(401);
  expect((await app.call('GET', `/sync/page?s=${userScope(ana.userId)}`)).status).toBe(401);
  expect((await app.call('GET', `/sync/page?s=${userScope(ana.userId)}`, { as: eve })).status).toBe(404);
  expect((await app.call('GET', `/sync/page?s=${projectScope(newId())}`, { as: eve })).status).toBe(404);
});
