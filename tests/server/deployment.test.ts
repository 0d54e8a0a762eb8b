import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImageStage, type ImageStep, readImageRecipe } from '#tests/support/image-recipe.ts';
import { startTend } from '#tests/support/tend-process.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;
/** Stands for the user `node` of the base image. */
const UNPRIVILEGED_ID = 65_534;

let image: string;
let stages: readonly ImageStage[];

beforeAll(async () => {
  image = await mkdtemp(join(tmpdir(), 'tend-image-'));
  stages = readImageRecipe(await readFile(join(root, 'Dockerfile'), 'utf8'));
  // Of its own, because the unprivileged user may not reach the repository.
  await cp(process.execPath, join(image, 'node'));
  await perform('packages');
  await perform('');
  await run('chmod', ['-R', 'a+rX', image]);
}, 300_000);

afterAll(() => rm(image, { recursive: true, force: true }));

test('the steps of the image give a server that answers, serves the web app and takes a login', async () => {
  await using server = await startImage();
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const page = await fetch(`${server.url}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('<div id="root">');
  const login = await fetch(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'demo', password: 'demo1234' }),
  });
  expect(login.status).toBe(200);
});

test('the health check of the image succeeds while the server runs, and not after', async () => {
  const server = await startImage();
  const [, ...args] = only('health').words;
  const check = (): Promise<unknown> => run(process.execPath, args, { env: { PORT: `${server.port}` } });
  await check();
  expect(await server.stop()).toBe(0);
  await expect(check()).rejects.toThrow('Command failed');
});

test('the image holds no tests, no sources of the web app and no second Node', () => {
  const app = directoryOf('');
  for (const path of [
    'tests',
    'src/web',
    'src/core/mutators.fuzz.test.ts',
    'node_modules/vite',
    'node_modules/.bin/node',
  ]) {
    expect(existsSync(join(app, path)), path).toBe(false);
  }
});

test('the image runs as somebody who is not root', () => {
  expect(only('user').name).toBe('node');
});

function directoryOf(stage: string): string {
  return join(image, stage === '' ? 'app' : `stage-${stage}`);
}

function stepsOf(name: string): readonly ImageStep[] {
  const stage = stages.find((candidate) => candidate.name === name);
  if (!stage) throw new Error(`The Dockerfile has no stage "${name}".`);
  return stage.steps;
}

function only<K extends ImageStep['kind']>(kind: K): Extract<ImageStep, { kind: K }> {
  const found = stepsOf('').filter((step) => step.kind === kind);
  if (found.length !== 1) throw new Error(`The image has ${found.length} steps of the kind ${kind}.`);
  return found[0] as Extract<ImageStep, { kind: K }>;
}

/** The stage "build" is the repository itself, whose web app the run of the tests has built before. */
async function perform(name: string): Promise<void> {
  const directory = directoryOf(name);
  await mkdir(directory, { recursive: true });
  for (const step of stepsOf(name)) {
    if (step.kind === 'copy') await copy(step, directory);
    // Steps outside of /app prepare the file system of the container.
    if (step.kind === 'run' && !step.command.includes(' /')) {
      await run('/bin/sh', ['-c', step.command], { cwd: directory, maxBuffer: 1 << 24 });
    }
  }
}

async function copy(step: Extract<ImageStep, { kind: 'copy' }>, directory: string): Promise<void> {
  const from = step.stage === undefined || step.stage === 'build' ? root : directoryOf(step.stage);
  for (const source of step.sources) {
    const name = source.replace(/^\/app\//, '');
    const target = step.target.endsWith('/') ? join(directory, step.target, name) : join(directory, step.target);
    await mkdir(dirname(target), { recursive: true });
    // .dockerignore
    await cp(join(from, name), target, { recursive: true, filter: (path) => !/\.test\.tsx?$/.test(path) });
  }
}

async function startImage(): ReturnType<typeof startTend> {
  const dataDirectory = await mkdtemp(join(image, 'data-'));
  if (isRoot) await chown(dataDirectory, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  const [program, ...args] = only('command').words;
  expect(program).toBe('node');
  return startTend({
    command: [join(image, 'node'), ...args],
    cwd: directoryOf(''),
    dataDirectory,
    env: { ...only('env').values, HOST: '127.0.0.1', CREATE_DEMO_USER: 'true' },
    ...(isRoot ? { uid: UNPRIVILEGED_ID } : {}),
  });
}
