import { Observable } from '#web/replica/observable.ts';

export interface UpdateEnvironment {
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>;
  readonly registration: ServiceWorkerRegistration;
  /** The worker that the page began with; null for one that came from the server. */
  readonly servedBy: ServiceWorker | null;
  readonly reload: () => void;
}

/**
 * Whether there is a newer version than the one that this page runs: its worker waits, or has taken over because
 * somebody asked for it in another tab. The page itself changes only when its person says so.
 */
export class AppUpdate {
  readonly ready = new Observable(false);
  readonly #environment: UpdateEnvironment;

  constructor(environment: UpdateEnvironment) {
    this.#environment = environment;
    const { container, registration, servedBy } = environment;
    let controlled = container.controller !== null;
    if (controlled && registration.waiting) this.ready.set(true);
    if (servedBy && container.controller !== servedBy) this.ready.set(true);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        // The first worker of all replaces nobody.
        if (worker.state === 'installed' && controlled) this.ready.set(true);
      });
    });
    container.addEventListener('controllerchange', () => {
      if (controlled) this.ready.set(true);
      controlled = true;
    });
  }

  /** Until there is a still newer version, or the page is loaded anew. */
  postpone(): void {
    this.ready.set(false);
  }

  /** Loads the page anew: the worker then hands out the newest version (worker/serve-app.ts). */
  take(): void {
    this.#environment.reload();
  }
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
