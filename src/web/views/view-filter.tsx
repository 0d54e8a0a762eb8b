import { Filter } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { setSearchParam, useHasSearchParam, useSearchParam } from '#web/navigation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import type { Narrow } from './narrow.ts';

/** With the filter language, which most views are shown without. */
const FilterBar = lazyLayer(() => import('#web/filters/filter-bar.tsx').then((module) => module.FilterBar));

const PARAMETER = 'f';

function setFilterQuery(query: string): void {
  setSearchParam(PARAMETER, query);
}

function openFilter(): void {
  setFilterQuery('');
}

function closeFilter(): void {
  setSearchParam(PARAMETER, null);
}

interface ViewFilter {
  readonly button: ReactNode;
  readonly bar: ReactNode;
  readonly narrow: Narrow | null;
}

/** The filter bar of a view. Its query is in the address, so that the view can be linked as it is. */
export function useViewFilter(): ViewFilter {
  const isOpen = useHasSearchParam(PARAMETER);
  const toggle = isOpen ? closeFilter : openFilter;
  const [narrow, setNarrow] = useState<{ readonly by: Narrow } | null>(null);
  const actions = useMemo(
    () => [
      {
        id: 'filter-view',
        keys: ['f'],
        context: 'Everywhere',
        label: 'Filter this view',
        run: toggle,
      },
    ],
    [toggle],
  );
  useKeyActions(actions);
  return {
    button: (
      <IconButton
        size="sm"
        label="Filter this view"
        keys="f"
        aria-pressed={isOpen}
        icon={<Filter className="size-4" />}
        onPointerEnter={FilterBar.preload}
        onClick={toggle}
      />
    ),
    bar: isOpen ? <AddressedFilterBar onNarrow={setNarrow} /> : null,
    narrow: isOpen ? (narrow?.by ?? null) : null,
  };
}

interface AddressedFilterBarProps {
  onNarrow: (narrow: { readonly by: Narrow } | null) => void;
}

/** By itself, so that writing the query into the address does not render the page around it. */
function AddressedFilterBar({ onNarrow }: AddressedFilterBarProps) {
  const query = useSearchParam(PARAMETER) ?? '';
  return <FilterBar query={query} onQuery={setFilterQuery} onClose={closeFilter} onNarrow={onNarrow} />;
}
