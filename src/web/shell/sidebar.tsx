import './shell.css';
import { useDeferredValue } from 'react';
import {
  CalendarDays,
  CircleHelp,
  Filter,
  Inbox,
  NotebookText,
  PanelLeftClose,
  Plus,
  Search,
  Settings,
  Sun,
  Trash2,
} from 'lucide-react';
import { addDays } from '#web/dates/calendar-date.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useRouteName } from '#web/navigation.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useCount, useSyncState } from '#web/replica/use-query.ts';
import { type RouteName, routes } from '#web/routes.ts';
import { SyncButton } from '#web/sync-status/sync-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { AccountMenu } from './account-menu.tsx';
import { useDialogs } from './dialogs.ts';
import { targetOfNewTask } from './new-task-target.ts';
import { SidebarFavourites } from './sidebar-favourites.tsx';
import { handleSidebarKey } from './sidebar-keys.ts';
import { SidebarLabels } from './sidebar-labels.tsx';
import { SidebarProjects } from './sidebar-projects.tsx';
import { SidebarRow } from './sidebar-row.tsx';
import { viewKeys } from './use-shell-keys.ts';

export function Sidebar() {
  const { toggleSidebar, closeDrawer } = useShell();
  const dialogs = useDialogs();
  return (
    <>
      <header className="flex shrink-0 items-center gap-0.5 px-2 pt-3 pb-2">
        <AccountMenu />
        <SyncButton />
        <IconButton
          size="sm"
          label="Hide sidebar"
          keys="m"
          icon={<PanelLeftClose className="size-4" />}
          onClick={toggleSidebar}
        />
      </header>
      <div className="shrink-0 px-2 pb-2">
        <button
          type="button"
          className="sidebar-add"
          onClick={() => {
            closeDrawer();
            dialogs.open({ type: 'add-task', ...targetOfNewTask() });
          }}
        >
          <span className="sidebar-add-mark">
            <Plus aria-hidden="true" className="size-4" strokeWidth={2.5} />
          </span>
          <span className="flex-1 text-start">Add task</span>
          <span className="coarse:hidden">
            <Kbd keys="q" />
          </span>
        </button>
        <div className="sidebar-row">
          <button
            type="button"
            className="sidebar-link"
            onClick={() => {
              closeDrawer();
              dialogs.open({ type: 'search' });
            }}
          >
            <span className="sidebar-icon">
              <Search aria-hidden="true" className="size-4.5" />
            </span>
            <span className="flex-1 text-start">Search</span>
            <span className="coarse:hidden">
              <Kbd keys="/" />
            </span>
          </button>
        </div>
      </div>
      {/* The links keep what links do; the arrow keys only add to it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the links inside bubble here */}
      <nav aria-label="Main" data-scroll-container="" onKeyDown={handleSidebarKey} className="sidebar-scroll">
        <SidebarViews />
        <SidebarLists />
      </nav>
      <SidebarFooter />
    </>
  );
}

/**
 * All at once, when the data is there: one after the other they would push each other down. Behind the page, because
 * hundreds of projects take their time.
 */
function SidebarLists() {
  const loaded = useDeferredValue(
    useSyncState((status) => status.loaded),
    false,
  );
  if (!loaded) return null;
  return (
    <>
      <SidebarFavourites />
      <SidebarProjects />
      <SidebarLabels />
    </>
  );
}

function SidebarViews() {
  const route = useRouteName();
  const { today } = useCalendar();
  const inbox = useInbox();
  const inboxCount = useCount({ index: 'openByProject', key: inbox?.id ?? '' });
  const todayCount = useCount({ index: 'openByDate', key: today });
  const overdue = useCount({ index: 'openByDate', to: addDays(today, -1) });
  const icon = 'size-4.5';
  return (
    <ul className="flex flex-col gap-px">
      <li>
        <SidebarRow
          href={routes.inbox.href({})}
          icon={<Inbox aria-hidden="true" className={icon} />}
          label="Inbox"
          keys={viewKeys.inbox}
          count={inboxCount}
          current={route === 'inbox'}
        />
      </li>
      <li>
        <SidebarRow
          href={routes.today.href({})}
          icon={<Sun aria-hidden="true" className={icon} />}
          label="Today"
          keys={viewKeys.today}
          count={todayCount}
          overdue={overdue}
          current={route === 'today'}
        />
      </li>
      <li>
        <SidebarRow
          href={routes.upcoming.href({})}
          icon={<CalendarDays aria-hidden="true" className={icon} />}
          label="Upcoming"
          keys={viewKeys.upcoming}
          current={route === 'upcoming'}
        />
      </li>
      <li>
        <SidebarRow
          href={routes.filters.href({})}
          icon={<Filter aria-hidden="true" className={icon} />}
          label="Filters"
          keys={viewKeys.filters}
          current={route === 'filters' || route === 'filter'}
        />
      </li>
    </ul>
  );
}

const SETTINGS_ROUTES: ReadonlySet<RouteName | undefined> = new Set<RouteName>(['settings', 'settingsSection']);

/** What is looked for seldom stays in reach below everything else. */
function SidebarFooter() {
  const route = useRouteName();
  const dialogs = useDialogs();
  const icon = 'size-4.5';
  return (
    <footer className="shrink-0 border-t border-line px-2 py-1.5">
      <ul className="grid grid-cols-2 gap-px">
        <li>
          <SidebarRow
            href={routes.logbook.href({})}
            icon={<NotebookText aria-hidden="true" className={icon} />}
            label="Logbook"
            keys={viewKeys.logbook}
            current={route === 'logbook'}
          />
        </li>
        <li>
          <SidebarRow
            href={routes.trash.href({})}
            icon={<Trash2 aria-hidden="true" className={icon} />}
            label="Trash"
            keys={viewKeys.trash}
            current={route === 'trash'}
          />
        </li>
        <li>
          <SidebarRow
            href={routes.settings.href({})}
            icon={<Settings aria-hidden="true" className={icon} />}
            label="Settings"
            keys={viewKeys.settings}
            current={SETTINGS_ROUTES.has(route)}
          />
        </li>
        <li className="sidebar-row">
          <button
            type="button"
            data-tooltip="Keyboard shortcuts"
            data-tooltip-keys="?"
            className="sidebar-link"
            onClick={() => dialogs.open({ type: 'shortcuts' })}
          >
            <span className="sidebar-icon">
              <CircleHelp aria-hidden="true" className={icon} />
            </span>
            Help
          </button>
        </li>
      </ul>
    </footer>
  );
}
