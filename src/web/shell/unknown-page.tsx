import { Compass } from 'lucide-react';
import { navigate } from '#web/navigation.ts';
import { routes } from '#web/routes.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Page } from './page.tsx';

/** For an address that no page has. */
export function UnknownPage() {
  return (
    <Page title="Not found">
      <EmptyState
        icon={<Compass className="size-6" />}
        title="There is no page at this address."
        actions={
          <Button tone="primary" onClick={() => navigate(routes.home.href({}))}>
            Home
          </Button>
        }
      />
    </Page>
  );
}
