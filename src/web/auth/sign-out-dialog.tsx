import { useEffect, useRef } from 'react';
import { navigate } from '#web/navigation.ts';
import { useSyncStatus } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { AlertDialog } from '#web/ui/dialog.tsx';
import { useSession } from './session.ts';

/** Signs out at once when everything has reached the server, and asks first when something has not. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
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
  return (
    <AlertDialog
      title="Sign out with unsent changes?"
      confirmLabel="Sign out and lose them"
      cancelLabel="Stay"
      onConfirm={leave}
      onClose={onClose}
    >
      {pending === 1 ? 'One change has' : `${pending} changes have`} not reached the server yet. If you sign out now,
      they are lost.
    </AlertDialog>
  );
}
