import { useMemo, useState } from 'react';
import type { Expression } from '#core/filters/filter.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { printExpression } from '#core/filters/print-filter.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { TextField } from '#web/ui/text-field.tsx';

interface WrittenFieldProps {
  where: Expression;
  context: UserFilterContext;
  onChange: (where: Expression) => void;
}

/** A part of a query that goes deeper than rows do, as text. It is read when the field is left, or with Enter. */
export function WrittenField({ where, context, onChange }: WrittenFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const spelled = useMemo(
    () => printExpression(where, { form: 'shown', names: context, locale: context.locale }),
    [where, context],
  );
  const parsed = typed === null ? null : readPart(typed, context);
  const take = (): void => {
    if (typeof parsed === 'string') return;
    setTyped(null);
    if (parsed) onChange(parsed);
  };
  return (
    <div className="builder-written">
      <TextField
        label="Conditions as text"
        labelHidden
        value={typed ?? spelled}
        onChange={setTyped}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          take();
        }}
        error={typeof parsed === 'string' ? parsed : undefined}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
    </div>
  );
}

/** What is wrong with it, or what it asks. */
function readPart(text: string, context: UserFilterContext): Expression | string {
  const parsed = parseFilter(text, context);
  if (!parsed.ok) return parsed.errors[0]?.message ?? '';
  const [pane, ...others] = parsed.filter.panes;
  const isPlain = pane && pane.title === null && pane.sort.length + pane.with.length === 0;
  if (!isPlain || pane.group !== null || pane.limit !== null || others.length > 0)
    return 'Order, groups and further lists do not go inside a condition.';
  return pane.where;
}
