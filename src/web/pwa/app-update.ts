import { Observable } from '#web/replica/observable.ts';
import { TAKE_OVER } from './worker/take-over.ts';

export interface UpdateEnvironment {
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>;
  readonly registration: ServiceWorkerRegistration;
  /** Whether this page would be another one if it were loaded anew. */
  readonly isOutdated: () => Promise<boolean>;
  readonly reload: () => void;
}

/** An old worker that is busy makes the new one wait. */
const TAKE_OVER_WITHIN_MS = 5_000;

/**
 * Whether there is a newer version than the one that this page runs: its worker waits, or has taken over because
 * somebody asked for it in another tab. The page itself changes only when its person says so.
 */
export class AppUpdate {
  readonly ready = new Observable(false);
  readonly #environment: UpdateEnvironment;

  constructor(environment: UpdateEnvironment) {
    this.#environment = environment;
    const { container, registration } = environment;
    // A first page came from the server, and the first worker of all replaces nobody.
    let controlled = container.controller !== null;
    // A worker may have come, and even taken over, before anything listened.
    if (controlled) void this.#look();
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && controlled) void this.#look();
      });
    });
    container.addEventListener('controllerchange', () => {
      if (controlled) void this.#look();
      controlled = true;
    });
  }

  /** Workers alone do not tell: the old one hands out the newest version too, when it knows it (worker/serve-app.ts). */
  async #look(): Promise<void> {
    const outdated = await this.#environment.isOutdated().catch(() => null);
    if (outdated) this.ready.set(true);
    // A page that runs the newest version has no use for the old worker, nor has any page that follows.
    if (outdated === false) this.#environment.registration.waiting?.postMessage(TAKE_OVER);
  }

  /** Until there is a still newer version, or the page is loaded anew. */
  postpone(): void {
    this.ready.set(false);
  }

  /** Loads the page anew, when the new worker has taken over: what is asked for in between may never be answered. */
  async take(): Promise<void> {
    const { waiting, active } = this.#environment.registration;
    waiting?.postMessage(TAKE_OVER);
    const next = waiting ?? active;
    if (next) await settled(next);
    this.#environment.reload();
  }
}

/** Resolves when the worker has taken over or is no longer wanted, or when that takes too long. */
function settled(worker: ServiceWorker): Promise<void> {
  const isSettled = (): boolean => worker.state === 'activated' || worker.state === 'redundant';
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TAKE_OVER_WITHIN_MS);
    worker.addEventListener('statechange', () => {
      if (!isSettled()) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whether the page that is now handed out begins with files, whose names tell their content, that this one has not. */
export async function isOutdated(): Promise<boolean> {
  const answer = await fetch('/index.html');
  if (!answer.ok) return false;
  const files = (await answer.text()).match(/\/assets\/[\w.-]+/g) ?? [];
  return files.some((file) => !document.head.querySelector(`[src$="${file}"], [href$="${file}"]`));
}

const CHECK_EVERY_MS = 60 * 60_000;
const CHECK_AGAIN_MS = 5 * 60_000;

/** Browsers look for a new version when a page is loaded; pages of this app stay open for weeks. */
export function checkForUpdates(registration: ServiceWorkerRegistration): void {
  let checked = Date.now();
  const check = (): void => {
    if (document.visibilityState !== 'visible' || Date.now() - checked < CHECK_AGAIN_MS) return;
    checked = Date.now();
    // Without a network there is nothing new.
    registration.update().catch(() => undefined);
  };
  setInterval(check, CHECK_EVERY_MS);
  document.addEventListener('visibilitychange', check);
  addEventListener('online', check);
}
