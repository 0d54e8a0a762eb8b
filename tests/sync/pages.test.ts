import { expect, test } from 'vitest';
import { projectScope } from '#core/rows.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { createTestServer, PROJECTS, USERS, uuid } from './test-server.ts';
import { VirtualTime } from './virtual-time.ts';

test('a page does not continue one of a history that the server lost', async () => {
  await using server = await createTestServer(
    { engine: 'sqlite' },
    new VirtualTime(Date.parse('2026-11-22T09:00:00.000Z')),
  );
  const s = projectScope(PROJECTS[0]);
  const backup = await server.backup();
  await server.act(USERS.ana, uuid(5_000), updateTask.key, { id: uuid(100), title: 'Lost' });
  const first = await server.page(USERS.ana, { s });
  const next = { s, after: first.after ?? '' };
  await expect(server.page(USERS.ana, next)).resolves.toMatchObject({ head: first.head });
  await server.restore(backup);
  await expect(server.page(USERS.ana, next)).rejects.toMatchObject({ code: 'conflict' });
});
