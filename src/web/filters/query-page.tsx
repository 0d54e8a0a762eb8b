import { Filter as FilterIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import type { Filter } from '#core/filters/filter.ts';
import { matchRoute, routes } from '#web/routes.ts';
import { setSearchParam } from '#web/navigation.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { PageHeader } from '#web/shell/page-header.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { BuilderDisclosure } from './builder/builder-disclosure.tsx';
import { FilterPanes } from './filter-panes.tsx';
import { QueryField } from './query-field.tsx';
import { QueryMeaning } from './query-meaning.tsx';
import { useReadQuery } from './read-query.ts';
import { useAddressedText } from './use-addressed-text.ts';
import { useFilterContext } from './use-filter-context.ts';

/** `/q?query=`: any query as a page, whose address can be kept and given to others. */
export function QueryPage() {
  const { query: addressed = '' } = routes.query.parse('/q', useSearch())?.query ?? {};
  const [query, setQuery] = useAddressedText(addressed, setAddress);
  const dialogs = useDialogs();
  const context = useFilterContext();
  const read = useReadQuery(query, context);
  const isEmpty = query.trim() === '';
  return (
    <>
      <PageHeader
        title="Query"
        icon={<FilterIcon aria-hidden="true" className="size-4.5 text-fg-secondary" />}
        actions={
          <Button size="sm" disabled={!read.filter} onClick={() => dialogs.open({ type: 'create-filter', query })}>
            Save as filter…
          </Button>
        }
      />
      <ScrollArea>
        <div className="page-column">
          <WhenLoaded>
            <div className="flex flex-col gap-1 pb-5">
              <QueryField
                label="Query"
                labelHidden
                value={query}
                onChange={setQuery}
                read={read}
                context={context}
                placeholder="(today | overdue) & #Work"
                autoFocus={addressed === ''}
              />
              <QueryMeaning read={read} isEmpty={isEmpty} />
              <BuilderDisclosure place="query" query={query} context={context} onChange={setQuery} />
            </div>
            <Answer filter={read.filter} isEmpty={isEmpty} context={context} />
          </WhenLoaded>
        </div>
      </ScrollArea>
    </>
  );
}

interface AnswerProps {
  /** Null for what cannot be read. */
  filter: Filter | null;
  isEmpty: boolean;
  context: ReturnType<typeof useFilterContext>;
}

/** The lists of the query. While it is wrong, the last right one is answered. */
function Answer({ filter, isEmpty, context }: AnswerProps) {
  const columnRef = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState(filter);
  if (filter && filter !== last) setLast(filter);
  const shown = isEmpty ? null : (filter ?? last);
  return (
    <div ref={columnRef}>
      {shown ? (
        <FilterPanes filter={shown} foldKey="query" context={context} columnRef={columnRef} />
      ) : isEmpty ? (
        <EmptyState
          icon={<FilterIcon className="size-6" />}
          title="Ask for tasks"
          text="Write a query or choose conditions. The address of this page keeps it."
        />
      ) : null}
    </div>
  );
}

/** Without an entry in the history for each pause. */
function setAddress(query: string): void {
  if (matchRoute(location.pathname) === 'query') setSearchParam('query', query || null);
}
