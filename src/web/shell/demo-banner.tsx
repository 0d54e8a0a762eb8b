import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useInstance, useSession, useUser } from '#web/auth/session.ts';
import { navigate } from '#web/navigation.ts';
import { routes } from '#web/routes.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

/** Says that this is the demo, and offers an account of one's own. */
export function DemoBanner() {
  const { role } = useUser();
  const [dismissed, setDismissed] = useState(false);
  return role === 'demo' && !dismissed ? <DemoNotice onDismiss={() => setDismissed(true)} /> : null;
}

function DemoNotice({ onDismiss }: { onDismiss: () => void }) {
  const session = useSession();
  const instance = useInstance();
  const open = instance !== null && instance.signup !== 'closed';
  useEffect(() => {
    // Without an answer the banner only lacks its offer.
    session.loadInstance().catch(() => undefined);
  }, [session]);
  const leave = (): void => session.signOut(() => navigate(routes.signup.href({})));
  return (
    <div role="status" className="demo-banner">
      <p className="min-w-0 flex-1 truncate">
        <strong className="font-semibold">Demo account.</strong>
        <span className="max-sm:hidden"> Try anything; everybody who looks at Tend shares it.</span>
      </p>
      {open ? (
        <button type="button" className="link shrink-0" onClick={leave}>
          Create your own account
        </button>
      ) : null}
      <IconButton size="sm" label="Hide this" icon={<X className="size-4" />} onClick={onDismiss} />
    </div>
  );
}
