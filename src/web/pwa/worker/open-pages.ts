import { isPagePath } from '#core/paths.ts';
import type { WorkerScope } from './worker-scope.ts';

const CACHE = 'tend-pages';
/** A page that has just been asked for is in no list yet. */
const FRESH_MS = 60_000;

interface PageRecord {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Which build each open page runs. A worker is stopped at any time, so this is kept beside the builds. */
export class OpenPages {
  readonly #scope: WorkerScope;

  constructor(scope: WorkerScope) {
    this.#scope = scope;
  }

  /** Notes that a page gets the given build. */
  async record(id: string, version: string): Promise<void> {
    const cache = await this.#scope.caches.open(CACHE);
    await cache.put(`/${id}`, Response.json({ version, at: Date.now() } satisfies PageRecord));
  }

  /** The versions that open pages run; null when it is not known of one. Forgets pages that are gone. */
  async versions(): Promise<ReadonlySet<string> | null> {
    const windows = await this.#scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const unknown = new Set(windows.filter(({ url }) => isPagePath(new URL(url).pathname)).map(({ id }) => id));
    const cache = await this.#scope.caches.open(CACHE);
    const found = new Set<string>();
    for (const request of await cache.keys()) {
      const record = (await (await cache.match(request))?.json()) as PageRecord | undefined;
      const open = unknown.delete(new URL(request.url).pathname.slice(1));
      if (record && (open || Date.now() - record.at < FRESH_MS)) found.add(record.version);
      else await cache.delete(request);
    }
    return unknown.size === 0 ? found : null;
  }
}
