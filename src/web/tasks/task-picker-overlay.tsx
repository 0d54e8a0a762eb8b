import { Flag, Tag, UserX } from 'lucide-react';
import type { RefObject } from 'react';
import { labelKey } from '#core/labels/label.ts';
import type { Priority, Task } from '#core/tasks/task.ts';
import { durationWords } from '#web/dates/duration-words.ts';
import { useMembers } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
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

/** With the words for rules: asked for less often than the rest. */
const RepeatDialog = lazyLayer(() => import('#web/recurrence/repeat-dialog.tsx').then((module) => module.RepeatDialog));
RepeatDialog.preload();

interface PickerProps {
  task: Task;
  anchor: RefObject<Element | null>;
  onClose: () => void;
}

export interface TaskPickerOverlayProps extends PickerProps {
  kind: PickerKind;
  inList: boolean;
  runCommand: (command: TaskCommand, taskId: string) => void;
}

/** What is chosen for a task, each in its own layer. */
export function TaskPickerOverlay({ kind, inList, runCommand, ...shared }: TaskPickerOverlayProps) {
  const { task, anchor, onClose } = shared;
  switch (kind) {
    case 'date':
      return <WhenPicker {...shared} onRepeat={() => runCommand('repeat', task.id)} />;
    case 'deadline':
      return <DeadlinePicker {...shared} />;
    case 'repeat':
      return <RepeatDialog task={task} onClose={onClose} />;
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
            task,
            inList,
            run: (command) => runCommand(command, task.id),
          })}
          onClose={onClose}
        />
      );
  }
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
