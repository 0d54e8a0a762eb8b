import { useEffect, useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { SEARCH_KINDS, type SearchKind } from '#core/search/search-entry.ts';
import { matchRoute, routes, type SearchPart, taskOver, withTask } from '#web/routes.ts';
import { PageHeader } from '#web/shell/page-header.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Segmented } from '#web/ui/segmented.tsx';
import { SearchPanel } from './search-panel.tsx';

const PARTS: Readonly<Record<SearchPart | 'all', { readonly label: string; readonly kinds: readonly SearchKind[] }>> = {
  all: { label: 'All', kinds: SEARCH_KINDS },
  tasks: { label: 'Tasks', kinds: ['task'] },
  projects: { label: 'Projects', kinds: ['project', 'section', 'label'] },
  comments: { label: 'Comments', kinds: ['comment'] },
};
const OPTIONS = (Object.keys(PARTS) as Part[]).map((value) => ({ value, label: PARTS[value].label }));

type Part = keyof typeof PARTS;

const ADDRESS_AFTER_MS = 300;

/** `/search?q=`: search as a page, whose address can be kept and given to others. */
export function SearchPage() {
  const { q = '', in: given = 'all' } = routes.search.parse('/search', useSearch())?.query ?? {};
  const [text, setText] = useState(q);
  const [part, setPart] = useState<Part>(given);
  useEffect(() => {
    const timer = setTimeout(() => setAddress(text.trim(), part), ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, part]);
  return (
    <>
      <PageHeader title="Search" />
      <div className="page-column search-page">
        <WhenLoaded>
          <div className="pb-3 max-sm:px-2">
            <Segmented label="Search in" value={part} options={OPTIONS} onChange={setPart} />
          </div>
          <SearchPanel text={text} kinds={PARTS[part].kinds} onText={setText} onDone={() => {}} />
        </WhenLoaded>
      </div>
    </>
  );
}

/** Without an entry in the history for each pause. */
function setAddress(text: string, part: Part): void {
  if (matchRoute(location.pathname) !== 'search') return;
  const href = routes.search.href({}, { ...(text !== '' && { q: text }), ...(part !== 'all' && { in: part }) });
  const [path = '', search = ''] = href.split('?');
  const address = withTask(path, search, taskOver(location.search));
  if (address !== location.pathname + location.search) history.replaceState(history.state, '', address);
}
