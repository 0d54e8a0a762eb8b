import { useSearch } from 'wouter/use-browser-location';
import { navigate } from '#web/navigation.ts';
import { routes } from '#web/routes.ts';
import { AddTaskDialog } from '#web/shell/add-task-dialog.tsx';
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
      <AddTaskDialog
        title={title}
        description={description}
        onClose={() => navigate(routes.inbox.href({}), { replace: true })}
      />
    </>
  );
}
