import { Plus } from 'lucide-react';
import type { GroupRow } from '#core/filters/builder-rows.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Select } from '#web/ui/select.tsx';
import { BuilderRows } from './builder-rows.tsx';
import { GroupedFields } from './grouped-fields.tsx';
import { newCondition } from './new-rows.ts';

interface BuilderGroupProps {
  row: GroupRow;
  number: string;
  context: UserFilterContext;
  onChange: (row: GroupRow) => void;
}

const MATCHES = [
  { value: 'any', label: 'any of these' },
  { value: 'all', label: 'all of these' },
  { value: '!any', label: 'none of these' },
  { value: '!all', label: 'not all of these' },
] as const;

/** Conditions that hold together, as one condition among others. */
export function BuilderGroup({ row, number, context, onChange }: BuilderGroupProps) {
  return (
    <div className="builder-group">
      <div className="builder-match">
        <Select
          label="Matches"
          labelHidden
          value={`${row.not ? '!' : ''}${row.match}` as const}
          options={MATCHES}
          onChange={(value) =>
            onChange({ ...row, not: value.startsWith('!'), match: value.endsWith('all') ? 'all' : 'any' })
          }
        />
      </div>
      <BuilderRows
        rows={row.rows}
        prefix={`${number}.`}
        onChange={(rows) => onChange({ ...row, rows })}
        renderFields={(each, _number, replace) => <GroupedFields row={each} context={context} onChange={replace} />}
      />
      <div className="builder-adds">
        <Button
          size="sm"
          tone="ghost"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => onChange({ ...row, rows: [...row.rows, newCondition(row.rows)] })}
        >
          Add condition
        </Button>
      </div>
    </div>
  );
}
