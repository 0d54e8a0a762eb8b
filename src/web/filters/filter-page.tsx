import { Filter as FilterIcon, Pencil } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { describeFilter } from '#core/filters/describe-filter.ts';
import type { SavedFilter } from '#core/filters/saved-filter.ts';
import { readStored } from '#core/filters/stored-filter.ts';
import { useRow, useSyncState } from '#web/replica/use-query.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { PageHeader } from '#web/shell/page-header.tsx';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { NotFoundView } from '#web/views/not-found-view.tsx';
import { ViewLoading } from '#web/views/view-page.tsx';
import { FilterMenuButton } from './filter-menu-button.tsx';
import { FilterPanes } from './filter-panes.tsx';
import { useFilterContext } from './use-filter-context.ts';

export function FilterPage({ filterId }: { filterId: string }) {
  const filter = useRow('filter', filterId);
  const loaded = useSyncState((status) => status.loaded);
  if (!filter && loaded) return <NotFoundView what="filter" />;
  if (!filter || !loaded) return <ViewLoading title={filter?.name ?? 'Filter'} />;
  return <FilterView key={filter.id} filter={filter} />;
}

function FilterView({ filter }: { filter: SavedFilter }) {
  const dialogs = useDialogs();
  const edit = (): void => dialogs.open({ type: 'edit-filter', filterId: filter.id });
  const context = useFilterContext();
  const parsed = useMemo(() => readStored(filter.query, context), [filter.query, context]);
  const read = parsed.ok ? parsed.filter : null;
  const words = read ? describeFilter(read, context, context.locale) : '';
  const columnRef = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHeader
        title={filter.name}
        icon={
          <span data-color={filter.color} className="text-swatch">
            <FilterIcon aria-hidden="true" className="size-4.5" />
          </span>
        }
        actions={
          <>
            <IconButton size="sm" label="Edit filter" icon={<Pencil className="size-4" />} onClick={edit} />
            <FilterMenuButton filterId={filter.id} name={filter.name} />
          </>
        }
      />
      <ScrollArea>
        <div className="page-column">
          <div ref={columnRef}>
            <p className="pb-2 pl-1 text-meta text-fg-secondary">{words}</p>
            {read ? (
              <FilterPanes filter={read} foldKey={`filter.${filter.id}`} context={context} columnRef={columnRef} />
            ) : (
              <EmptyState
                icon={<FilterIcon className="size-6" />}
                title="This filter cannot be read."
                text={parsed.ok ? '' : (parsed.errors[0]?.message ?? '')}
                actions={
                  <Button tone="primary" onClick={edit}>
                    Edit filter
                  </Button>
                }
              />
            )}
          </div>
        </div>
      </ScrollArea>
    </>
  );
}
