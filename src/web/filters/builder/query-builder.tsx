import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { type BuilderList, EMPTY_LIST, toFilter, toRows } from '#core/filters/builder-rows.ts';
import { PANES_MAX } from '#core/filters/filter.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { printFilter } from '#core/filters/print-filter.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { Button } from '#web/ui/button.tsx';
import { BuilderListFields } from './builder-list.tsx';
import { newCondition } from './new-rows.ts';
import './builder.css';

export interface QueryBuilderProps {
  query: string;
  context: UserFilterContext;
  onChange: (query: string) => void;
  /** Leaves out order, amount and further lists, where the query only chooses tasks of another list. */
  conditionsOnly?: boolean;
}

/**
 * The query as rows of conditions. It keeps nothing of its own: rows are what the text says, and every change of them
 * is a change of the text.
 */
export function QueryBuilder({ query, context, onChange, conditionsOnly = false }: QueryBuilderProps) {
  const lists = useMemo(() => listsOf(query, context), [query, context]);
  if (!lists) return <Unreadable query={query} />;
  const change = (next: readonly BuilderList[]): void => onChange(printFilter(toFilter(next), context, context.locale));
  return (
    <div className="builder">
      {lists.map((list, index) => (
        <BuilderListFields
          // Lists have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          key={index}
          list={list}
          number={lists.length > 1 ? index + 1 : null}
          context={context}
          conditionsOnly={conditionsOnly || lists[0] === EMPTY_LIST}
          onChange={(next) => change(lists.with(index, next))}
          onRemove={() => change(lists.toSpliced(index, 1))}
        />
      ))}
      {conditionsOnly || query.trim() === '' ? null : (
        <div>
          <Button
            size="sm"
            tone="ghost"
            icon={<Plus aria-hidden="true" className="size-4" />}
            disabled={lists.length >= PANES_MAX}
            onClick={() => change([...lists, { ...EMPTY_LIST, rows: [newCondition([])] }])}
          >
            Add another list
          </Button>
        </div>
      )}
    </div>
  );
}

/** Null for what cannot be read. */
function listsOf(query: string, context: UserFilterContext): readonly BuilderList[] | null {
  if (query.trim() === '') return [EMPTY_LIST];
  const parsed = parseFilter(query, context);
  return parsed.ok ? toRows(parsed.filter) : null;
}

/** Nothing of it is lost: it stays the text that it is. */
function Unreadable({ query }: { query: string }) {
  return (
    <div className="builder-unreadable">
      <p className="builder-unreadable-text">{query}</p>
      <p className="text-meta text-fg-secondary">This becomes conditions as soon as the text above can be read.</p>
    </div>
  );
}
