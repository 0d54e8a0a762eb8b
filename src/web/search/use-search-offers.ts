import type { SearchKind } from '#core/search/search-entry.ts';
import { useReplica, useSyncState } from '#web/replica/use-query.ts';
import type { SearchGroup, SearchOption } from './search-groups.ts';
import { serverRow } from './search-rows.ts';
import type { ServerHit } from './server-search.ts';
import { useLocalSearch } from './use-local-search.ts';
import { type ServerResults, useServerSearch } from './use-server-search.ts';

export interface Offers {
  readonly groups: readonly SearchGroup[];
  /** Results in all, also those not shown. */
  readonly count: number;
  /** Something was looked for and nothing found. */
  readonly nothing: boolean;
  /** What there is to say below the list. */
  readonly note: string | null;
  readonly showAll: (kind: SearchKind) => void;
  readonly askServer: () => void;
}

interface OfferOptions {
  readonly text: string;
  readonly kinds: readonly SearchKind[];
  /** Offered while nothing is typed. */
  readonly recent: readonly string[];
}

/** Everything that can be chosen for a text: what is found here, then what the server can add, then making a task. */
export function useSearchOffers({ text, kinds, recent }: OfferOptions): Offers {
  const replica = useReplica();
  const wanted = text.trim();
  const local = useLocalSearch(wanted, kinds);
  const server = useServerSearch(wanted);
  const reachable = useSyncState(({ state }) => state === 'synced' || state === 'saving' || state === 'attention');
  const loaded = useSyncState((status) => status.loaded);
  const more =
    server.results.state === 'done'
      ? server.results.hits.filter((hit) => kinds.includes(hit.kind) && replica.get(hit.kind, hit.id) === undefined)
      : NONE;
  const asked = server.results.state === 'done';
  const count = countOf(local.answer.counts, kinds) + more.length;
  const typed = wanted !== '';
  const actions: SearchOption[] = [];
  if (typed && reachable && !asked)
    actions.push({ type: 'server', key: 'server', text: SERVER_WORDS[server.results.state] });
  if (typed && count === 0) actions.push({ type: 'create', key: 'create', text: `Add task “${wanted}”` });
  const groups = typed
    ? [...local.groups, serverGroup(more), { key: 'actions', title: '', options: actions }]
    : [
        {
          key: 'recent',
          title: '',
          options: recent.map((each): SearchOption => ({ type: 'recent', key: `recent ${each}`, text: each })),
        },
      ];
  return {
    groups: groups.filter((group) => group.options.length > 0),
    count,
    nothing: typed && count === 0 && local.complete,
    note: typed
      ? noteOf({ reachable, loaded, complete: local.complete, results: server.results, added: more.length })
      : null,
    showAll: local.open,
    askServer: server.ask,
  };
}

const NONE: readonly ServerHit[] = [];

const SERVER_WORDS: Readonly<Record<Exclude<ServerResults['state'], 'done'>, string>> = {
  idle: 'Search everything on the server',
  loading: 'Searching the server…',
  failed: 'The server could not be searched. Try again',
};

function countOf(counts: Readonly<Record<SearchKind, number>>, kinds: readonly SearchKind[]): number {
  return kinds.reduce((sum, kind) => sum + counts[kind], 0);
}

function serverGroup(hits: readonly ServerHit[]): SearchGroup {
  const rows = hits.map(serverRow);
  return {
    key: 'server-rows',
    title: 'Only on the server',
    options: rows.map((row) => ({ type: 'row', key: row.key, row })),
  };
}

interface NoteFacts {
  readonly reachable: boolean;
  readonly loaded: boolean;
  readonly complete: boolean;
  readonly results: ServerResults;
  readonly added: number;
}

function noteOf({ reachable, loaded, complete, results, added }: NoteFacts): string | null {
  if (!loaded) return 'Your data are still arriving: not everything can be found yet.';
  if (!complete) return 'Still looking through what is on this device…';
  if (!reachable) return 'Offline: only what is on this device is searched.';
  return results.state === 'done' && added === 0 ? 'The server has nothing more.' : null;
}
