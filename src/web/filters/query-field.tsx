import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { completeFilter, type Completions } from '#core/filters/complete-filter.ts';
import type { Fix } from '#core/filters/fault.ts';
import { Field } from '#web/ui/field.tsx';
import { useAutoGrow } from '#web/ui/use-auto-grow.ts';
import { QueryFaults } from './query-faults.tsx';
import { QueryMirror } from './query-mirror.tsx';
import type { ReadQuery } from './read-query.ts';
import type { UserFilterContext } from './use-filter-context.ts';
import { useSaidFaults } from './use-said-faults.ts';
import './filters.css';

interface QueryFieldProps {
  label: string;
  labelHidden?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** Enter, when nothing is chosen from the list. */
  onSubmit?: () => void;
  read: ReadQuery;
  context: UserFilterContext;
  placeholder?: string;
  autoFocus?: boolean;
}

/** A query: painted by what its parts are, with completions below, and faults with what mends them. */
export function QueryField(props: QueryFieldProps) {
  const { label, labelHidden, value, onChange, onSubmit, read, context, placeholder, autoFocus } = props;
  const id = useId();
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const growRef = useAutoGrow(value, areaRef);
  const [offered, setOffered] = useState<Completions | null>(null);
  const [chosen, setChosen] = useState(-1);
  const { errors, warnings } = read;
  const { faults, sayNow } = useSaidFaults(
    value,
    useMemo(() => [...errors, ...warnings], [errors, warnings]),
  );
  const isWrong = value.trim() !== '' && faults.some((fault) => errors.includes(fault));

  const offer = (area: HTMLTextAreaElement): void => {
    const isCaret = area.selectionStart === area.selectionEnd;
    setOffered(isCaret ? completeFilter(area.value, area.selectionStart, context) : null);
    setChosen(-1);
  };
  const replace = ({ start, end, text }: Omit<Fix, 'label'>): void => {
    const next = value.slice(0, start) + text + value.slice(end);
    onChange(next);
    setOffered(null);
    const area = areaRef.current;
    area?.focus();
    // The caret goes behind what was inserted once the field has it.
    requestAnimationFrame(() => area?.setSelectionRange(start + text.length, start + text.length));
  };
  const accept = (index: number): void => {
    const item = offered?.items[index];
    if (offered && item) replace({ ...offered, text: item.text });
  };
  const handleKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const count = offered?.items.length ?? 0;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen >= 0) return accept(chosen);
      sayNow();
      onSubmit?.();
    } else if (event.key === 'Tab' && count > 0 && !event.shiftKey && chosen >= 0) {
      event.preventDefault();
      accept(chosen);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((at) => (at < 0 && step < 0 ? count - 1 : (at + step + count) % count));
    } else if (event.key === 'Escape' && offered) {
      event.preventDefault();
      event.stopPropagation();
      setOffered(null);
    }
  };

  return (
    <Field id={id} label={label} labelHidden={labelHidden}>
      <div className="query-field">
        <QueryMirror text={value} tokens={read.tokens} errors={errors} faults={faults} />
        <textarea
          ref={growRef}
          id={id}
          rows={2}
          value={value}
          placeholder={placeholder}
          autoFocus={autoFocus}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-autocomplete="list"
          aria-controls={offered ? `${id}-offers` : undefined}
          aria-activedescendant={offered && chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${id}-faults`}
          onChange={(event) => {
            onChange(event.target.value);
            offer(event.target);
          }}
          onKeyDown={handleKey}
          onClick={(event) => offer(event.currentTarget)}
          onBlur={() => {
            setOffered(null);
            sayNow();
          }}
          className="auto-grow query-area"
        />
      </div>
      <Offers id={id} offered={offered} chosen={chosen} onAccept={accept} />
      <QueryFaults id={`${id}-faults`} faults={value.trim() === '' ? [] : faults} onFix={replace} />
    </Field>
  );
}

interface OffersProps {
  id: string;
  offered: Completions | null;
  chosen: number;
  onAccept: (index: number) => void;
}

/** Over what stands below the field, so that nothing moves while somebody types. */
function Offers({ id, offered, chosen, onAccept }: OffersProps) {
  return (
    <div className="query-offers">
      {offered === null ? null : (
        // Arrow keys in the field move through it.
        <div role="listbox" id={`${id}-offers`} aria-label="Completions" className="query-offer-list">
          {offered.items.map((item, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- focus stays in the field
            <div
              key={`${item.kind} ${item.label}`}
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === chosen}
              className="query-offer"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onAccept(index)}
            >
              {item.label}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
