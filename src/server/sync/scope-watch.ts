import type { ScopeState } from '#server/write/commit-stamp.ts';
import type { Database } from '#server/db/database.ts';
import { listScopesOfUsers, sumScopesOfUsers, type ScopeOfUser } from './stream-repository.ts';

interface Known {
  readonly ver: number;
  readonly tag: number;
}

/** What a look into the database brought that nobody had told this process. */
export interface Found {
  /** Scopes at another version than the one known here. */
  readonly changed: readonly string[];
  /** What each user whose scopes were looked at may see now. */
  readonly scopesByUser: ReadonlyMap<string, readonly string[]>;
}

/**
 * The versions of the scopes that the streams of this process listen to. Comparing them with the database finds every
 * commit of another process, however it was missed: one sum per user tells whether anything is new, and only those
 * users' scopes are read.
 */
export class ScopeWatch {
  readonly #database: Database;
  readonly #known = new Map<string, Known>();
  readonly #sums = new Map<string, string>();
  /** Scopes heard of during a look: what the look read of them is older. */
  readonly #heard = new Set<string>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The scopes of these users. A device asks for changes after this, so what is read here it will not miss. */
  async read(users: readonly string[]): Promise<Map<string, string[]>> {
    const scopes = await listScopesOfUsers(this.#database, users);
    for (const list of scopes.values()) {
      for (const { scope, ver, tag } of list) if (!this.#known.has(scope)) this.#known.set(scope, { ver, tag });
    }
    return names(scopes);
  }

  /** A notice came: no need to find these again. */
  hear(states: readonly ScopeState[]): void {
    for (const { scope, ver, tag } of states) {
      const known = this.#known.get(scope);
      if (known && ver > known.ver) this.#known.set(scope, { ver, tag });
      this.#heard.add(scope);
    }
  }

  forgetScope(scope: string): void {
    this.#known.delete(scope);
  }

  forgetUser(userId: string): void {
    this.#sums.delete(userId);
  }

  /** Finds what the given users were not told of. */
  async look(users: readonly string[]): Promise<Found> {
    this.#heard.clear();
    const sums = await sumScopesOfUsers(this.#database, users);
    const suspects = users.filter((userId) => this.#sums.get(userId) !== (sums.get(userId) ?? ''));
    const scopes = await listScopesOfUsers(this.#database, suspects);
    const changed = new Set<string>();
    for (const { scope, ver, tag } of [...scopes.values()].flat()) {
      const known = this.#known.get(scope);
      if (this.#heard.has(scope) || (known && known.ver === ver && known.tag === tag)) continue;
      if (known) changed.add(scope);
      this.#known.set(scope, { ver, tag });
    }
    for (const userId of suspects) this.#sums.set(userId, sums.get(userId) ?? '');
    return { changed: [...changed], scopesByUser: names(scopes, suspects) };
  }
}

function names(scopes: ReadonlyMap<string, readonly ScopeOfUser[]>, users: Iterable<string> = scopes.keys()) {
  return new Map([...users].map((userId) => [userId, (scopes.get(userId) ?? []).map(({ scope }) => scope)]));
}
