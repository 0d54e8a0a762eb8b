import { CalendarDays, Inbox, Menu, Plus, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { Link } from '#web/link.tsx';
import { useRouteName } from '#web/navigation.ts';
import { useCount, useSyncState } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { useShell } from '#web/ui/shell-context.ts';
import { useDialogs } from './dialogs.ts';
import { targetOfNewTask } from './new-task-target.ts';

/** The bottom of a phone: Today, Inbox, add, Upcoming, and everything else. */
export function TabBar() {
  const route = useRouteName();
  const dialogs = useDialogs();
  const { toggleSidebar, sidebarShown } = useShell();
  const { today } = useCalendar();
  const alarmed = useSyncState(({ state }) => state === 'attention' || state === 'signed-out');
  const due = useCount({ index: 'openByDate', to: today });
  const icon = 'size-5';
  return (
    <nav aria-label="Main views" className="tab-bar">
      <TabLink href={routes.today.href({})} label="Today" current={route === 'today'} badge={due}>
        <Sun aria-hidden="true" className={icon} />
      </TabLink>
      <TabLink href={routes.inbox.href({})} label="Inbox" current={route === 'inbox'}>
        <Inbox aria-hidden="true" className={icon} />
      </TabLink>
      <button
        type="button"
        aria-label="Add task"
        className="tab-bar-add"
        onClick={() => dialogs.open({ type: 'add-task', ...targetOfNewTask() })}
      >
        <Plus aria-hidden="true" className="size-6" />
      </button>
      <TabLink href={routes.upcoming.href({})} label="Upcoming" current={route === 'upcoming'}>
        <CalendarDays aria-hidden="true" className={icon} />
      </TabLink>
      <button type="button" aria-expanded={sidebarShown} onClick={toggleSidebar} className="tab-bar-item">
        <span className="relative">
          <Menu aria-hidden="true" className={icon} />
          {alarmed ? <span aria-hidden="true" className="tab-bar-alarm" /> : null}
        </span>
        Browse
        {alarmed ? <span className="sr-only"> (needs attention)</span> : null}
      </button>
    </nav>
  );
}

interface TabLinkProps {
  href: string;
  label: string;
  current: boolean;
  badge?: number;
  children: ReactNode;
}

function TabLink({ href, label, current, badge = 0, children }: TabLinkProps) {
  return (
    <Link href={href} aria-current={current ? 'page' : undefined} className="tab-bar-item">
      <span className="relative">
        {children}
        {badge > 0 ? (
          <span aria-hidden="true" className="tab-bar-badge">
            {badge > 99 ? '99+' : badge}
          </span>
        ) : null}
      </span>
      {label}
    </Link>
  );
}
