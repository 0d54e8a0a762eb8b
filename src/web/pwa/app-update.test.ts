import { expect, test, vi } from 'vitest';
import { AppUpdate, isOutdated } from './app-update.ts';
import { TAKE_OVER } from './worker/take-over.ts';

class FakeWorker extends EventTarget {
  state = 'installing';
  readonly messages: unknown[] = [];
  postMessage(message: unknown): void {
    this.messages.push(message);
  }
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  find(): FakeWorker {
    const worker = new FakeWorker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    return worker;
  }
  install(worker: FakeWorker): void {
    this.installing = null;
    this.waiting = worker;
    worker.become('installed');
  }
  activate(worker: FakeWorker): void {
    this.waiting = null;
    this.active = worker;
    worker.become('activating');
  }
}

class FakeContainer extends EventTarget {
  controller: object | null = null;
  change(): void {
    this.controller = {};
    this.dispatchEvent(new Event('controllerchange'));
  }
}

function aPage({ controlled = true, outdated = false }: { controlled?: boolean; outdated?: boolean | null } = {}) {
  const container = new FakeContainer();
  if (controlled) container.controller = {};
  const registration = new FakeRegistration();
  let reloads = 0;
  const page = { outdated, looks: 0 };
  const update = new AppUpdate({
    container: container as unknown as ServiceWorkerContainer,
    registration: registration as unknown as ServiceWorkerRegistration,
    isOutdated: () => {
      page.looks++;
      return page.outdated === null ? Promise.reject(new Error('Offline')) : Promise.resolve(page.outdated);
    },
    reload: () => void reloads++,
  });
  return { container, registration, update, page, reloads: () => reloads };
}

const soon = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

test('the first worker of all is no update', async () => {
  const { container, registration, update, page } = aPage({ controlled: false, outdated: true });
  registration.install(registration.find());
  container.change();
  await soon();
  expect([update.ready.get(), page.looks]).toEqual([false, 0]);
});

test('a new version is offered once it is complete, and nothing happens until it is wanted', async () => {
  const { registration, update, page, reloads } = aPage();
  const worker = registration.find();
  page.outdated = true;
  await soon();
  expect(update.ready.get()).toBe(false);
  registration.install(worker);
  await expect.poll(() => update.ready.get()).toBe(true);
  await soon();
  expect([worker.messages, reloads()]).toEqual([[], 0]);
  const taken = update.take();
  expect(worker.messages).toEqual([TAKE_OVER]);
  registration.activate(worker);
  await soon();
  // While one worker follows the other, Chromium may never answer a page.
  expect(reloads()).toBe(0);
  worker.become('activated');
  await taken;
  expect(reloads()).toBe(1);
});

test('a worker that does not come holds nobody up for long', async () => {
  const { registration, update, reloads } = aPage();
  registration.install(registration.find());
  vi.useFakeTimers();
  const taken = update.take();
  await vi.advanceTimersByTimeAsync(5_000);
  await taken;
  vi.useRealTimers();
  expect(reloads()).toBe(1);
});

test('a version that came before anything listened is offered at once', async () => {
  const { update } = aPage({ outdated: true });
  await expect.poll(() => update.ready.get()).toBe(true);
});

test('a version that another tab has taken does not load this one anew', async () => {
  const { container, update, page, reloads } = aPage();
  page.outdated = true;
  container.change();
  await expect.poll(() => update.ready.get()).toBe(true);
  expect(reloads()).toBe(0);
  await update.take();
  expect(reloads()).toBe(1);
});

test('a page that runs the newest version already is not told of it, and lets its worker take over', async () => {
  const { container, registration, update } = aPage();
  await soon();
  const worker = registration.find();
  registration.install(worker);
  await expect.poll(() => worker.messages).toEqual([TAKE_OVER]);
  registration.activate(worker);
  container.change();
  await soon();
  expect(update.ready.get()).toBe(false);
});

test('a page that cannot tell whether it runs the newest version leaves the workers as they are', async () => {
  const { registration } = aPage({ outdated: null });
  const worker = registration.find();
  registration.install(worker);
  await soon();
  expect(worker.messages).toEqual([]);
});

test('put off, it comes back with the next version only', async () => {
  const { registration, update } = aPage({ outdated: true });
  await expect.poll(() => update.ready.get()).toBe(true);
  update.postpone();
  await soon();
  expect(update.ready.get()).toBe(false);
  registration.install(registration.find());
  await expect.poll(() => update.ready.get()).toBe(true);
});

test('the page is compared with the one that is handed out, and a server that is away is no news', async () => {
  document.head.innerHTML = '<link href="/assets/index-1.js"><link href="/assets/app-1.css">';
  const handedOut = vi.spyOn(globalThis, 'fetch');
  const html = (...files: string[]) => files.map((file) => `<link href="/assets/${file}">`).join('');
  handedOut.mockImplementation(() => Promise.resolve(new Response(html('index-1.js', 'app-1.css'))));
  expect(await isOutdated()).toBe(false);
  handedOut.mockImplementation(() => Promise.resolve(new Response(html('index-1.js', 'app-2.css'))));
  expect(await isOutdated()).toBe(true);
  handedOut.mockImplementation(() => Promise.resolve(new Response(html('x.js'), { status: 502 })));
  expect(await isOutdated()).toBe(false);
  handedOut.mockRestore();
});
