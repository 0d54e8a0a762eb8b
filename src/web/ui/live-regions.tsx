import { useSyncExternalStore } from 'react';
import type { Announcer } from './announcer.ts';

/** The one polite and the one assertive region of the app; mounted from the start and never hidden by dialogs. */
export function LiveRegions({ announcer }: { announcer: Announcer }) {
  const polite = useSyncExternalStore(announcer.subscribe, () => announcer.text('polite'));
  const assertive = useSyncExternalStore(announcer.subscribe, () => announcer.text('assertive'));
  return (
    <div data-react-aria-top-layer="true" className="sr-only">
      <div aria-live="polite" aria-atomic="true">
        {polite}
      </div>
      <div aria-live="assertive" aria-atomic="true">
        {assertive}
      </div>
    </div>
  );
}
