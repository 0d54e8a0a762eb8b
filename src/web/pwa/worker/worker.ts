import type { Build } from './build-caches.ts';
import { serveApp } from './serve-app.ts';
import type { WorkerScope } from './worker-scope.ts';

/** Written by scripts/service-worker.ts: a new build is a new worker, and so the browser notices it. */
declare const TEND_BUILD: Build;

serveApp(globalThis as unknown as WorkerScope, TEND_BUILD);
