import { SearchX } from 'lucide-react';
import { navigate } from '#web/navigation.ts';
import { routes } from '#web/routes.ts';
import { PageHeader } from '#web/shell/page-header.tsx';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** For what is gone or was never visible: the two look the same. */
export function NotFoundView({ what }: { what: 'task' | 'project' | 'label' | 'filter' }) {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon={<SearchX className="size-6" />}
        title={`This ${what} was deleted or you have no access.`}
        actions={
          <>
            <Button onClick={() => navigate(routes.trash.href({}))}>Open Trash</Button>
            <Button tone="primary" onClick={() => navigate(routes.home.href({}))}>
              Home
            </Button>
          </>
        }
      />
    </>
  );
}
