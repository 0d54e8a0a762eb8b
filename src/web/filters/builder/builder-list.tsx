import { Plus, X } from 'lucide-react';
import { type BuilderList, EMPTY_LIST } from '#core/filters/builder-rows.ts';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Select } from '#web/ui/select.tsx';
import { BuilderGroup } from './builder-group.tsx';
import { BuilderOrder } from './builder-order.tsx';
import { BuilderRows } from './builder-rows.tsx';
import { GroupedFields } from './grouped-fields.tsx';
import { newCondition, newGroup } from './new-rows.ts';
import { TypedField } from './typed-field.tsx';

interface BuilderListFieldsProps {
  /** `EMPTY_LIST` itself where nothing is asked yet. */
  list: BuilderList;
  /** From 1; null for the only one. */
  number: number | null;
  context: UserFilterContext;
  conditionsOnly: boolean;
  onChange: (list: BuilderList) => void;
  onRemove: () => void;
}

const MATCHES = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'any of these' },
] as const;

const plus = <Plus aria-hidden="true" className="size-4" />;

/** One list of a filter. */
export function BuilderListFields(props: BuilderListFieldsProps) {
  const { list, number, context, conditionsOnly, onChange, onRemove } = props;
  const { rows, match } = list;
  const isEmpty = list === EMPTY_LIST;
  return (
    <fieldset className="builder-list">
      <legend className="sr-only">{number === null ? 'Conditions' : `List ${number}`}</legend>
      {number === null ? null : (
        <div className="builder-title">
          <TypedField
            label={`Title of list ${number}`}
            value={list.title ?? ''}
            spell={String}
            read={(text) => text.trim()}
            onChange={(title) => onChange({ ...list, title: title || null })}
            hint={`List ${number}`}
          />
          <IconButton size="sm" label={`Remove list ${number}`} icon={<X className="size-4" />} onClick={onRemove} />
        </div>
      )}
      {rows.length === 0 ? (
        <p className="text-body-sm text-fg-secondary">
          {isEmpty ? 'No conditions yet.' : 'All tasks. Conditions make it fewer.'}
        </p>
      ) : null}
      {rows.length > 1 ? (
        <div className="builder-match">
          <Select
            label="Matches"
            labelHidden
            value={match}
            options={MATCHES}
            onChange={(next) => onChange({ ...list, match: next })}
          />
        </div>
      ) : null}
      <BuilderRows
        rows={rows}
        prefix={number === null ? '' : `${number}.`}
        onChange={(next) => onChange({ ...list, rows: next })}
        renderFields={(row, place, replace) =>
          row.kind === 'group' ? (
            <BuilderGroup row={row} number={place} context={context} onChange={replace} />
          ) : (
            <GroupedFields row={row} context={context} onChange={replace} />
          )
        }
      />
      <div className="builder-adds">
        <Button size="sm" icon={plus} onClick={() => onChange({ ...list, rows: [...rows, newCondition(rows)] })}>
          Add condition
        </Button>
        {rows.length > 0 ? (
          <Button
            size="sm"
            tone="ghost"
            icon={plus}
            onClick={() => onChange({ ...list, rows: [...rows, newGroup(rows.length > 1 ? match : 'all')] })}
          >
            Add group
          </Button>
        ) : null}
      </div>
      {conditionsOnly ? null : <BuilderOrder list={list} onChange={onChange} />}
    </fieldset>
  );
}
