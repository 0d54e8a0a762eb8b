import type { GroupedRow } from '#core/filters/builder-rows.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { ConditionFields } from './condition-fields.tsx';
import { WrittenField } from './written-field.tsx';

interface GroupedFieldsProps {
  row: GroupedRow;
  context: UserFilterContext;
  onChange: (row: GroupedRow) => void;
}

/** What is in a row that is no group. */
export function GroupedFields({ row, context, onChange }: GroupedFieldsProps) {
  if (row.kind === 'condition') return <ConditionFields row={row} context={context} onChange={onChange} />;
  return (
    <WrittenField where={row.where} context={context} onChange={(where) => onChange({ kind: 'written', where })} />
  );
}
