import { SEARCH_KINDS, searchEntryOf, type SearchKind } from '#core/search/search-entry.ts';
import { SearchIndex, type StandingOf } from '#core/search/search-index.ts';
import type { SearchAnswer } from '#core/search/ranking.ts';
import type { SearchQuery } from '#core/search/search-query.ts';
import { Observable } from '#web/replica/observable.ts';
import type { Replica } from '#web/replica/replica.ts';

/** Half a frame: typing goes on while the index is made. */
const SLICE_MS = 8;
/** How much of what waits a search itself takes in, so that it knows what was written just before. */
const CATCH_UP_MS = 4;
/** Letters between two looks at the clock, and what a row without any counts for. */
const LETTERS_PER_LOOK = 4_000;
const ROW_LETTERS = 100;
/** While the index is made, results appear this often. */
const TELL_EVERY_MS = 150;

/**
 * The search index over a replica. It is made when first asked for, in slices between frames, and from then on takes in
 * what changes the same way: rows that changed wait in line, and making the index is nothing but all rows waiting.
 */
export class ReplicaSearch {
  /** Rises when a search may find something else than before. */
  readonly version = new Observable(0);
  readonly #replica: Replica;
  readonly #index = new SearchIndex();
  readonly #waiting: ReadonlyMap<SearchKind, Set<string>>;
  readonly #later: (work: () => void) => void;
  /** As long as nothing changed, the same, so that it is asked about each row once. */
  #standing: StandingOf | undefined;
  #scheduled = false;
  #toldAt = 0;

  constructor(replica: Replica, later: (work: () => void) => void = (work) => void setTimeout(work)) {
    this.#replica = replica;
    this.#later = later;
    this.#waiting = new Map(SEARCH_KINDS.map((kind) => [kind, new Set(replica.all(kind).keys())]));
    replica.subscribeChanges(({ byKind }) => {
      this.#standing = undefined;
      for (const kind of SEARCH_KINDS) {
        for (const { id } of byKind.get(kind) ?? []) this.#waiting.get(kind)?.add(id);
      }
      this.#schedule();
    });
    this.#schedule();
  }

  /** Whether everything that is on this device has been taken in. */
  get isComplete(): boolean {
    return SEARCH_KINDS.every((kind) => this.#waiting.get(kind)?.size === 0);
  }

  get index(): SearchIndex {
    return this.#index;
  }

  search(query: SearchQuery, limit: number): SearchAnswer {
    this.#takeIn(CATCH_UP_MS);
    this.#standing ??= standingIn(this.#replica);
    return this.#index.search(query, { limit, standing: this.#standing });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#later(() => {
      this.#scheduled = false;
      this.#takeIn(SLICE_MS);
      const complete = this.isComplete;
      if (!complete) this.#schedule();
      const now = performance.now();
      if (!complete && now - this.#toldAt < TELL_EVERY_MS) return;
      this.#toldAt = now;
      this.version.set(this.version.get() + 1);
    });
  }

  #takeIn(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    let letters = 0;
    for (const kind of SEARCH_KINDS) {
      const waiting = this.#waiting.get(kind) as Set<string>;
      for (const id of waiting) {
        waiting.delete(id);
        const row = this.#replica.get(kind, id);
        const entry = row && searchEntryOf(kind, row);
        if (entry) this.#index.put(entry);
        else this.#index.remove(kind, id);
        letters += ROW_LETTERS + (entry ? entry.title.length + entry.body.length : 0);
        if (letters < LETTERS_PER_LOOK) continue;
        letters = 0;
        if (performance.now() >= until) return this.#index.settle();
      }
    }
    return this.#index.settle();
  }
}

const searches = new WeakMap<Replica, ReplicaSearch>();

/** The one search index of a replica. */
export function replicaSearchOf(replica: Replica): ReplicaSearch {
  let search = searches.get(replica);
  if (!search) searches.set(replica, (search = new ReplicaSearch(replica)));
  return search;
}

/** What becomes of a row by the project and the task that it belongs to. */
function standingIn(replica: Replica): StandingOf {
  const trashed = new Set<string>();
  const archived = new Set<string>();
  for (const project of replica.all('project').values()) {
    if (project.deletedAt !== null) trashed.add(project.id);
    else if (project.archivedAt !== null) archived.add(project.id);
  }
  const simple = trashed.size === 0 && archived.size === 0;
  const inProject = (projectId: string, done: boolean): 'open' | 'done' | 'hidden' => {
    if (trashed.has(projectId)) return 'hidden';
    return done || archived.has(projectId) ? 'done' : 'open';
  };
  return ({ kind, id, done }) => {
    if (kind === 'comment') {
      const task = replica.get('task', replica.get('comment', id)?.taskId ?? '');
      return !task || task.deletedAt !== null ? 'hidden' : inProject(task.projectId, task.completedAt !== null);
    }
    if (kind === 'project' || kind === 'label' || simple) return done ? 'done' : 'open';
    return inProject(replica.get(kind, id)?.projectId ?? '', done);
  };
}
