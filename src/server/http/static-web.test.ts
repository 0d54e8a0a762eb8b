import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '#tests/support/test-app.ts';
import { DOCS_CONTENT_POLICY } from './security-headers.ts';

const PAGE = '<!doctype html><title>Tend</title>';
const SCRIPT = 'console.log(1);'.repeat(100);

let app: TestApp;
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tend-web-'));
  await mkdir(join(root, 'web/assets'), { recursive: true });
  await mkdir(join(root, 'docs'));
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(root, 'web/index.html'), PAGE);
  await writeFile(join(root, 'web/manifest.webmanifest'), '{}');
  await writeFile(join(root, 'web/sw.js'), SCRIPT);
  await writeFile(join(root, 'web/notes.md'), 'no type');
  await writeFile(join(root, 'web/assets/main-Ab3_x9-Q.js'), SCRIPT);
  await writeFile(join(root, 'web/assets/main-Ab3_x9-Q.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(root, 'web/assets/main-Ab3_x9-Q.js.gz'), gzipSync(SCRIPT));
  await symlink(join(root, 'secret.txt'), join(root, 'web/link.md'));
  await writeFile(join(root, 'docs/index.html'), '<!doctype html><title>API</title>');
  app = await createTestApp({ directories: { web: join(root, 'web'), docs: join(root, 'docs') } });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

test('files with a hash in their name are kept for ever, compressed as the browser likes', async () => {
  const get = (encoding: string) =>
    app.app.inject({ url: '/assets/main-Ab3_x9-Q.js', headers: { 'accept-encoding': encoding } });
  const brotli = await get('gzip, deflate, br');
  expect(brotli.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
  expect((await get('gzip')).headers['content-encoding']).toBe('gzip');
  expect((await get('br;q=0, gzip;q=0.0')).headers['content-encoding']).toBeUndefined();
  const plain = await get('identity');
  expect([plain.body, plain.headers['content-encoding']]).toEqual([SCRIPT, undefined]);
  expect(plain.headers['etag']).not.toBe(brotli.headers['etag']);
});

test('every other path is the page, which is asked for again each time', async () => {
  for (const url of ['/', '/today', '/project/1?x=1', '/a/b/c', '/apis', '/docsx']) {
    const response = await app.app.inject(url);
    expect([response.statusCode, response.body]).toEqual([200, PAGE]);
    expect(response.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' });
    const again = await app.app.inject({ url, headers: { 'if-none-match': String(response.headers['etag']) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  }
  const head = await app.app.inject({ method: 'HEAD', url: '/today' });
  expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', String(PAGE.length)]);
});

test('the service worker is asked for again each time, and may control every page', async () => {
  const worker = await app.app.inject('/sw.js');
  expect([worker.statusCode, worker.body]).toEqual([200, SCRIPT]);
  expect(worker.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': expect.stringContaining("connect-src 'self'"),
  });
  expect(String(worker.headers['content-security-policy'])).toContain("worker-src 'self'");
});

test('what programs ask for is never the page', async () => {
  for (const url of [
    '/api',
    '/api/',
    '/api/v1',
    '/api/v1/nowhere',
    '/api/v2/tasks',
    '/assets/gone-12345678.js',
    '/metrics',
    '/sw.js/gone',
  ]) {
    const response = await app.app.inject(url);
    expect([url, response.statusCode, response.headers['content-type']]).toEqual([
      url,
      404,
      'application/problem+json; charset=utf-8',
    ]);
  }
  expect((await app.app.inject({ method: 'POST', url: '/today' })).statusCode).toBe(404);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/link.md',
  '/notes.md',
  '/%00',
  '//etc/passwd',
  '/assets/../../secret.txt',
])('the path %s reaches no other file', async (url) => {
  const response = await app.app.inject(url);
  expect(response.body).not.toContain('secret');
  expect(response.body).not.toContain('root:');
  expect(response.body).not.toContain('no type');
});

test('the documentation has its own policy and its own files', async () => {
  expect((await app.app.inject('/docs')).headers['location']).toBe('/docs/');
  const page = await app.app.inject('/docs/');
  expect([page.statusCode, page.headers['content-security-policy']]).toEqual([200, DOCS_CONTENT_POLICY]);
  expect((await app.app.inject('/docs/nowhere.js')).statusCode).toBe(404);
});
