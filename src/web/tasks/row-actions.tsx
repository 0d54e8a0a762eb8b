import { CalendarDays, Ellipsis, FolderInput } from 'lucide-react';
import { useList } from '#web/views/list-context.ts';
import { DatePopover } from '#web/ui/date-popover.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { keysOf } from './task-shortcuts.ts';

/** What a row offers while it is pointed at or has focus; they lie over the end of the title, so nothing moves. */
export function RowActions({ taskId, title }: { taskId: string; title: string }) {
  const { openPicker } = useList();
  return (
    <div className="task-actions">
      <span className="task-actions-fine">
        <IconButton
          size="sm"
          label={`Date of ${title}`}
          keys={keysOf('date') ?? ''}
          icon={<CalendarDays className="size-4" />}
          onPointerEnter={DatePopover.preload}
          onClick={(event) => openPicker('date', taskId, event.currentTarget)}
        />
        <IconButton
          size="sm"
          label={`Move ${title}`}
          keys={keysOf('move') ?? ''}
          icon={<FolderInput className="size-4" />}
          onClick={(event) => openPicker('move', taskId, event.currentTarget)}
        />
      </span>
      <IconButton
        size="sm"
        label={`Actions for ${title}`}
        keys="."
        icon={<Ellipsis className="size-4" />}
        aria-haspopup="menu"
        onPointerEnter={Menu.preload}
        onClick={(event) => openPicker('menu', taskId, event.currentTarget)}
      />
    </div>
  );
}
