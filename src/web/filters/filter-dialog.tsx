import { useState } from 'react';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { storeFilter } from '#core/filters/print-filter.ts';
import { FILTER_NAME_MAX, type SavedFilter } from '#core/filters/saved-filter.ts';
import { shownQuery } from '#core/filters/stored-filter.ts';
import type { Color } from '#core/schema.ts';
import { navigate } from '#web/navigation.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { filterHref } from '#web/routes.ts';
import { ColorPicker } from '#web/ui/color-picker.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { BuilderDisclosure } from './builder/builder-disclosure.tsx';
import { addFilter, editFilter } from './filter-actions.ts';
import { QueryField } from './query-field.tsx';
import { QueryMeaning } from './query-meaning.tsx';
import { useReadQuery } from './read-query.ts';
import { useFilterContext } from './use-filter-context.ts';

export interface FilterDialogProps {
  /** Null makes a new filter. */
  filterId: string | null;
  /** What a new one begins with. */
  query?: string | undefined;
  onClose: () => void;
}

/** Name, query and colour of a filter, with what the query means and shows while it is written. */
export function FilterDialog({ filterId, query: given = '', onClose }: FilterDialogProps) {
  const filter = useRow('filter', filterId);
  const context = useFilterContext();
  const [query, setQuery] = useState(() => (filter ? shownQuery(filter.query, context) : given));
  const [name, setName] = useState(filter?.name ?? '');
  const [color, setColor] = useState<Color>(filter?.color ?? 'teal');
  const [error, setError] = useState<string>();
  const read = useReadQuery(query, context);
  const save = useSave(filter, onClose);

  const handleSubmit = (): void => {
    if (name.trim() === '') return setError('Give the filter a name.');
    // What stands there now, which may be newer than what is shown of it. With a fault in it, the field says what to do.
    const parsed = parseFilter(query, context);
    if (parsed.ok) save({ name: name.trim(), query: storeFilter(parsed.filter), color });
  };

  return (
    <FormDialog
      title={filter ? 'Edit filter' : 'New filter'}
      submitLabel={filter ? 'Save' : 'Add filter'}
      onSubmit={handleSubmit}
      onClose={onClose}
      size="wide"
    >
      <TextField
        label="Name"
        value={name}
        onChange={(value) => {
          setName(value);
          setError(undefined);
        }}
        maxLength={FILTER_NAME_MAX}
        autoFocus
        autoComplete="off"
        error={error}
      />
      <div className="flex flex-col gap-1">
        <QueryField
          label="Shows"
          value={query}
          onChange={setQuery}
          onSubmit={handleSubmit}
          read={read}
          context={context}
          placeholder="(today | overdue) & #Work"
        />
        <QueryMeaning read={read} isEmpty={query.trim() === ''} />
        <BuilderDisclosure place="filter" query={query} context={context} onChange={setQuery} />
      </div>
      <ColorPicker label="Colour" value={color} onChange={setColor} />
    </FormDialog>
  );
}

function useSave(filter: SavedFilter | undefined, onClose: () => void) {
  const replica = useReplica();
  return (draft: { name: string; query: string; color: Color }): void => {
    if (filter) editFilter(replica, filter, draft);
    else navigate(filterHref({ id: addFilter(replica, draft), name: draft.name }));
    onClose();
  };
}
