import { RefreshCw } from 'lucide-react';
import { useSessionState } from '#web/auth/session.ts';
import { navigate } from '#web/navigation.ts';
import { useRejected } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { Button } from '#web/ui/button.tsx';
import { RejectedList } from './rejected-list.tsx';
import { syncWords } from './sync-words.ts';
import { useShownStatus } from './use-sync-notices.ts';

/** What the dot stands for, and what can be done about it. */
export function SyncDetails({ onClose }: { onClose: () => void }) {
  const status = useShownStatus();
  const rejected = useRejected();
  const session = useSessionState();
  const words = syncWords(status);
  return (
    <div className="sync-details">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 text-body font-medium text-pretty">{words.sentence}</p>
        {status.state === 'signed-out' ? (
          <Button
            tone="primary"
            size="sm"
            onClick={() => {
              onClose();
              navigate(routes.login.href({}, { next: location.pathname + location.search }));
            }}
          >
            Sign in
          </Button>
        ) : status.state === 'update-needed' ? (
          <Button tone="primary" size="sm" onClick={() => location.reload()}>
            Reload
          </Button>
        ) : (
          <Button
            size="sm"
            icon={<RefreshCw aria-hidden="true" className="size-4" />}
            onClick={() => {
              if (session.type === 'signed-in') session.device.sync.syncNow();
            }}
          >
            Sync now
          </Button>
        )}
      </div>
      {rejected.length > 0 ? (
        <RejectedList rejected={rejected} />
      ) : (
        <p className="text-body-sm text-pretty text-fg-secondary">
          {status.pending > 0
            ? 'They are sent as soon as the server can be reached. Keep this tab open until then.'
            : 'Your changes show at once and are sent to the server behind the scenes.'}
        </p>
      )}
    </div>
  );
}
