import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import { aMutation, taskArgs } from '#tests/support/write-world.ts';
import { createTestApp } from '#tests/support/test-app.ts';

test('long answers are compressed as the client likes, short ones are not', async () => {
  await using app = await createTestApp();
  const ana = await app.signUp('ana');
  const { body: projects } = await app.call<{ items: { id: string }[] }>('GET', '/projects', { as: ana });
  const list = async (encoding?: string) => {
    const headers = { ...ana.headers, ...(encoding !== undefined && { 'accept-encoding': encoding }) };
    return app.app.inject({ method: 'GET', url: '/api/v1/tasks?limit=200', headers });
  };
  const short = await list('gzip, br');
  expect(short.headers['content-encoding']).toBeUndefined();

  const projectId = projects.items[0]?.id ?? '';
  const mutations = Array.from({ length: 100 }, () => aMutation(createTask, taskArgs({ projectId })));
  await app.context.write.execute({
    actor: { userId: ana.userId, instanceRole: 'user', source: 'api' },
    mutations,
    atomic: true,
  });
  const plain = await list();
  expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  const brotli = await list('gzip, deflate, br, zstd');
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
  expect(Number(brotli.headers['content-length'])).toBe(brotli.rawPayload.length);
  expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
  expect(brotliDecompressSync(brotli.rawPayload).equals(plain.rawPayload)).toBe(true);
  const gzip = await list('br;q=0, gzip');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true);
});
