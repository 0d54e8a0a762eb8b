import { ArrowDownNarrowWide, ArrowUpNarrowWide, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { BuilderList } from '#core/filters/builder-rows.ts';
import { GROUP_KEYS, type GroupKey, LIMIT_MAX, type Relatives, SORT_KEYS, type SortKey } from '#core/filters/filter.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { GROUP_OPTIONS, SORT_OPTIONS } from './builder-words.ts';

interface BuilderOrderProps {
  list: BuilderList;
  onChange: (list: BuilderList) => void;
}

const WITH = [
  { value: '', label: 'Only what matches' },
  { value: 'subtasks', label: 'Their subtasks, too' },
  { value: 'parents', label: 'Their parents, too' },
  { value: 'subtasks parents', label: 'Subtasks and parents, too' },
];

/** In which order and groups a list is shown, and how much of it. */
export function BuilderOrder({ list, onChange }: BuilderOrderProps) {
  const [first, ...others] = list.sort;
  const [isOpen, setOpen] = useState(
    first !== undefined || list.group !== null || list.limit !== null || list.with.length > 0,
  );
  const isReversed = first?.descending ?? false;
  const sortBy = (key: string): void => {
    const chosen = SORT_KEYS.find((each) => each === key);
    onChange({
      ...list,
      sort: chosen ? [{ key: chosen, descending: isReversed }, ...others.filter(isNot(chosen))] : [],
    });
  };
  return (
    <details className="builder-order" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <ChevronRight aria-hidden="true" className="size-4" />
        Order and amount
      </summary>
      <div className="builder-order-fields">
        <div className="builder-sort">
          <Select
            label={others.length > 0 ? `Sort by (then by ${others.length} more)` : 'Sort by'}
            value={first?.key ?? ''}
            options={[{ value: '', label: 'Due date, then priority' }, ...SORT_OPTIONS]}
            onChange={sortBy}
          />
          <IconButton
            label="Sort backwards"
            pressed={isReversed}
            disabled={!first}
            icon={isReversed ? <ArrowUpNarrowWide className="size-4" /> : <ArrowDownNarrowWide className="size-4" />}
            onClick={() => first && onChange({ ...list, sort: [{ ...first, descending: !isReversed }, ...others] })}
          />
        </div>
        <Select
          label="Group by"
          value={list.group ?? ''}
          options={[{ value: '', label: 'As usual' }, ...GROUP_OPTIONS]}
          onChange={(key) =>
            onChange({ ...list, group: GROUP_KEYS.find((each): each is GroupKey => each === key) ?? null })
          }
        />
        <TextField
          label="At most"
          value={list.limit === null ? '' : String(list.limit)}
          placeholder="All"
          inputMode="numeric"
          autoComplete="off"
          onChange={(text) => {
            const limit = Number(text);
            if (text === '') onChange({ ...list, limit: null });
            else if (/^\d+$/u.test(text) && limit >= 1 && limit <= LIMIT_MAX) onChange({ ...list, limit });
          }}
        />
        <Select
          label="Show"
          value={list.with.toSorted().toReversed().join(' ')}
          options={WITH}
          onChange={(value) => onChange({ ...list, with: value.split(' ').filter(Boolean) as Relatives[] })}
        />
      </div>
    </details>
  );
}

function isNot(key: SortKey) {
  return (sort: { readonly key: SortKey }): boolean => sort.key !== key;
}
