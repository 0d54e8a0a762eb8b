import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BuilderRow } from '#core/filters/builder-rows.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

interface BuilderRowsProps<Row extends BuilderRow> {
  rows: readonly Row[];
  /** In front of the number of each row: "2." inside of the second. */
  prefix: string;
  onChange: (rows: readonly Row[]) => void;
  renderFields: (row: Row, number: string, onChange: (row: Row) => void) => ReactNode;
}

/** Conditions one below the other, each with a button that removes it. */
export function BuilderRows<Row extends BuilderRow>({ rows, prefix, onChange, renderFields }: BuilderRowsProps<Row>) {
  return (
    <ul className="builder-rows">
      {rows.map((row, index) => {
        const number = `${prefix}${index + 1}`;
        const isGroup = row.kind === 'group';
        return (
          // Conditions have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <li key={index}>
            <fieldset className={isGroup ? 'builder-row builder-row-group' : 'builder-row'}>
              <legend className="sr-only">
                {isGroup ? 'Group' : 'Condition'} {number}
              </legend>
              {renderFields(row, number, (next) => onChange(rows.with(index, next)))}
              <IconButton
                size="sm"
                label={`Remove ${isGroup ? 'group' : 'condition'} ${number}`}
                icon={<X className="size-4" />}
                onClick={({ currentTarget }) => {
                  focusBeside(currentTarget);
                  onChange(rows.toSpliced(index, 1));
                }}
              />
            </fieldset>
          </li>
        );
      })}
    </ul>
  );
}

/** The row that follows takes this one's place, and its focus with it; behind the last, focus goes to what is before. */
function focusBeside(button: HTMLElement): void {
  const row = button.closest('li');
  const count = row?.parentElement?.childElementCount ?? 0;
  const add = row?.closest('.builder-list')?.querySelector<HTMLElement>(':scope > .builder-adds > button');
  // A group of one is no group any more.
  if (count <= 2 && row?.closest('.builder-group')) add?.focus();
  else if (!row?.nextElementSibling) {
    const before = row?.previousElementSibling?.querySelector<HTMLElement>(':scope > fieldset > button');
    (before ?? add)?.focus();
  }
}
