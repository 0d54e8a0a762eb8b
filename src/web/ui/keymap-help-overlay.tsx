import { Search } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { DialogOverlay } from './dialog-overlay.tsx';
import { Kbd } from './kbd.tsx';
import type { KeyAction, Keymap } from './keymap.ts';
import { Switch } from './switch.tsx';
import { COARSE_POINTER, useMediaQuery } from './use-media-query.ts';

export interface KeymapHelpOverlayProps {
  keymap: Keymap;
  /** Shown first. */
  currentContext?: string;
  singleKeys: boolean;
  /** Null while it cannot be changed. */
  onSingleKeysChange: ((enabled: boolean) => void) | null;
  onClose: () => void;
}

/** Every shortcut there is now, by context, from the registry itself. */
export function KeymapHelpOverlay(props: KeymapHelpOverlayProps) {
  const { keymap, currentContext, singleKeys, onSingleKeysChange, onClose } = props;
  const actions = useSyncExternalStore(keymap.subscribe, keymap.actions);
  const [query, setQuery] = useState('');
  const coarse = useMediaQuery(COARSE_POINTER);
  const contexts = byContext(
    actions.filter((action) => matches(action, query)),
    currentContext,
  );
  return (
    <DialogOverlay title="Keyboard shortcuts" size="wide" onClose={onClose}>
      <div className="relative">
        <Search aria-hidden="true" className="absolute inset-y-0 left-2 my-auto size-4 text-fg-tertiary" />
        <input
          // Not on touch: the keyboard would cover what else can be chosen.
          autoFocus={!coarse}
          type="search"
          aria-label="Search shortcuts"
          placeholder="Search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="h-9 w-full rounded-md bg-sunken pr-2 pl-8 text-body focus-visible:outline-offset-0 coarse:h-11"
        />
      </div>
      {contexts.length === 0 ? (
        <p role="status" className="py-8 text-center text-body-sm text-fg-secondary">
          No shortcut matches “{query}”.
        </p>
      ) : null}
      <div className="gap-8 pt-4 sm:columns-2">
        {contexts.map(([context, group]) => (
          <section key={context} className="break-inside-avoid pb-5">
            <h3 className="pb-1 text-caption text-fg-tertiary">{context}</h3>
            <dl>
              {group.map((action) => (
                <div key={action.id} className="flex min-h-8 items-center gap-4 py-0.5">
                  <dt className="min-w-0 flex-1 text-body-sm">{action.label}</dt>
                  <dd className="flex shrink-0 gap-2">
                    {action.keys.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="border-t border-line pt-2">
        <Switch
          label="Single-key shortcuts"
          description="Off, only shortcuts with Ctrl or ⌘ work."
          checked={singleKeys}
          disabled={onSingleKeysChange === null}
          onChange={(enabled) => onSingleKeysChange?.(enabled)}
        />
      </div>
    </DialogOverlay>
  );
}

function byContext(actions: readonly KeyAction[], first: string | undefined): [string, KeyAction[]][] {
  const seen = new Set<string>();
  const unique = actions.filter((action) => !seen.has(action.id) && seen.add(action.id));
  const groups = [...Map.groupBy(unique, (action) => action.context)];
  return groups.toSorted(([a], [b]) => Number(b === first) - Number(a === first));
}

function matches(action: KeyAction, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${action.label} ${action.context} ${action.keys.join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
