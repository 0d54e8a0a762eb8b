import { clsx } from 'clsx';
import { ChevronDown, Clock, CloudDownload, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SearchGroup, SearchOption } from './search-groups.ts';
import { SearchResult } from './search-result.tsx';

export interface SearchListProps {
  /** Of the listbox; of its options with their number behind it. */
  id: string;
  label: string;
  groups: readonly SearchGroup[];
  active: SearchOption | undefined;
  onActivate: (option: SearchOption) => void;
  onChoose: (option: SearchOption, inProject: boolean) => void;
}

/** The options below the field, by group. The field has the keyboard. */
export function SearchList({ id, label, groups, active, onActivate, onChoose }: SearchListProps) {
  let index = -1;
  return (
    <div role="listbox" id={id} aria-label={label} className="search-list">
      {groups.map((group) => (
        <div
          key={group.key}
          role="group"
          {...(group.title === '' ? {} : { 'aria-labelledby': `${id}-${group.key}` })}
          className="search-group"
        >
          {group.title === '' ? null : (
            <div role="presentation" id={`${id}-${group.key}`} className="search-heading">
              {group.title}
            </div>
          )}
          {group.options.map((option) => {
            index++;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keyboard
              <div
                key={option.key}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={option === active}
                className={clsx('search-option', option.type !== 'row' && 'search-option-action')}
                onPointerMove={() => {
                  if (option !== active) onActivate(option);
                }}
                // The field keeps the focus, and the phone its keyboard.
                onMouseDown={(event) => event.preventDefault()}
                onClick={(event) => onChoose(option, event.ctrlKey || event.metaKey)}
              >
                <OptionContent option={option} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

const ICONS = { more: ChevronDown, recent: Clock, create: Plus, server: CloudDownload } as const;

function OptionContent({ option }: { option: SearchOption }): ReactNode {
  if (option.type === 'row') return <SearchResult row={option.row} />;
  const Icon = ICONS[option.type];
  return (
    <>
      <span className="search-icon">
        <Icon aria-hidden="true" className="size-4" />
      </span>
      <span className="search-title">{option.text}</span>
    </>
  );
}
