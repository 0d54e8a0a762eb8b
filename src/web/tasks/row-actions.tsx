import { useList, useListState } from '#web/views/list-context.ts';
import { DatePopover } from '#web/ui/date-popover.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { RowGlyph } from '#web/ui/row-glyph.tsx';
import { useHeld } from '#web/ui/use-held.ts';
import { TaskPickerLayer } from './task-picker.tsx';
import { keysOf } from './task-shortcuts.ts';

interface RowActionsProps {
  taskId: string;
  title: string;
}

const preloadMenu = () => {
  TaskPickerLayer.preload();
  Menu.preload();
};
const preloadDates = () => {
  TaskPickerLayer.preload();
  DatePopover.preload();
};

/** Moving through the list passes by many rows; they need no actions. */
const REST_MS = 60;

/** What a row offers once it is pointed at or has focus; they lie over the end of the title, so nothing moves. */
export function RowActions({ taskId, title }: RowActionsProps) {
  const { metrics } = useList();
  const wanted = useHeld(
    useListState(({ focused, pointed }) => focused === taskId || pointed === taskId),
    REST_MS,
  );
  return wanted || metrics.coarse ? <Actions taskId={taskId} title={title} /> : null;
}

function Actions({ taskId, title }: RowActionsProps) {
  const { openPicker } = useList();
  return (
    <div className="task-actions">
      <span className="task-actions-fine">
        <IconButton
          size="sm"
          label={`Date of ${title}`}
          keys={keysOf('date') ?? ''}
          icon={<RowGlyph shape="date" className="size-4" />}
          onPointerEnter={preloadDates}
          onClick={(event) => openPicker('date', taskId, event.currentTarget)}
        />
        <IconButton
          size="sm"
          label={`Move ${title}`}
          keys={keysOf('move') ?? ''}
          icon={<RowGlyph shape="move" className="size-4" />}
          onClick={(event) => openPicker('move', taskId, event.currentTarget)}
        />
      </span>
      <IconButton
        size="sm"
        label={`Actions for ${title}`}
        keys="."
        icon={<RowGlyph shape="actions" className="size-4" />}
        aria-haspopup="menu"
        onPointerEnter={preloadMenu}
        onClick={(event) => openPicker('menu', taskId, event.currentTarget)}
      />
    </div>
  );
}
