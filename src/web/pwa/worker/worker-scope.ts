/** What the service worker uses of its global object: the types of the web app are those of pages. */
export interface WorkerScope {
  readonly caches: CacheStorage;
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly OpenPage[]>;
    claim(): Promise<void>;
  };
  readonly registration: Pick<ServiceWorkerRegistration, 'installing' | 'waiting'>;
  readonly location: { readonly origin: string };
  fetch(request: Request): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: (event: InstallingEvent) => void): void;
  addEventListener(type: 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** A tab or window with a page of this origin. */
export interface OpenPage {
  readonly id: string;
  readonly url: string;
}

export interface LastingEvent {
  /** Keeps the worker alive, and the step of its life unfinished, until the work is done. */
  waitUntil(work: Promise<unknown>): void;
}

export interface InstallingEvent extends LastingEvent {
  /** What need not wake the worker. Chromium only. */
  addRoutes?(routes: { condition: { urlPattern: string }; source: 'network' }): Promise<void>;
}

export interface RequestEvent extends LastingEvent {
  readonly request: Request;
  /** The page that a navigation makes; empty for other requests. */
  readonly resultingClientId: string;
  respondWith(response: Promise<Response>): void;
}
