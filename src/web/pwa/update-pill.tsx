import './update-pill.css';
import { RefreshCw, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { AppUpdate } from './app-update.ts';

/** Offers the new version and leaves the moment to the person. */
export function UpdatePill({ update }: { update: AppUpdate }) {
  const ready = useSyncExternalStore(update.ready.subscribe, update.ready.get);
  return ready ? <Pill update={update} /> : null;
}

function Pill({ update }: { update: AppUpdate }) {
  // Screen readers announce a status that changes, not one that arrives with its text.
  const [spoken, setSpoken] = useState(false);
  const [taken, setTaken] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSpoken(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  const take = (): void => {
    setTaken(true);
    // When the person stays on the page after all, the button is there for them again.
    void update.take().then(() => setTaken(false));
  };
  return (
    <section aria-label="Update" data-region="update" tabIndex={-1} className="update-pill animate-toast-in">
      <RefreshCw aria-hidden="true" className="size-4 shrink-0 text-accent-fg" />
      <p role="status" className="min-h-5 min-w-0 flex-1 text-body-sm">
        {spoken ? 'A new version is ready' : ''}
      </p>
      <Button tone="primary" size="sm" busy={taken} onClick={take}>
        Reload
      </Button>
      <IconButton size="sm" label="Later" icon={<X className="size-4" />} onClick={() => update.postpone()} />
    </section>
  );
}
