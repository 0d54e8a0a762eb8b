import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Quieter words before the label, for example the project of a section. */
  readonly path?: string;
  readonly checked?: boolean;
}

interface ChoiceListProps {
  /** Accessible name of the field, and its placeholder. */
  label: string;
  choices: readonly Choice[];
  onChoose: (id: string) => void;
  /** Offers to make what was typed; only where nothing has exactly that name. */
  onCreate?: (text: string) => void;
  multiple?: boolean;
}

const SHOWN_MAX = 100;
const CREATE = 'create';

/** A list that is searched by typing: a combobox whose list is always open. */
export function ChoiceList({ label, choices, onChoose, onCreate, multiple = false }: ChoiceListProps) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLUListElement>(null);
  const id = useId();
  const wanted = text.trim().toLowerCase();
  const found = useMemo(() => search(choices, wanted), [choices, wanted]);
  const creates =
    onCreate !== undefined && wanted !== '' && !choices.some((each) => each.label.toLowerCase() === wanted);
  const options: readonly Choice[] = creates ? [...found, { id: CREATE, label: `Create “${text.trim()}”` }] : found;
  const current = Math.min(active, options.length - 1);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    if (choice.id === CREATE) onCreate?.(text.trim());
    else onChoose(choice.id);
    setText('');
    setActive(0);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(options.length - 1, to));
    setActive(next);
    listRef.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(current + 1);
    else if (event.key === 'ArrowUp') move(current - 1);
    else if (event.key === 'Enter') choose(options[current]);
    else return;
    event.preventDefault();
  };

  return (
    <div className="choice-list">
      <input
        autoFocus
        role="combobox"
        type="text"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={options.length > 0 ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        placeholder={label}
        autoComplete="off"
        value={text}
        className="choice-input"
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={handleKey}
      />
      <ul
        ref={listRef}
        role="listbox"
        id={`${id}-list`}
        aria-label={label}
        aria-multiselectable={multiple}
        className="choice-options"
      >
        {options.map((choice, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keyboard
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={choice.checked ?? false}
            className={clsx('choice-option', index === current && 'choice-option-active')}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(choice)}
          >
            <span className="choice-icon">{choice.icon}</span>
            <span className="min-w-0 flex-1 truncate">
              {choice.path === undefined ? null : <span className="text-fg-tertiary">{choice.path} / </span>}
              {choice.label}
            </span>
            {choice.checked ? <Check aria-hidden="true" className="size-4 shrink-0 text-accent-fg" /> : null}
          </li>
        ))}
      </ul>
      <p role="status" className="choice-none">
        {options.length === 0 ? `Nothing is called “${text.trim()}”.` : ''}
      </p>
    </div>
  );
}

/** Those that contain every typed word; names that begin with the text come first. */
function search(choices: readonly Choice[], wanted: string): readonly Choice[] {
  if (wanted === '') return choices.slice(0, SHOWN_MAX);
  const words = wanted.split(/\s+/);
  const found = choices.filter((choice) => {
    const name = `${choice.path ?? ''} ${choice.label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  const starts = (choice: Choice) => (choice.label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => starts(a) - starts(b)).slice(0, SHOWN_MAX);
}
