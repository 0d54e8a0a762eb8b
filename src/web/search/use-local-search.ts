import { useMemo, useState, useSyncExternalStore } from 'react';
import type { SearchAnswer } from '#core/search/ranking.ts';
import type { SearchKind } from '#core/search/search-entry.ts';
import { parseSearch, type SearchQuery } from '#core/search/search-query.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { replicaSearchOf } from './replica-search.ts';
import { resultGroups, type SearchGroup, SHOWN_MAX } from './search-groups.ts';
import { searchRow } from './search-rows.ts';

export interface LocalResults {
  readonly query: SearchQuery;
  readonly answer: SearchAnswer;
  readonly groups: readonly SearchGroup[];
  /** Whether everything on this device has been looked through. */
  readonly complete: boolean;
  /** Shows all of a kind. */
  readonly open: (kind: SearchKind) => void;
}

/** What this device finds, again whenever its data change. */
export function useLocalSearch(text: string, kinds: readonly SearchKind[]): LocalResults {
  const replica = useReplica();
  const search = replicaSearchOf(replica);
  const version = useSyncExternalStore(search.version.subscribe, search.version.get);
  const [opened, setOpened] = useState<{ readonly text: string; readonly kinds: ReadonlySet<SearchKind> }>();
  const query = useMemo(() => parseSearch(text), [text]);
  const answer = useMemo(() => {
    // The same query finds something else in another version.
    void version;
    return search.search(query, SHOWN_MAX);
  }, [search, query, version]);
  const shown = opened?.text === text ? opened.kinds : NONE;
  const groups = useMemo(
    () => resultGroups({ answer, opened: shown, kinds, rowOf: (hit) => searchRow(replica, hit, query) }),
    [answer, shown, kinds, replica, query],
  );
  const open = (kind: SearchKind): void => setOpened({ text, kinds: new Set([...shown, kind]) });
  return { query, answer, groups, complete: search.isComplete, open };
}

const NONE: ReadonlySet<SearchKind> = new Set();
