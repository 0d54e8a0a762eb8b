import { useMemo } from 'react';
import type { Filter } from '#core/filters/filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import { useListMetrics } from '#web/views/use-list-metrics.ts';
import { FilterPane } from './filter-pane.tsx';
import { asksForHours } from './read-query.ts';
import { type UserFilterContext, useFilterContext } from './use-filter-context.ts';
import '#web/tasks/tasks.css';

interface FilterPanesProps {
  filter: Filter;
  /** Under which this device remembers what is closed. */
  foldKey: string;
  context: UserFilterContext;
  columnRef: Parameters<typeof useListMetrics>[0];
}

/** The lists of a filter, one below the other. */
export function FilterPanes({ filter, foldKey, context, columnRef }: FilterPanesProps) {
  const metrics = useListMetrics(columnRef);
  // Only a filter about hours is asked again as the clock goes on.
  const timed = useFilterContext(asksForHours(filter));
  const panes = useMemo(() => resolveFilter(filter, timed), [filter, timed]);
  return panes.map((pane, index) => (
    <FilterPane
      // Panes have no identity but their place.
      // oxlint-disable-next-line react/no-array-index-key -- see above
      key={index}
      pane={pane}
      foldKey={`${foldKey}.${index}`}
      title={pane.title ?? (panes.length > 1 ? `List ${index + 1}` : null)}
      context={context}
      metrics={metrics}
      isFirst={index === 0}
    />
  ));
}
