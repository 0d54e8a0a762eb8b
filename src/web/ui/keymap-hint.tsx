import { useEffect, useState, useSyncExternalStore } from 'react';
import { Kbd } from './kbd.tsx';
import type { Keymap } from './keymap.ts';

const HINT_DELAY = 350;

/** After the first key of a sequence: what may follow. Appears only to those who hesitate. */
export function KeymapHint({ keymap }: { keymap: Keymap }) {
  const pending = useSyncExternalStore(keymap.subscribe, keymap.pending);
  const [shownFor, setShownFor] = useState('');
  useEffect(() => {
    if (pending === '') return undefined;
    const timer = setTimeout(() => setShownFor(pending), HINT_DELAY);
    return () => clearTimeout(timer);
  }, [pending]);
  if (pending === '' || shownFor !== pending) return null;

  const next = keymap
    .actions()
    .flatMap((action) => action.keys.map((keys) => ({ keys, label: action.label })))
    .filter(({ keys }) => keys.startsWith(`${pending} `));
  return (
    <div className="key-hint" role="status">
      {next.map(({ keys, label }) => (
        <span key={keys} className="flex items-center gap-1.5 text-meta whitespace-nowrap text-fg-secondary">
          <Kbd keys={keys.slice(pending.length + 1)} />
          {label}
        </span>
      ))}
    </div>
  );
}
