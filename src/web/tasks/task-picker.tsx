import { Flag, Tag, UserX } from 'lucide-react';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { labelKey } from '#core/labels/label.ts';
import type { Priority, Task } from '#core/tasks/task.ts';
import { durationWords } from '#web/dates/date-words.ts';
import { useMembers } from '#web/projects/use-projects.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { ChoiceList } from './choice-list.tsx';
import type { PickerKind } from './picker-kind.ts';
import { placeChoices } from './place-choices.tsx';
import { taskMenu } from './task-menu.tsx';
import { keysOf, type TaskCommand } from './task-shortcuts.ts';
import { useLabels } from './use-task-facts.ts';
import { useTaskActions } from './use-task-actions.ts';
import { DeadlinePicker, WhenPicker } from './when-picker.tsx';

export interface PickerHandle {
  open(kind: PickerKind, taskId: string, anchor: Element): void;
}

interface PickerRequest {
  readonly kind: PickerKind;
  readonly taskId: string;
}

interface TaskPickerProps {
  ref: RefObject<PickerHandle | null>;
  inList: boolean;
  runCommand: (command: TaskCommand, taskId: string) => void;
  /** The layer has closed and focus was not given back to anything. */
  onFocusLost: () => void;
}

/** The one layer of a list or a detail in which something is chosen for a task. */
export function TaskPicker({ ref, inList, runCommand, onFocusLost }: TaskPickerProps) {
  const [request, setRequest] = useState<PickerRequest | null>(null);
  const anchor = useRef<Element | null>(null);
  const task = useRow('task', request?.taskId ?? null);
  useImperativeHandle(ref, () => ({
    open(kind, taskId, element) {
      anchor.current = element;
      setRequest({ kind, taskId });
    },
  }));
  if (!request || !task) return null;

  const close = () => {
    // A menu closes once more after an item of it has opened the next layer.
    setRequest((shown) => (shown === request ? null : shown));
    // The layer gives focus back to where it came from, unless that has gone in the meantime.
    setTimeout(() => {
      if (document.activeElement === document.body || document.activeElement === null) onFocusLost();
    }, 50);
  };
  const shared = { task, anchor, onClose: close };
  switch (request.kind) {
    case 'date':
      return <WhenPicker {...shared} />;
    case 'deadline':
      return <DeadlinePicker {...shared} />;
    case 'labels':
      return <LabelPicker {...shared} />;
    case 'move':
      return <MovePicker {...shared} />;
    case 'assign':
      return <AssigneePicker {...shared} />;
    case 'priority':
      return <PriorityPicker {...shared} />;
    case 'duration':
      return <DurationPicker {...shared} />;
    case 'menu':
      return (
        <Menu
          label={`Actions for ${task.title}`}
          anchor={anchor}
          placement="bottom end"
          sections={taskMenu({
            done: task.completedAt !== null,
            inList,
            run: (command) => runCommand(command, task.id),
          })}
          onClose={close}
        />
      );
  }
}

interface PickerProps {
  task: Task;
  anchor: RefObject<Element | null>;
  onClose: () => void;
}

export const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  1: 'Priority 1',
  2: 'Priority 2',
  3: 'Priority 3',
  4: 'No priority',
};
const priorityTones: Readonly<Record<Priority, string>> = { 1: 'text-p1', 2: 'text-p2', 3: 'text-p3', 4: 'text-p4' };

function PriorityPicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const items = ([1, 2, 3, 4] as const).map((priority) => ({
    id: String(priority),
    label: PRIORITY_NAMES[priority],
    icon: <Flag className={`size-4 ${priorityTones[priority]}`} />,
    keys: keysOf(`priority-${priority}`),
    checked: task.priority === priority,
    onSelect: () => actions.update(task.id, { priority }),
  }));
  return (
    <Menu
      label="Priority"
      anchor={anchor}
      sections={[{ id: 'priority', selection: 'single', items }]}
      onClose={onClose}
    />
  );
}

const DURATIONS = [5, 15, 30, 45, 60, 90, 120, 180, 240];

function DurationPicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const choose = (duration: number | null) => () => actions.update(task.id, { duration });
  const minutes =
    task.duration === null ? DURATIONS : [...new Set([...DURATIONS, task.duration])].sort((a, b) => a - b);
  const items = minutes.map((each) => ({
    id: String(each),
    label: durationWords(each),
    checked: task.duration === each,
    onSelect: choose(each),
  }));
  const none = { id: 'none', label: 'No duration', checked: task.duration === null, onSelect: choose(null) };
  return (
    <Menu
      label="Duration"
      anchor={anchor}
      sections={[{ id: 'duration', selection: 'single', items: [...items, none] }]}
      onClose={onClose}
    />
  );
}

function LabelPicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const labels = useLabels();
  const chosen = new Set(task.labels.map(labelKey));
  const known = new Set(labels.map((label) => labelKey(label.name)));
  // A shared task may carry labels that this person has not.
  const foreign = task.labels.filter((name) => !known.has(labelKey(name)));
  const choices = [
    ...labels.map((label) => ({ name: label.name, icon: <ColorDot color={label.color} /> })),
    ...foreign.map((name) => ({ name, icon: <Tag className="size-4" /> })),
  ].map(({ name, icon }) => ({ id: name, label: name, icon, checked: chosen.has(labelKey(name)) }));
  const toggle = (name: string) => {
    const without = task.labels.filter((label) => labelKey(label) !== labelKey(name));
    actions.setLabels(task.id, without.length < task.labels.length ? without : [...task.labels, name]);
  };
  return (
    <Popover label="Labels" anchor={anchor} onClose={onClose}>
      <ChoiceList multiple label="Search or create labels" choices={choices} onChoose={toggle} onCreate={toggle} />
    </Popover>
  );
}

function MovePicker({ task, anchor, onClose }: PickerProps) {
  const replica = useReplica();
  const actions = useTaskActions();
  const choices = placeChoices(replica, task);
  return (
    <Popover label="Move to" anchor={anchor} onClose={onClose}>
      <ChoiceList
        label="Move to…"
        choices={choices}
        onChoose={(id) => {
          const choice = choices.find((each) => each.id === id);
          onClose();
          if (choice && !choice.checked) actions.place(task.id, choice);
        }}
      />
    </Popover>
  );
}

const NOBODY = 'nobody';

function AssigneePicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const members = useMembers(task.projectId);
  const choices = [
    { id: NOBODY, label: 'Nobody', icon: <UserX className="size-4" />, checked: task.assigneeId === null },
    ...members.map((member) => ({
      id: member.userId,
      label: member.displayName,
      icon: <Avatar decorative size="sm" name={member.displayName} />,
      checked: member.userId === task.assigneeId,
    })),
  ];
  return (
    <Popover label="Assign to" anchor={anchor} onClose={onClose}>
      <ChoiceList
        label="Assign to…"
        choices={choices}
        onChoose={(id) => {
          onClose();
          actions.update(task.id, { assigneeId: id === NOBODY ? null : id });
        }}
      />
    </Popover>
  );
}
