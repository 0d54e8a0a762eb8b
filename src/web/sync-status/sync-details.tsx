import { Download, RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Device } from '#web/api/device.ts';
import { useSessionState } from '#web/auth/session.ts';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { navigate } from '#web/navigation.ts';
import type { SyncStatus } from '#web/replica/sync-status.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Button } from '#web/ui/button.tsx';
import { Switch } from '#web/ui/switch.tsx';
import { attemptWords } from './attempt-words.ts';
import { isAlmostFull } from './storage-facts.ts';
import { bytesWords, useStorageFacts } from './use-storage-facts.ts';
import { changesWords, troubleWords } from './sync-words.ts';
import { downloadUnsynced } from './unsynced-export.ts';
import { useStorageTrouble } from './use-storage-trouble.ts';
import { useShownStatus } from './use-shown-status.ts';
import './sync-status.css';

/** What the dot stands for, and what can be done about it. */
export function SyncDetails({ onClose }: { onClose: () => void }) {
  const status = useShownStatus();
  const session = useSessionState();
  const words = troubleWords(status, useStorageTrouble());
  const device = session.type === 'signed-in' ? session.device : null;
  return (
    <div className="sync-details">
      <div className="sync-details-head">
        <div className="min-w-0 flex-1">
          <p className="text-body font-medium text-pretty">{words.sentence}</p>
          <LastSync />
        </div>
        <MainAction status={status} device={device} onClose={onClose} />
      </div>
      {status.rejected > 0 ? <Attention count={status.rejected} onClose={onClose} /> : null}
      {status.pending > 0 ? <Queue pending={status.pending} /> : null}
      {device ? <WorkOffline device={device} /> : null}
      <footer className="sync-details-foot">
        <StorageLine />
        <ExportButton count={status.pending + status.rejected} />
      </footer>
    </div>
  );
}

const LOOK_AGAIN_MS = 30_000;

function LastSync() {
  const { lastSyncedAt } = useReplica();
  const at = useSyncExternalStore(lastSyncedAt.subscribe, lastSyncedAt.get);
  const calendar = useCalendar();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (at === null) return <p className="text-meta text-fg-secondary">Not synced on this page yet.</p>;
  const when = momentWords(new Date(at).toISOString(), Math.max(now, at), calendar);
  return <p className="text-meta text-fg-secondary">Last synced {when}.</p>;
}

interface MainActionProps {
  status: SyncStatus;
  device: Device | null;
  onClose: () => void;
}

function MainAction({ status, device, onClose }: MainActionProps) {
  if (status.state === 'signed-out') {
    const signIn = () => {
      onClose();
      navigate(routes.login.href({}, { next: location.pathname + location.search }));
    };
    return (
      <Button tone="primary" size="sm" onClick={signIn}>
        Sign in
      </Button>
    );
  }
  if (status.state === 'update-needed') {
    return (
      <Button tone="primary" size="sm" onClick={() => location.reload()}>
        Reload
      </Button>
    );
  }
  return (
    <Button
      size="sm"
      icon={<RefreshCw aria-hidden="true" className="size-4" />}
      disabledReason={status.state === 'paused' ? 'Turn off “Work offline” first.' : undefined}
      onClick={() => device?.syncNow()}
    >
      Sync now
    </Button>
  );
}

function Attention({ count, onClose }: { count: number; onClose: () => void }) {
  const dialogs = useDialogs();
  return (
    <div className="sync-details-attention">
      <p className="min-w-0 flex-1 text-body-sm">
        {count === 1 ? 'One change was' : `${count} changes were`} refused by the server.
      </p>
      <Button
        size="sm"
        onClick={() => {
          onClose();
          dialogs.open({ type: 'attention' });
        }}
      >
        Review
      </Button>
    </div>
  );
}

const KINDS_SHOWN = 4;

/** What waits, by kind of change, the most frequent first. */
function Queue({ pending }: { pending: number }) {
  const { outbox } = useReplica();
  const mutations = outbox.state.pending;
  const kinds = useMemo(() => {
    const counts = new Map<string, number>();
    for (const mutation of mutations) {
      const words = attemptWords(mutation);
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]);
  }, [mutations]);
  const more = kinds.slice(KINDS_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return (
    <section aria-label="Waiting changes" className="flex flex-col gap-1">
      <h2 className="text-meta font-semibold text-fg-secondary">{changesWords(pending)} waiting</h2>
      <ul className="flex flex-col text-body-sm">
        {kinds.slice(0, KINDS_SHOWN).map(([words, count]) => (
          <li key={words} className="flex gap-2">
            <span className="min-w-0 flex-1 truncate">{words}</span>
            <span className="text-fg-secondary tabular-nums">{count}</span>
          </li>
        ))}
        {more > 0 ? (
          <li className="flex gap-2 text-fg-secondary">
            <span className="min-w-0 flex-1">Others</span>
            <span className="tabular-nums">{more}</span>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function WorkOffline({ device: { sync } }: { device: Device }) {
  const { subscribe, get } = sync.workOffline;
  const on = useSyncExternalStore(subscribe, get);
  return (
    <Switch
      label="Work offline"
      description="Nothing is sent or fetched on this device until you turn it off."
      checked={on}
      onChange={(checked) => sync.setWorkOffline(checked)}
    />
  );
}

function StorageLine() {
  const facts = useStorageFacts();
  if (!facts) return null;
  const kept = facts.persisted ? 'Kept by this browser.' : 'The browser may clear it when space runs low.';
  const used = `${bytesWords(facts.usedBytes)} of ${bytesWords(facts.quotaBytes)} used on this device.`;
  if (isAlmostFull(facts)) {
    return (
      <p className="text-meta text-warn-fg">
        Storage almost full: {used} Free some space, so that your changes can be kept.
      </p>
    );
  }
  return (
    <p className="text-meta text-fg-secondary">
      {used} {kept}
    </p>
  );
}

function ExportButton({ count }: { count: number }) {
  const replica = useReplica();
  return (
    <Button
      size="sm"
      icon={<Download aria-hidden="true" className="size-4" />}
      disabledReason={count === 0 ? 'Everything has reached the server.' : undefined}
      onClick={() => downloadUnsynced(replica)}
    >
      Export unsynced
    </Button>
  );
}
