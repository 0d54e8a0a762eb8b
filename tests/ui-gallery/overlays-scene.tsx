import { ArrowRight, CalendarDays, Copy, MoreHorizontal, Sun, Sunrise, Trash2, XCircle } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ColorPicker } from '#web/ui/color-picker.tsx';
import { DatePopover } from '#web/ui/date-popover.tsx';
import { AlertDialog, Dialog } from '#web/ui/dialog.tsx';
import { createKeymap } from '#web/ui/keymap.ts';
import { KeymapHelp } from '#web/ui/keymap-help.tsx';
import { KeymapHint } from '#web/ui/keymap-hint.tsx';
import { MenuButton } from '#web/ui/menu.tsx';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { Popover } from '#web/ui/popover.tsx';
import type { Swatch } from '#web/ui/swatches.ts';
import { TextField } from '#web/ui/text-field.tsx';
import { useKeymapListener } from '#web/ui/use-keymap.ts';

const keymap = createKeymap();
keymap.register([
  { id: 'add', keys: ['q'], context: 'Global', label: 'Add task', run: () => undefined },
  { id: 'palette', keys: ['Mod+k'], context: 'Global', label: 'Command palette', run: () => undefined },
  { id: 'help', keys: ['?'], context: 'Global', label: 'Shortcut help', run: () => undefined },
  { id: 'inbox', keys: ['g i'], context: 'Go to', label: 'Inbox', run: () => undefined },
  { id: 'today', keys: ['g t'], context: 'Go to', label: 'Today', run: () => undefined },
  { id: 'complete', keys: ['e'], context: 'Task', label: 'Complete or reopen', run: () => undefined },
  { id: 'next', keys: ['j', 'ArrowDown'], context: 'Task', label: 'Next', run: () => undefined },
]);

type Layer = 'popover' | 'dialog' | 'alert' | 'date' | 'help' | null;

export function OverlaysScene() {
  const [layer, setLayer] = useState<Layer>(null);
  const [color, setColor] = useState<Swatch>('fern');
  const [date, setDate] = useState<string | null>('2026-11-26');
  const ref = useRef<HTMLButtonElement>(null);
  const close = () => setLayer(null);
  useKeymapListener(keymap);
  return (
    <main data-page="document" className="mx-auto flex max-w-list flex-col items-start gap-6 p-8">
      <h1 className="text-title">Overlays</h1>
      <MenuButton label="More actions" icon={<MoreHorizontal className="size-4" />} sections={() => sections} />
      <ColorPicker label="Colour" value={color} onChange={setColor} />
      <div className="flex flex-wrap gap-2">
        <Button ref={ref} onClick={() => setLayer('date')}>
          Date {date ?? 'none'}
        </Button>
        <Button onClick={() => setLayer('popover')}>Popover</Button>
        <Button onClick={() => setLayer('dialog')}>Dialog</Button>
        <Button tone="danger" onClick={() => setLayer('alert')}>
          Alert
        </Button>
        <Button onClick={() => setLayer('help')}>Help</Button>
      </div>
      {layer === 'date' ? (
        <DatePopover
          label="Date"
          anchor={ref}
          value={date}
          today="2026-11-22"
          firstDayOfWeek="mon"
          quickDates={[
            { id: 'today', label: 'Today', date: '2026-11-22', hint: 'Sun', icon: <Sun className="size-4" /> },
            {
              id: 'tomorrow',
              label: 'Tomorrow',
              date: '2026-11-23',
              hint: 'Mon',
              icon: <Sunrise className="size-4" />,
            },
            {
              id: 'weekend',
              label: 'This weekend',
              date: '2026-11-28',
              hint: 'Sat',
              icon: <CalendarDays className="size-4" />,
            },
            {
              id: 'week',
              label: 'Next week',
              date: '2026-11-30',
              hint: 'Mon',
              icon: <ArrowRight className="size-4" />,
            },
            { id: 'none', label: 'No date', date: null, icon: <XCircle className="size-4" /> },
          ]}
          parseText={(text) => (text === 'fri' ? { date: '2026-11-27', label: 'Friday 27 November' } : null)}
          onChange={setDate}
          onClose={close}
        />
      ) : null}
      {layer === 'popover' ? (
        <Popover label="Rename" anchor={ref} onClose={close}>
          <form className="p-2">
            <TextField label="Name" value="Garden" />
          </form>
        </Popover>
      ) : null}
      {layer === 'dialog' ? (
        <Dialog
          title="New project"
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button tone="primary" onClick={close}>
                Create
              </Button>
            </>
          }
        >
          <div className="flex flex-col gap-4">
            <TextField label="Name" defaultValue="Garden" />
            <ColorPicker label="Colour" value={color} onChange={setColor} />
          </div>
        </Dialog>
      ) : null}
      {layer === 'alert' ? (
        <AlertDialog title="Empty Trash?" confirmLabel="Delete 12 items" onConfirm={close} onClose={close}>
          The tasks in it are deleted for good. This cannot be undone.
        </AlertDialog>
      ) : null}
      {layer === 'help' ? (
        <KeymapHelp
          keymap={keymap}
          currentContext="Task"
          singleKeys
          onSingleKeysChange={() => undefined}
          onClose={close}
        />
      ) : null}
      <KeymapHint keymap={keymap} />
    </main>
  );
}

const sections: readonly MenuSectionSpec[] = [
  {
    id: 'edit',
    items: [
      { id: 'date', label: 'Date…', keys: 't', icon: <CalendarDays className="size-4" />, onSelect: () => undefined },
      { id: 'copy', label: 'Duplicate', keys: 'Mod+d', icon: <Copy className="size-4" />, onSelect: () => undefined },
      { id: 'off', label: 'Not allowed here', disabled: true, onSelect: () => undefined },
    ],
  },
  {
    id: 'sort',
    title: 'Sort by',
    selection: 'single',
    items: [
      { id: 'manual', label: 'Manual', checked: true, onSelect: () => undefined },
      { id: 'prio', label: 'Priority', checked: false, onSelect: () => undefined },
    ],
  },
  {
    id: 'danger',
    items: [
      {
        id: 'delete',
        label: 'Delete',
        tone: 'danger',
        keys: 'Mod+Backspace',
        icon: <Trash2 className="size-4" />,
        onSelect: () => undefined,
      },
    ],
  },
];
