import { MonitorSmartphone } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { formErrors } from '#web/auth/form-errors.ts';
import { useSession, useUser } from '#web/auth/session.ts';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { ListSkeleton } from '#web/ui/skeleton.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { type AccountSession, createAccountApi } from './account-api.ts';
import { deviceWords } from './user-agent.ts';

/** Where the account is signed in, and how to end that. */
export function SessionsSettings() {
  const session = useSession();
  const { role } = useUser();
  const { toasts } = useNotices();
  const api = useMemo(() => createAccountApi(session.api.http), [session]);
  const [sessions, setSessions] = useState<readonly AccountSession[] | null>(null);
  const [error, setError] = useState<string>();

  const load = useCallback(async () => {
    try {
      setSessions(await api.sessions());
      setError(undefined);
    } catch (cause) {
      setError(formErrors(cause, []).form);
    }
  }, [api]);
  useEffect(() => {
    void load();
  }, [load]);

  const end = async (work: () => Promise<void>, done: string): Promise<void> => {
    try {
      await work();
      toasts.show({ message: done });
    } catch (cause) {
      setError(formErrors(cause, []).form);
    }
    await load();
  };

  if (error !== undefined) {
    return (
      <Banner
        tone="danger"
        action={
          <Button size="sm" onClick={() => void load()}>
            Try again
          </Button>
        }
      >
        {error}
      </Banner>
    );
  }
  if (sessions === null) return <ListSkeleton rows={3} status="Asking the server…" />;
  const others = sessions.filter((each) => !each.current);
  return (
    <>
      <ul className="-mx-2 flex flex-col">
        {sessions.map((each) => (
          <SessionLine
            key={each.id}
            session={each}
            onEnd={() => void end(() => api.endSession(each.id), 'Session ended')}
          />
        ))}
      </ul>
      {others.length > 0 && role !== 'demo' ? (
        <div>
          <Button onClick={() => void end(() => api.endOtherSessions(), 'Signed out everywhere else')}>
            Sign out everywhere else
          </Button>
        </div>
      ) : null}
    </>
  );
}

function SessionLine({ session, onEnd }: { session: AccountSession; onEnd: () => void }) {
  const calendar = useCalendar();
  const [now] = useState(Date.now);
  const used = momentWords(session.lastUsedAt, now, calendar);
  const device = deviceWords(session.userAgent);
  return (
    <li className="line px-2 py-2">
      <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-fg-tertiary" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-body">
          {device}
          {session.current ? <span className="text-accent-fg"> · this device</span> : null}
        </span>
        <span className="truncate text-meta text-fg-secondary">
          {session.ip} · last used {used}
        </span>
      </span>
      {session.current ? null : (
        <Button size="sm" aria-label={`Sign out ${device}, ${session.ip}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}
