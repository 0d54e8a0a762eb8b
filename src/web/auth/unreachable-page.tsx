import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { usePageTitle } from '#web/navigation.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useSession } from './session.ts';

/** Nobody can tell who this is, and nothing is on this device to show. */
export function UnreachablePage() {
  const session = useSession();
  usePageTitle('Offline');
  useEffect(() => {
    const retry = (): void => void session.start();
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [session]);
  return (
    <main data-page="document" className="grid min-h-dvh place-items-center bg-sidebar">
      <EmptyState
        icon={<CloudOff className="size-6" />}
        title="Tend cannot be reached"
        text="Your tasks are not on this device yet. Check the connection and try again."
        actions={
          <Button tone="primary" onClick={() => void session.start()}>
            Try again
          </Button>
        }
      />
    </main>
  );
}
