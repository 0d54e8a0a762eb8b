import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WireTask } from '#server/tasks/task-wire.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

let app: TestApp;
let ana: TestPrincipal;

beforeAll(async () => {
  app = await createTestApp();
  ana = await app.signUp('ana');
});
afterAll(() => app[Symbol.asyncDispose]());

test('of a repeating task what was completed last can be undone, and nothing before it', async () => {
  const today = new Date(app.clock.now()).toISOString().slice(0, 10);
  const recurrence = { rule: 'FREQ=DAILY;COUNT=5', anchor: 'schedule', intendedDay: null };
  const body = { title: 'Water', date: today, recurrence };
  const { body: task } = await app.call<WireTask>('POST', '/tasks', { as: ana, body });
  const complete = async () => {
    const { headers } = await app.call('POST', `/tasks/${task.id}/complete`, { as: ana });
    return String(headers['mutation-uid']);
  };
  const undo = (uid: string) => app.call('POST', '/undo', { as: ana, body: { uid } });
  const read = async () => {
    const { body: now } = await app.call<WireTask>('GET', `/tasks/${task.id}`, { as: ana });
    const { body: done } = await app.call<{ items: unknown[] }>('GET', `/tasks/${task.id}/completions`, { as: ana });
    return [now.date, now.recurrence, done.items.length];
  };
  const [first, second] = [await complete(), await complete()];
  const before = await read();

  const refused = await undo(first);
  expect([refused.status, refused.body['code']]).toEqual([409, 'not_undoable']);
  expect(refused.body['detail']).toContain('only what was completed last');
  expect(await read()).toEqual(before);

  expect((await undo(second)).status).toBe(200);
  expect((await undo(first)).status).toBe(200);
  expect(await read()).toEqual([today, recurrence, 0]);
});
