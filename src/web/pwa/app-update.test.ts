import { expect, test } from 'vitest';
import { AppUpdate } from './app-update.ts';

class FakeWorker extends EventTarget {
  state = 'installing';
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
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
}

class FakeContainer extends EventTarget {
  controller: object | null = null;
  change(): void {
    this.controller = {};
    this.dispatchEvent(new Event('controllerchange'));
  }
}

function aPage({ controlled = true, waiting = false, replaced = false } = {}) {
  const container = new FakeContainer();
  if (controlled) container.controller = {};
  const registration = new FakeRegistration();
  const servedBy = container.controller as ServiceWorker | null;
  if (replaced) container.change();
  if (waiting) registration.waiting = new FakeWorker();
  let reloads = 0;
  const update = new AppUpdate({
    container: container as unknown as ServiceWorkerContainer,
    servedBy,
    registration: registration as unknown as ServiceWorkerRegistration,
    reload: () => void reloads++,
  });
  return { container, registration, update, reloads: () => reloads };
}

test('the first worker of all is no update', () => {
  const { container, registration, update } = aPage({ controlled: false });
  registration.install(registration.find());
  container.change();
  expect(update.ready.get()).toBe(false);
});

test('a new version is offered once it is complete, and nothing happens until it is wanted', () => {
  const { registration, update, reloads } = aPage();
  const worker = registration.find();
  expect(update.ready.get()).toBe(false);
  registration.install(worker);
  expect(update.ready.get()).toBe(true);
  expect(reloads()).toBe(0);
  update.take();
  expect(reloads()).toBe(1);
});

test('a version that has been waiting since an earlier page is offered at once', () => {
  expect(aPage({ waiting: true }).update.ready.get()).toBe(true);
});

test('a version that another tab has taken does not load this one anew', () => {
  const { container, update, reloads } = aPage();
  container.change();
  expect([update.ready.get(), reloads()]).toEqual([true, 0]);
  update.take();
  expect(reloads()).toBe(1);
});

test('put off, it comes back with the next version only', () => {
  const { registration, update } = aPage({ waiting: true });
  update.postpone();
  expect(update.ready.get()).toBe(false);
  registration.install(registration.find());
  expect(update.ready.get()).toBe(true);
});

test('a version that took over before anything listened is offered, but not after a first visit', () => {
  expect(aPage({ replaced: true }).update.ready.get()).toBe(true);
  expect(aPage({ controlled: false, replaced: true }).update.ready.get()).toBe(false);
});
