// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Build } from './build-caches.ts';
import { serveApp } from './serve-app.ts';
import { TAKE_OVER } from './take-over.ts';
import type { OpenPage, WorkerScope } from './worker-scope.ts';

const ORIGIN = 'https://tend.example';
const ONE: Build = build('one', ['/index.html', '/theme.js', '/assets/main-1.js', '/assets/font.woff2']);
const TWO: Build = build('two', ['/index.html', '/theme.js', '/assets/main-2.js', '/assets/font.woff2']);

function build(version: string, paths: readonly string[]): Build {
  return { version, files: Object.fromEntries(paths.map((path) => [path, `sha256-${contentOf(path, version)}`])) };
}

function contentOf(path: string, version: string): string {
  return path.startsWith('/assets/') ? path : `${path} of ${version}`;
}

/** The parts of the Cache API that the worker uses, in the order of insertion as browsers keep it. */
class FakeCaches {
  readonly stores = new Map<string, Map<string, Response>>();
  keys = async (): Promise<string[]> => [...this.stores.keys()];
  delete = async (name: string): Promise<boolean> => this.stores.delete(name);
  open = async (name: string) => {
    const store = this.stores.get(name) ?? new Map<string, Response>();
    this.stores.set(name, store);
    const key = (from: string | Request) => new URL(typeof from === 'string' ? from : from.url, ORIGIN).href;
    return {
      match: async (from: string | Request) => store.get(key(from))?.clone(),
      put: async (from: string | Request, response: Response) => void store.set(key(from), response),
      delete: async (from: string | Request) => store.delete(key(from)),
      keys: async () => [...store.keys()].map((url) => new Request(url)),
    };
  };
}

/** A browser with its caches and open pages; each worker is a scope of its own. */
class FakeBrowser {
  readonly caches = new FakeCaches();
  /** What the server has: path to text. */
  server = new Map<string, string>();
  online = true;
  readonly fetched: Request[] = [];
  pages: OpenPage[] = [];

  deploy({ version, files }: Build): void {
    this.server = new Map(Object.keys(files).map((path) => [path, contentOf(path, version)]));
  }

  worker(of: Build) {
    const listeners = new Map<string, (event: never) => void>();
    const registration = { installing: null, waiting: null } as { installing: unknown; waiting: unknown };
    let skipped = false;
    const fetch = async (request: Request): Promise<Response> => {
      this.fetched.push(request);
      if (!this.online) throw new TypeError('Failed to fetch');
      const { pathname } = new URL(request.url);
      const text = this.server.get(pathname);
      // What browsers do with a file whose content is not the expected one.
      const fits = text === undefined || ['', `sha256-${text}`].includes(request.integrity);
      if (!fits) throw new TypeError('Failed integrity check');
      return new Response(text ?? 'missing', { status: text === undefined ? 404 : 200 });
    };
    serveApp(
      {
        caches: this.caches,
        clients: { matchAll: async () => this.pages, claim: async () => undefined },
        registration,
        location: { origin: ORIGIN },
        fetch,
        skipWaiting: async () => void (skipped = true),
        addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
      } as unknown as WorkerScope,
      of,
    );
    const dispatch = async (type: string, event: object = {}): Promise<Response | undefined> => {
      const lasting: Promise<unknown>[] = [];
      let answer: Promise<Response> | undefined;
      const whole = {
        ...event,
        waitUntil: (work: Promise<unknown>) => void lasting.push(work),
        respondWith: (response: Promise<Response>) => void (answer = response),
      };
      listeners.get(type)?.(whole as never);
      const response = await answer;
      await Promise.all(lasting);
      return response;
    };
    const request = (path: string, mode: string, id = '', method = 'GET') =>
      dispatch('fetch', {
        request: { url: new URL(path, ORIGIN).href, mode, method, integrity: '' },
        resultingClientId: id,
      });
    return {
      registration,
      install: () => dispatch('install'),
      activate: () => dispatch('activate'),
      message: (data: unknown) => dispatch('message', { data }),
      skipped: () => skipped,
      /** Opens a page in a new tab. */
      navigate: async (path: string, id: string) => {
        const response = await request(path, 'navigate', id);
        this.pages = [...this.pages, { id, url: ORIGIN + path }];
        return response;
      },
      load: (path: string, method?: string) => request(path, 'cors', '', method),
    };
  }

  close(id: string): void {
    this.pages = this.pages.filter((page) => page.id !== id);
  }

  builds(): string[] {
    return [...this.caches.stores.keys()]
      .filter((name) => name.startsWith('tend-build-'))
      .map((name) => name.slice(11));
  }
}

let browser: FakeBrowser;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new FakeBrowser();
  browser.deploy(ONE);
});
afterEach(() => void vi.useRealTimers());

/** Past the time in which a page may have been asked for without being listed. */
const settle = () => vi.advanceTimersByTime(120_000);

async function started(of: Build) {
  const worker = browser.worker(of);
  await worker.install();
  await worker.activate();
  return worker;
}

test('installed, it answers every address of the app and every file without a network', async () => {
  const worker = await started(ONE);
  browser.online = false;
  for (const path of ['/', '/today', '/p/home-01936f00-0000-7000-8000-000000000001?t=1', '/add?title=x']) {
    expect(await (await worker.navigate(path, 'a'))?.text(), path).toBe('/index.html of one');
  }
  for (const path of ['/theme.js', '/assets/main-1.js', '/assets/font.woff2']) {
    expect(await (await worker.load(path))?.text(), path).toBe(contentOf(path, 'one'));
  }
});

test('what belongs to the server is left to it', async () => {
  const worker = await started(ONE);
  for (const path of [
    '/api/v1/me',
    '/api/v1/sync/events',
    '/docs/',
    '/docs',
    '/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
  ]) {
    expect(await worker.navigate(path, 'x'), path).toBeUndefined();
    expect(await worker.load(path), path).toBeUndefined();
  }
  expect(await worker.navigate('/manifest.webmanifest', 'x')).toBeUndefined();
  expect(await worker.load('/today', 'POST')).toBeUndefined();
  expect(await worker.load('https://elsewhere.example/assets/main-1.js')).toBeUndefined();
});

test('installing fails as a whole, and goes on where it failed', async () => {
  browser.server.delete('/theme.js');
  await expect(browser.worker(ONE).install()).rejects.toThrow('/theme.js was answered with 404');
  await vi.waitFor(() => expect(browser.caches.stores.get('tend-build-one')?.size).toBe(3), 10_000);
  browser.deploy(ONE);
  browser.fetched.length = 0;
  await browser.worker(ONE).install();
  expect(browser.fetched.map(({ url }) => new URL(url).pathname)).toEqual(['/theme.js']);
});

test('a page of another build is not taken for its own', async () => {
  // A process that still has the old build answers while another one has handed out the new worker.
  browser.server.set('/assets/main-2.js', '/assets/main-2.js');
  await expect(browser.worker(TWO).install()).rejects.toThrow('integrity');
});

test('a new build fetches what is new and waits to be asked', async () => {
  await started(ONE);
  browser.deploy(TWO);
  browser.fetched.length = 0;
  const two = browser.worker(TWO);
  await two.install();
  expect(browser.fetched.map(({ url }) => new URL(url).pathname)).toEqual([
    '/index.html',
    '/theme.js',
    '/assets/main-2.js',
  ]);
  expect(two.skipped()).toBe(false);
  await two.message('anything');
  expect(two.skipped()).toBe(false);
  await two.message(TAKE_OVER);
  expect(two.skipped()).toBe(true);
});

test('pages go on with the build they began with, and its files go with the last of them', async () => {
  const one = await started(ONE);
  await one.navigate('/today', 'a');
  await one.navigate('/inbox', 'b');
  browser.deploy(TWO);
  const two = await started(TWO);
  settle();
  expect(await (await two.load('/assets/main-1.js'))?.text()).toBe('/assets/main-1.js');

  // One of the two is loaded anew.
  await two.navigate('/today', 'c');
  browser.close('a');
  settle();
  await two.activate();
  expect(browser.builds()).toEqual(['one', 'two']);
  expect(await (await two.load('/assets/main-1.js'))?.text()).toBe('/assets/main-1.js');

  browser.close('b');
  await two.navigate('/today', 'd');
  expect(browser.builds()).toEqual(['two']);
});

test('as long as it is not known what a page runs, nothing is thrown away', async () => {
  // Loaded before there was a worker.
  browser.pages = [{ id: 'first', url: `${ORIGIN}/today` }];
  await started(ONE);
  browser.deploy(TWO);
  const two = await started(TWO);
  settle();
  await two.navigate('/today', 'b');
  expect(browser.builds()).toEqual(['one', 'two']);
  browser.close('first');
  // The page of the documentation is none of the app's.
  browser.pages = [...browser.pages, { id: 'docs', url: `${ORIGIN}/docs/` }];
  await two.navigate('/today', 'c');
  expect(browser.builds()).toEqual(['two']);
});

test('a page that has just been asked for counts although no list has it', async () => {
  const one = await started(ONE);
  await one.navigate('/today', 'a');
  browser.close('a');
  browser.deploy(TWO);
  const two = await started(TWO);
  expect(browser.builds()).toEqual(['one', 'two']);
  settle();
  await two.navigate('/today', 'b');
  expect(browser.builds()).toEqual(['two']);
});

test('loading a page is asking for the newest version', async () => {
  const one = await started(ONE);
  await one.navigate('/today', 'a');
  browser.deploy(TWO);
  await browser.worker(TWO).install();
  // By the old worker, because the new one does not answer yet.
  expect(await (await one.navigate('/today', 'b'))?.text()).toBe('/index.html of two');
  expect(await (await one.load('/theme.js'))?.text()).toBe('/theme.js of two');
  expect(await (await one.load('/assets/main-2.js'))?.text()).toBe('/assets/main-2.js');
  // A rollback is a new version too.
  browser.deploy(ONE);
  await browser.worker(ONE).install();
  expect(await (await one.navigate('/today', 'c'))?.text()).toBe('/index.html of one');
});

test('an old worker throws nothing away while a newer one is on its way', async () => {
  const one = await started(ONE);
  browser.deploy(TWO);
  await browser.worker(TWO).install();
  one.registration.waiting = {};
  settle();
  await one.navigate('/today', 'a');
  expect(browser.builds()).toEqual(['one', 'two']);
});

test('when the browser has thrown its files away, it asks the server and stores them again', async () => {
  const worker = await started(ONE);
  browser.caches.stores.clear();
  browser.server.set('/today', 'page from the server');
  expect(await (await worker.navigate('/today', 'a'))?.text()).toBe('page from the server');
  browser.online = false;
  expect(await (await worker.navigate('/today', 'b'))?.text()).toBe('/index.html of one');
  expect(await (await worker.load('/assets/main-1.js'))?.text()).toBe('/assets/main-1.js');
});
