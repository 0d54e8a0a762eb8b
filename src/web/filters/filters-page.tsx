import { Filter as FilterIcon, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { describeFilter } from '#core/filters/describe-filter.ts';
import type { SavedFilter } from '#core/filters/saved-filter.ts';
import { readStored } from '#core/filters/stored-filter.ts';
import { Link } from '#web/link.tsx';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery } from '#web/replica/use-query.ts';
import { filterHref, routes } from '#web/routes.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FilterMenuButton } from './filter-menu-button.tsx';
import { useFilterContext } from './use-filter-context.ts';

const filters: Query<'filter'> = { kind: 'filter' };

/** The filters of the person who is signed in, with what they show in words. */
export function FiltersPage() {
  const shown = useLiveQuery(filters);
  const dialogs = useDialogs();
  const ask = (
    <Link href={routes.query.href({})} className={buttonClass('ghost', 'md')}>
      Try a query
    </Link>
  );
  const add = (
    <Button
      tone="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
      onClick={() => dialogs.open({ type: 'create-filter' })}
    >
      New filter
    </Button>
  );
  return (
    <Page
      title="Filters"
      actions={
        shown.length > 0 ? (
          <>
            {ask}
            {add}
          </>
        ) : undefined
      }
    >
      <WhenLoaded>
        {shown.length === 0 ? (
          <EmptyState
            icon={<FilterIcon className="size-6" />}
            title="No filters yet"
            text="A filter is a question that you ask often, such as (today | overdue) & #Work."
            actions={
              <>
                {add}
                {ask}
              </>
            }
          />
        ) : (
          <ul className="flex flex-col">
            {shown.map((filter) => (
              <FilterLine key={filter.id} filter={filter} />
            ))}
          </ul>
        )}
      </WhenLoaded>
    </Page>
  );
}

function FilterLine({ filter }: { filter: SavedFilter }) {
  const context = useFilterContext();
  const words = useMemo(() => {
    const parsed = readStored(filter.query, context);
    return parsed.ok ? describeFilter(parsed.filter, context, context.locale) : 'Cannot be read: edit it to mend it.';
  }, [filter.query, context]);
  return (
    <li className="line">
      <Link href={filterHref(filter)} className="line-link py-1.5">
        <span data-color={filter.color} className="grid size-5 shrink-0 place-items-center text-swatch">
          <FilterIcon aria-hidden="true" className="size-4" />
        </span>
        <span className="flex min-w-0 flex-col">
          <span className="truncate text-body">{filter.name}</span>
          <span className="truncate text-meta text-fg-tertiary">{words}</span>
        </span>
      </Link>
      <FilterMenuButton filterId={filter.id} name={filter.name} />
    </li>
  );
}
