import { useSearch } from 'wouter/use-browser-location';
import { navigate } from '#web/navigation.ts';
import { QuickAddDialog } from '#web/quick-add/quick-add-dialog.tsx';
import { routes } from '#web/routes.ts';
import { InboxPage } from '#web/views/project-page.tsx';
import { taskFromShared } from './shared-task.ts';

/**
 * `/add?title=&text=&url=`: where other apps share to, and links lead that add a task. It fills the form in and leaves
 * the rest to the person. The address stays until then, so that loading the page anew loses nothing.
 */
export function AddPage() {
  const { note, text = note, ...shared } = routes.add.parse('/add', useSearch())?.query ?? {};
  const { title, description } = taskFromShared({ ...shared, ...(text !== undefined && { text }) });
  return (
    <>
      <InboxPage />
      <QuickAddDialog
        text={description === '' ? title : `${title}\n${description}`}
        onClose={() => navigate(routes.inbox.href({}), { replace: true })}
      />
    </>
  );
}
