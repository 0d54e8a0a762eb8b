import { PageQuery, PageResponse, PullRequest, PullResponse, PushRequest, PushResponse } from '#core/sync/protocol.ts';
import type { ServerContext } from '#server/context.ts';
import type { Database } from '#server/db/database.ts';
import { principalOf, type Principal } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { CatchUps } from './catch-ups.ts';
import { EventStreams } from './event-streams.ts';
import { readInstance, type Instance } from './instance.ts';
import { overlapFinder } from './overlaps.ts';
import { readPage } from './page.ts';
import { pullChanges } from './pull.ts';
import { pushMutations } from './push.ts';

const authz = (action: string, idParams: readonly string[]) =>
  ({ access: 'user', resource: 'sync', action, idParams }) as const;
const tags = ['sync'];

/** Of the connections to the database; the rest is for devices that are up to date, and for everything else. */
const PULLS_SHARE = 0.25;
const PAGES_SHARE = 0.3;
/** What waits is read within a second or two. */
const WAITING = { pulls: 50, pages: 100 };

/** The protocol of devices (docs/sync.md). */
export function registerSyncRoutes(app: App, context: ServerContext): void {
  const { database, write, clock } = context;
  const findOverlaps = overlapFinder(context);
  const share = (part: number, least: number): number => Math.max(least, Math.floor(database.readConnections * part));
  const now = (): number => clock.now();
  const pulls = new CatchUps({ running: share(PULLS_SHARE, 1), waiting: WAITING.pulls, now });
  const pages = new CatchUps({ running: share(PAGES_SHARE, 2), waiting: WAITING.pages, now });
  const instance = instanceReader(database);

  app.post(
    '/sync/push',
    {
      config: { authz: authz('push', ['clientId', 'muts']) },
      schema: {
        tags,
        operationId: 'push',
        summary: 'Send changes made on a device',
        body: PushRequest,
        response: { 200: PushResponse },
      },
    },
    async (request) =>
      pushMutations(write, await instance(), actorOf(principalOf(request)), request.body, { findOverlaps }),
  );

  app.post(
    '/sync/pull',
    {
      config: { authz: authz('pull', ['clientId', 'cur']) },
      schema: {
        tags,
        operationId: 'pull',
        summary: 'Fetch what changed since last time',
        body: PullRequest,
        response: { 200: PullResponse },
      },
    },
    async (request) =>
      pullChanges(database, await instance(), principalOf(request).userId, request.body, { catchUps: pulls }),
  );

  app.get(
    '/sync/page',
    {
      config: { authz: authz('page', ['s', 'after']) },
      schema: {
        tags,
        operationId: 'readPage',
        summary: 'Fetch a scope page by page',
        querystring: PageQuery,
        response: { 200: PageResponse },
      },
    },
    async (request) => pages.run(() => readPage(database, principalOf(request).userId, request.query)),
  );
  registerEventRoute(app, context);
}

/** Neither changes while a process runs: it is asked once. */
function instanceReader(database: Database): () => Promise<Instance> {
  let known: Promise<Instance> | undefined;
  return () => {
    known ??= readInstance(database);
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

function registerEventRoute(app: App, { database, hub, logger, clock, closing }: ServerContext): void {
  const streams = new EventStreams({ database, hub, logger, closing, now: () => clock.now() });
  app.get(
    '/sync/events',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      config: { authz: authz('events', []) },
      schema: {
        tags,
        operationId: 'streamEvents',
        summary: 'Hear when a pull would bring something (server-sent events)',
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      await streams.open(principalOf(request), headers, reply.raw);
      reply.hijack();
    },
  );
}

function actorOf({ userId, instanceRole }: Principal) {
  return { userId, instanceRole, source: 'web' } as const;
}
