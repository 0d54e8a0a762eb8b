import { CalendarDays, Eye, Inbox, MoreHorizontal, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Avatar } from '#web/ui/avatar.tsx';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { DatePill, type DateTone, LabelChip } from '#web/ui/pill.tsx';
import { ProgressPie } from '#web/ui/progress-pie.tsx';
import { Segmented } from '#web/ui/segmented.tsx';
import { Select } from '#web/ui/select.tsx';
import { ListSkeleton } from '#web/ui/skeleton.tsx';
import { swatches } from '#web/ui/swatches.ts';
import { Switch } from '#web/ui/switch.tsx';
import { type PriorityLevel, TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

export function ComponentsScene() {
  return (
    <main data-page="document" className="mx-auto flex max-w-list flex-col gap-8 p-4 sm:p-8">
      <h1 className="text-display">Components</h1>
      <Buttons />
      <Fields />
      <Marks />
      <Feedback />
    </main>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="border-b border-line pb-2 text-title-sm">{title}</h2>
      {children}
    </section>
  );
}

function Buttons() {
  return (
    <Group title="Buttons">
      {(['sm', 'md', 'lg'] as const).map((size) => (
        <div key={size} className="flex flex-wrap items-center gap-3">
          <Button tone="primary" size={size} icon={<Plus className="size-4" />}>
            Add task
          </Button>
          <Button size={size}>Cancel</Button>
          <Button tone="ghost" size={size}>
            Display
          </Button>
          <Button tone="danger" size={size}>
            Delete
          </Button>
          <Button size={size} disabled>
            Disabled
          </Button>
          <Button size={size} busy>
            Saving
          </Button>
          <Button size={size} disabledReason="Only owners can do this">
            With reason
          </Button>
        </div>
      ))}
      <div className="flex items-center gap-3">
        <IconButton label="More" icon={<MoreHorizontal className="size-4" />} />
        <IconButton label="More, small" size="sm" icon={<MoreHorizontal className="size-4" />} />
        <IconButton label="Pressed" pressed icon={<Eye className="size-4" />} />
        <IconButton label="Disabled" disabled icon={<Eye className="size-4" />} />
        <Kbd keys="Mod+K" />
        <Kbd keys="g i" />
      </div>
    </Group>
  );
}

function Fields() {
  const [text, setText] = useState('');
  const [notes, setNotes] = useState('Two lines of\nnotes');
  const [checked, setChecked] = useState(true);
  const [theme, setTheme] = useState<'system' | 'light' | 'dark'>('system');
  return (
    <Group title="Fields">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Name" value={text} onChange={setText} placeholder="Anna" description="As others see it." />
        <TextField label="E-mail" value="anna" onChange={setText} error="This is not an e-mail address." />
        <TextField
          label="Password"
          type="password"
          value="secret"
          onChange={setText}
          trailing={<IconButton label="Show" size="sm" icon={<Eye className="size-4" />} />}
        />
        <TextField label="Disabled" value="Fixed" disabled />
        <TextArea label="Notes" value={notes} onChange={setNotes} />
        <Select
          label="Week starts on"
          value="monday"
          onChange={() => {}}
          options={[
            { value: 'monday', label: 'Monday' },
            { value: 'sunday', label: 'Sunday' },
          ]}
        />
      </div>
      <TextArea look="plain" label="Plain" value="Text that is edited where it is read" onChange={() => {}} />
      <Checkbox label="Remember me" description="On this device" checked={checked} onChange={setChecked} />
      <Checkbox label="Not chosen" checked={false} onChange={setChecked} />
      <Switch label="Single-key shortcuts" description="Q, E, T and others" checked={checked} onChange={setChecked} />
      <Switch label="Off" checked={!checked} onChange={setChecked} />
      <Segmented
        label="Theme"
        value={theme}
        onChange={setTheme}
        options={[
          { value: 'system', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
    </Group>
  );
}

function Marks() {
  const [done, setDone] = useState(false);
  return (
    <Group title="Marks">
      <div className="flex flex-wrap items-center gap-1">
        {([1, 2, 3, 4] as PriorityLevel[]).map((priority) => (
          <TaskCheckbox
            key={priority}
            label={`Open p${priority}`}
            checked={done}
            priority={priority}
            onChange={setDone}
          />
        ))}
        {([1, 2, 3, 4] as PriorityLevel[]).map((priority) => (
          <TaskCheckbox
            key={priority}
            label={`Done p${priority}`}
            checked={!done}
            priority={priority}
            onChange={() => {}}
          />
        ))}
        <TaskCheckbox label="Repeating" checked={false} repeating priority={3} onChange={() => {}} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {(['overdue', 'today', 'tomorrow', 'soon', 'later'] as DateTone[]).map((tone) => (
          <DatePill key={tone} tone={tone} label={tone} icon={<CalendarDays className="size-3.5" />} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {swatches.map((color) => (
          <LabelChip key={color} name={color} color={color} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {swatches.map((color) => (
          <ColorDot key={color} color={color} />
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((value) => (
          <ProgressPie key={value} value={value} label={`${value * 100} %`} />
        ))}
        <Avatar name="Anna Berg" />
        <Avatar name="Ben" size="sm" />
        <Avatar name="Carla Duarte" size="lg" />
      </div>
    </Group>
  );
}

function Feedback() {
  return (
    <Group title="Feedback">
      <Banner>Changes are saved on this device.</Banner>
      <Banner tone="warn" onDismiss={() => {}}>
        You are offline. 3 changes wait.
      </Banner>
      <Banner tone="danger" action={<Button size="sm">Retry</Button>}>
        One change needs attention.
      </Banner>
      <EmptyState
        icon={<Inbox className="size-6" strokeWidth={1.5} />}
        title="Inbox is clear."
        text="New tasks land here."
        actions={<Button tone="primary">Add task</Button>}
      />
      <ListSkeleton rows={4} status="1,240 of 10,000 tasks" />
    </Group>
  );
}
