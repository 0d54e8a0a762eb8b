import { useEffect, useRef } from 'react';
import { navigate } from '#web/navigation.ts';
import { useReplica, useSyncStatus } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { Button } from '#web/ui/button.tsx';
import { AlertDialog } from '#web/ui/dialog.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { useSession } from './session.ts';

/** Signs out at once when everything has reached the server, and asks first when something has not. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const replica = useReplica();
  const { toasts } = useNotices();
  const { pending } = useSyncStatus();
  const leaving = useRef(false);
  const leave = (): void => {
    if (leaving.current) return;
    leaving.current = true;
    onClose();
    session.signOut(() => navigate(routes.login.href({}), { replace: true }));
  };
  const leaveNow = useRef(leave);
  useEffect(() => {
    leaveNow.current = leave;
  });
  useEffect(() => {
    if (pending === 0) leaveNow.current();
  }, [pending]);
  if (pending === 0) return null;
  const download = (): void => {
    import('#web/sync-status/unsynced-export.ts').then(
      ({ downloadUnsynced }) => downloadUnsynced(replica),
      () => toasts.show({ message: 'This is not on this device yet. Try again when you are online.', tone: 'danger' }),
    );
  };
  return (
    <AlertDialog
      title="Sign out with unsent changes?"
      confirmLabel="Sign out and lose them"
      cancelLabel="Stay"
      onConfirm={leave}
      onClose={onClose}
    >
      <p className="text-pretty">
        {pending === 1 ? 'One change has' : `${pending} changes have`} not reached the server yet. If you sign out now,
        they are lost.
      </p>
      <div className="mt-3">
        <Button size="sm" onClick={download}>
          Download unsent changes
        </Button>
      </div>
    </AlertDialog>
  );
}
