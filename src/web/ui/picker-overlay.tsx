import { clsx } from 'clsx';
import { Check, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { TextField } from 'react-aria-components/TextField';
import { type OverlayAnchor, OverlaySurface, type Placement } from './overlay-surface.tsx';
import { foldText } from './fold-text.ts';
import { COARSE_POINTER, useMediaQuery } from './use-media-query.ts';

export interface PickerOption {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: string | undefined;
  readonly selected?: boolean | undefined;
  /** Depth in a tree, from 0. */
  readonly depth?: number | undefined;
}

export interface PickerOverlayProps {
  label: string;
  placeholder: string;
  anchor: OverlayAnchor;
  placement?: Placement;
  options: readonly PickerOption[];
  /** Stays open and toggles; otherwise the first choice closes. */
  multiple?: boolean;
  onChoose: (id: string) => void;
  /** Offers to create what was typed when nothing has that name. */
  onCreate?: (name: string) => void;
  onClose: () => void;
}

const CREATE = 'create';

/** A list to search and choose from: projects, labels, people. */
export function PickerOverlay(props: PickerOverlayProps) {
  const { label, placeholder, anchor, placement, options, multiple = false, onChoose, onCreate, onClose } = props;
  const [text, setText] = useState('');
  const coarse = useMediaQuery(COARSE_POINTER);
  const name = text.trim();
  const exact = options.some((option) => foldText(option.label) === foldText(name));
  const canCreate = onCreate !== undefined && name !== '' && !exact;

  const choose = (id: string) => {
    if (!multiple) onClose();
    if (id === CREATE) {
      onCreate?.(name);
      setText('');
    } else {
      onChoose(id);
    }
  };

  // Autocomplete keeps Escape to itself, for resetting its virtual focus.
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onClose();
  };

  return (
    <OverlaySurface anchor={anchor} {...(placement && { placement })} onClose={onClose}>
      <Dialog aria-label={label} className="picker">
        <div role="presentation" className="contents" onKeyDownCapture={closeOnEscape}>
          <Autocomplete inputValue={text} onInputChange={setText} filter={containsText}>
            {/* Not on touch: the keyboard would cover the list. */}
            <TextField aria-label={label} autoFocus={!coarse} className="picker-search">
              <Input placeholder={placeholder} className="picker-input" />
            </TextField>
            <Menu
              aria-label={label}
              className="menu picker-list"
              selectionMode={multiple ? 'multiple' : 'single'}
              selectedKeys={options.filter((option) => option.selected).map((option) => option.id)}
              shouldCloseOnSelect={false}
              renderEmptyState={() => <p className="px-2 py-3 text-body-sm text-fg-secondary">Nothing found.</p>}
            >
              {options.map((option) => (
                <PickerRow key={option.id} option={option} onChoose={choose} />
              ))}
              {canCreate ? (
                <MenuItem id={CREATE} textValue={name} onAction={() => choose(CREATE)} className="menu-item">
                  <span className="menu-icon">
                    <Plus aria-hidden="true" className="size-4" />
                  </span>
                  <span className="min-w-0 flex-1 truncate">Create “{name}”</span>
                </MenuItem>
              ) : null}
            </Menu>
          </Autocomplete>
        </div>
      </Dialog>
    </OverlaySurface>
  );
}

function PickerRow({ option, onChoose }: { option: PickerOption; onChoose: (id: string) => void }) {
  return (
    <MenuItem
      id={option.id}
      textValue={option.label}
      onAction={() => onChoose(option.id)}
      className={clsx('menu-item', depths[Math.min(option.depth ?? 0, depths.length - 1)])}
    >
      {option.icon === undefined ? null : <span className="menu-icon">{option.icon}</span>}
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.hint === undefined ? null : <span className="text-meta text-fg-tertiary">{option.hint}</span>}
      {option.selected ? <Check aria-hidden="true" className="size-4 text-accent-fg" /> : null}
    </MenuItem>
  );
}

const depths = ['', 'ml-4', 'ml-8', 'ml-12'];

function containsText(text: string, query: string): boolean {
  return foldText(text).includes(foldText(query.trim()));
}
