import { SlidersHorizontal, X } from 'lucide-react';
import { startTransition, useEffect, useMemo, useState } from 'react';
import type { ResolvedPane } from '#core/filters/conditions.ts';
import type { Filter } from '#core/filters/filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import type { Kind } from '#core/rows.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { Narrow } from '#web/views/narrow.ts';
import { QueryBuilder } from './builder/builder-disclosure.tsx';
import { countedRows, createPaneMatcher } from './filter-definition.ts';
import { QueryField } from './query-field.tsx';
import { asksForHours, useReadQuery } from './read-query.ts';
import { lookupsOf } from './replica-lookups.ts';
import { useAddressedText } from './use-addressed-text.ts';
import { type UserFilterContext, useFilterContext } from './use-filter-context.ts';

export interface FilterBarProps {
  query: string;
  onQuery: (query: string) => void;
  onClose: () => void;
  onNarrow: (narrow: { readonly by: Narrow } | null) => void;
}

/** A query that makes a view shorter. While it is wrong, the last right one holds. */
export function FilterBar({ query: addressed, onQuery, onClose, onNarrow }: FilterBarProps) {
  const [query, setQuery] = useAddressedText(addressed, onQuery);
  const [isBuilding, setBuilding] = useState(false);
  const replica = useReplica();
  const context = useFilterContext();
  const dialogs = useDialogs();
  const read = useReadQuery(query, context, NOT_COUNTED);
  const filter = useUnchanged(read.filter);
  const isEmpty = query.trim() === '';
  const timed = useFilterContext(filter !== null && asksForHours(filter));
  const panes = useMemo(() => filter && resolveFilter(filter, timed), [filter, timed]);
  const counted = useCountedVersion(panes);
  useEffect(() => {
    // What is counted belongs to other rows: when they change, all tasks are asked again.
    void counted;
    // The letter shows before its rows do.
    if (panes) startTransition(() => onNarrow({ by: matcherOf(panes, timed, replica) }));
    else if (isEmpty) onNarrow(null);
  }, [panes, counted, isEmpty, timed, replica, onNarrow]);
  useEffect(() => () => onNarrow(null), [onNarrow]);
  return (
    <div className="filter-bar-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key of the field inside bubbles here */}
      <div
        className="filter-bar"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <div className="filter-bar-field">
          <QueryField
            label="Filter this view"
            labelHidden
            value={query}
            onChange={setQuery}
            read={read}
            context={context}
            placeholder="p1 & @waiting"
            autoFocus={addressed === ''}
          />
        </div>
        <div className="filter-bar-actions">
          <IconButton
            size="sm"
            label="Conditions"
            aria-expanded={isBuilding}
            icon={<SlidersHorizontal className="size-4" />}
            onPointerEnter={QueryBuilder.preload}
            onClick={() => setBuilding(!isBuilding)}
          />
          <Button size="sm" disabled={!filter} onClick={() => dialogs.open({ type: 'create-filter', query })}>
            Save as filter…
          </Button>
          <IconButton size="sm" label="Close filter" icon={<X className="size-4" />} onClick={onClose} />
        </div>
        {isBuilding ? (
          <div className="filter-bar-builder">
            <QueryBuilder query={query} context={context} onChange={setQuery} conditionsOnly />
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** The same object for as long as it says the same: spaces and brackets make no other list. */
function useUnchanged(filter: Filter | null): Filter | null {
  const meaning = JSON.stringify(filter);
  return useMemo(() => JSON.parse(meaning) as Filter | null, [meaning]);
}

const NOT_COUNTED = { counts: false };

/** Grows when rows change that `panes` count. */
function useCountedVersion(panes: readonly ResolvedPane[] | null): number {
  const replica = useReplica();
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const queries = panes?.flatMap(({ where }) => countedRows(where)) ?? [];
    const stops = queries.map((query) =>
      replica.query(query as Query<Kind>).subscribe(() => setVersion((count) => count + 1)),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [replica, panes]);
  return version;
}

/** In any list of the filter; what its view shows is up to the view, completed tasks included. */
function matcherOf(panes: readonly ResolvedPane[], context: UserFilterContext, replica: Replica): Narrow {
  const projects = new Set(context.projects.map(({ id }) => id));
  const lookups = lookupsOf(replica);
  const matchers = panes.map((pane) => createPaneMatcher(pane, projects, lookups));
  return (task) => matchers.some((matches) => matches(task));
}
