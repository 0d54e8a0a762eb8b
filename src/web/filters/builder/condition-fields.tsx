import { useState } from 'react';
import type { ConditionRow } from '#core/filters/builder-rows.ts';
import { type BuilderField, fieldOf, startTerm, testOf, withTest } from '#core/filters/builder-terms.ts';
import type { Term } from '#core/filters/filter.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { Select } from '#web/ui/select.tsx';
import { FIELD_OPTIONS, operatorOf, operatorOptions, testOfOperator } from './builder-words.ts';
import { ConditionValue } from './condition-value.tsx';

interface ConditionFieldsProps {
  row: ConditionRow;
  context: UserFilterContext;
  onChange: (row: ConditionRow) => void;
}

/** Field, operator and value of one condition. */
export function ConditionFields({ row, context, onChange }: ConditionFieldsProps) {
  // A text that is still to be written is no condition: until then, the one before it holds.
  const [wanted, setWanted] = useState<{ readonly term: Term; readonly insteadOf: Term } | null>(null);
  const term = wanted?.insteadOf === row.term ? wanted.term : row.term;
  const field = fieldOf(term);
  const operator = operatorOf(testOf(term), row.not);
  const handleField = (next: BuilderField): void => {
    const start = startTerm(next, context);
    if (start) onChange({ ...row, term: start });
    else if (next === 'title' || next === 'search')
      setWanted({ term: { kind: 'text', in: next, text: '' }, insteadOf: row.term });
  };
  return (
    <>
      <Select label="Field" labelHidden value={field} options={FIELD_OPTIONS} onChange={handleField} />
      <Select
        label="Operator"
        labelHidden
        value={operator}
        options={operatorOptions(field, operator)}
        onChange={(next) => {
          const { test, not } = testOfOperator(next);
          const changed = term === row.term ? withTest(term, test, context) : row.term;
          if (changed) onChange({ ...row, not, term: changed });
        }}
      />
      <div className="builder-value">
        <ConditionValue term={term} context={context} onChange={(changed) => onChange({ ...row, term: changed })} />
      </div>
    </>
  );
}
