import { isPagePath } from '#core/paths.ts';
import { type Build, BuildCaches, isHashed, PAGE } from './build-caches.ts';
import { OpenPages } from './open-pages.ts';
import { TAKE_OVER } from './take-over.ts';
import type { RequestEvent, WorkerScope } from './worker-scope.ts';

/**
 * Makes the app independent of the network: every file of one build is stored, and every address of the app is
 * answered with its page. What belongs to the server goes to the server (docs/adr/0015-service-worker.md).
 *
 * A new build waits until a person asks for it, with the button of the page or by loading any page. Pages go on with
 * the build they began with, whichever worker answers them: its files stay as long as such a page is open.
 */
export function serveApp(scope: WorkerScope, build: Build): void {
  const builds = new BuildCaches(scope, build);
  const pages = new OpenPages(scope);

  const discardOldBuilds = async (): Promise<void> => {
    // The newest worker tidies up: what looks old or foreign to this one may be the newer build.
    if (scope.registration.installing || scope.registration.waiting) return;
    const others = await builds.others();
    if (others.length === 0) return;
    const used = await pages.versions();
    if (!used) return;
    for (const version of others) if (!used.has(version)) await builds.discard(version);
  };

  const answerPage = async (event: RequestEvent): Promise<Response> => {
    const newest = await builds.findNewest(PAGE);
    if (!newest) {
      // The browser has thrown the files away. The server's build may be another one: then the next worker has it.
      event.waitUntil(builds.install().catch(() => undefined));
      return scope.fetch(event.request);
    }
    event.waitUntil(pages.record(event.resultingClientId, newest.version).then(discardOldBuilds));
    return newest.response;
  };

  const answerFile = async (request: Request, path: string): Promise<Response> => {
    const found = isHashed(path) ? await builds.findHashed(path) : (await builds.findNewest(path))?.response;
    return found ?? scope.fetch(request);
  };

  scope.addEventListener('install', (event) => {
    event.waitUntil(builds.install());
    const direct = event.addRoutes?.({ condition: { urlPattern: '/api/*' }, source: 'network' });
    if (direct) event.waitUntil(direct);
  });
  // From the first visit on: what that page still has to load it gets without a network too.
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim().then(discardOldBuilds)));
  scope.addEventListener('message', ({ data }) => {
    if (data === TAKE_OVER) void scope.skipWaiting();
  });
  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== scope.location.origin) return;
    if (request.mode === 'navigate') {
      if (isPagePath(pathname) && !isFile(pathname)) event.respondWith(answerPage(event));
    } else if (isHashed(pathname) || pathname in build.files) {
      event.respondWith(answerFile(request, pathname));
    }
  });
}

/** A file that somebody opens in a tab. No address of the app ends like one. */
function isFile(pathname: string): boolean {
  return /\.\w+$/.test(pathname);
}
