import type { WorkerScope } from './worker-scope.ts';

/** One build of the web app, as scripts/service-worker.ts writes it into the worker. */
export interface Build {
  /** Of the contents of all files. */
  readonly version: string;
  /** Path to the hash of its content, in the form of `integrity`. */
  readonly files: Readonly<Record<string, string>>;
}

export const PAGE = '/index.html';

const PREFIX = 'tend-build-';
/** Holds the version that was installed last, which may be older than others after a rollback. */
const NEWEST = { cache: 'tend-newest', path: '/version' };

/** The files of this worker's build and of those before it, a cache for each. */
export class BuildCaches {
  readonly #scope: WorkerScope;
  readonly #build: Build;

  constructor(scope: WorkerScope, build: Build) {
    this.#scope = scope;
    this.#build = build;
  }

  /** Stores every file of the build or fails; what one attempt has stored the next one need not fetch. */
  async install(): Promise<void> {
    const cache = await this.#own();
    await Promise.all(Object.entries(this.#build.files).map(([path, hash]) => this.#store(cache, path, hash)));
    const marker = await this.#scope.caches.open(NEWEST.cache);
    await marker.put(NEWEST.path, new Response(this.#build.version));
  }

  /** A file whose content differs by build, such as the page: of the build that was installed last. */
  async findNewest(path: string): Promise<{ version: string; response: Response } | undefined> {
    const marker = await this.#scope.caches.open(NEWEST.cache);
    const newest = await (await marker.match(NEWEST.path, MATCH))?.text();
    for (const version of new Set([newest ?? this.#build.version, this.#build.version])) {
      const response = await this.#find(version, path);
      if (response) return { version, response };
    }
    return undefined;
  }

  /** A file whose name contains its hash, of whichever build: open pages ask for those of theirs. */
  async findHashed(path: string): Promise<Response | undefined> {
    for (const version of [this.#build.version, ...(await this.others())]) {
      const found = await this.#find(version, path);
      if (found) return found;
    }
    return undefined;
  }

  /** The versions besides this worker's whose files are still there. */
  async others(): Promise<string[]> {
    const names = await this.#scope.caches.keys();
    const versions = names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    return versions.filter((version) => version !== this.#build.version);
  }

  async discard(version: string): Promise<void> {
    await this.#scope.caches.delete(PREFIX + version);
  }

  #own(): Promise<Cache> {
    return this.#scope.caches.open(PREFIX + this.#build.version);
  }

  async #find(version: string, path: string): Promise<Response | undefined> {
    const cache = await this.#scope.caches.open(PREFIX + version);
    return cache.match(path, MATCH);
  }

  async #store(cache: Cache, path: string, integrity: string): Promise<void> {
    if (await cache.match(path, MATCH)) return;
    const hashed = isHashed(path);
    const known = hashed ? await this.findHashed(path) : undefined;
    await cache.put(path, known ?? (await this.#fetch(path, integrity, hashed)));
  }

  /**
   * With `integrity`, because a server in the middle of an upgrade, a captive portal or a login page in front may
   * answer with anything, and what is stored here stays until the next version.
   */
  async #fetch(path: string, integrity: string, hashed: boolean): Promise<Response> {
    const request = new Request(this.#scope.location.origin + path, {
      integrity,
      cache: hashed ? 'default' : 'no-cache',
      redirect: 'error',
      priority: 'low',
    });
    const response = await this.#scope.fetch(request);
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return response;
  }
}

/** The server says `Vary: Accept-Encoding`, of which nothing is left in a cache. */
const MATCH: CacheQueryOptions = { ignoreVary: true, ignoreSearch: true };

/** Files below it never change: their names contain their hash. */
export function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}
