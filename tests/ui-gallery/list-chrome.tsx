import { CalendarDays, Hash, Inbox, ListTodo, PanelLeft, Plus, Search, Settings, Sun, Trash2, X } from 'lucide-react';
import { Button } from '#web/ui/button.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Count } from '#web/ui/pill.tsx';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { swatches } from '#web/ui/swatches.ts';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { store } from './list-store.ts';

export function HeaderSample() {
  const shell = useShell();
  return (
    <header className="flex h-bar shrink-0 items-center gap-2 px-2 sm:px-4">
      {shell.sidebarShown ? null : (
        <IconButton
          label="Show sidebar"
          keys="m"
          icon={<PanelLeft className="size-5" />}
          onClick={shell.toggleSidebar}
        />
      )}
      <h1 className="min-w-0 flex-1 truncate text-title">Today</h1>
      <Button tone="ghost" size="sm">
        Display
      </Button>
      <Button tone="primary" icon={<Plus className="size-4" />}>
        Add task
      </Button>
    </header>
  );
}

export function SidebarSample() {
  const shell = useShell();
  return (
    <nav aria-label="Views" className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto p-2">
      <div className="flex items-center gap-2 pb-2">
        <span className="flex-1 truncate px-2 text-body font-semibold">Tend</span>
        <IconButton
          label="Hide sidebar"
          keys="m"
          icon={<PanelLeft className="size-4" />}
          onClick={shell.toggleSidebar}
        />
      </div>
      {[
        { icon: <Search className="size-5" strokeWidth={1.5} />, name: 'Search', count: 0 },
        { icon: <Inbox className="size-5" strokeWidth={1.5} />, name: 'Inbox', count: 12 },
        { icon: <Sun className="size-5" strokeWidth={1.5} />, name: 'Today', count: 7 },
        { icon: <CalendarDays className="size-5" strokeWidth={1.5} />, name: 'Upcoming', count: 0 },
        { icon: <Settings className="size-5" strokeWidth={1.5} />, name: 'Settings', count: 0 },
        { icon: <Trash2 className="size-5" strokeWidth={1.5} />, name: 'Trash', count: 0 },
      ].map(({ icon, name, count }) => (
        <a
          key={name}
          href={`#${name}`}
          aria-current={name === 'Today' ? 'page' : undefined}
          className="flex h-8 items-center gap-2 rounded-md px-2 text-fg-secondary hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:text-fg coarse:h-11"
        >
          {icon}
          <span className="flex-1 truncate">{name}</span>
          {count > 0 ? <Count value={count} /> : null}
        </a>
      ))}
      <h2 className="px-2 pt-4 pb-1 text-caption text-fg-tertiary">Projects</h2>
      {['Work', 'Home', 'Garden', 'Reading'].map((name, index) => (
        <a
          key={name}
          href={`#${name}`}
          className="flex h-8 items-center gap-3 rounded-md px-3 hover:bg-hover coarse:h-11"
        >
          <ColorDot color={swatches[index * 3] ?? 'slate'} />
          <span className="flex-1 truncate">{name}</span>
          <Count value={index * 5 + 3} />
        </a>
      ))}
    </nav>
  );
}

export function DetailSample({ itemKey, onClose }: { itemKey: string; onClose: () => void }) {
  const item = store.items.get(itemKey);
  if (!item) return null;
  return (
    <>
      <header className="flex h-bar shrink-0 items-center gap-1 border-b border-line px-4">
        <Hash className="size-4 text-fg-tertiary" />
        <span className="flex-1 truncate text-body-sm text-fg-secondary">Work › Backlog</span>
        <IconButton label="Close" keys="Escape" icon={<X className="size-4" />} onClick={onClose} />
      </header>
      <ScrollArea>
        <div className="flex gap-2 p-4">
          <TaskCheckbox
            label={`Complete ${item.title}`}
            checked={item.done}
            priority={item.priority}
            onChange={() => {}}
          />
          <h2 className="text-title">{item.title}</h2>
        </div>
      </ScrollArea>
    </>
  );
}

export function TabBarSample() {
  return (
    <nav aria-label="Main" className="flex h-14 items-stretch">
      {['Today', 'Inbox', 'Upcoming', 'Browse'].map((name) => (
        <a
          key={name}
          href={`#${name}`}
          className="flex flex-1 flex-col items-center justify-center gap-0.5 text-caption"
        >
          <ListTodo className="size-5" />
          {name}
        </a>
      ))}
    </nav>
  );
}
