import { Tag } from 'lucide-react';
import type { RefObject } from 'react';
import { labelKey } from '#core/labels/label.ts';
import type { Task } from '#core/tasks/task.ts';
import { useMembers } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { ChoiceList } from './choice-list.tsx';
import type { PickerKind } from './picker-kind.ts';
import { placeChoices } from './place-choices.tsx';
import { assigneeChoices, assigneeOf, durationItems, priorityItems } from './property-choices.tsx';
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

function PriorityPicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const choices = priorityItems(task.priority, (priority) => actions.update(task.id, { priority }));
  const items = choices.map(({ priority, ...item }) => ({ ...item, keys: keysOf(`priority-${priority}`) }));
  return (
    <Menu
      label="Priority"
      anchor={anchor}
      sections={[{ id: 'priority', selection: 'single', items }]}
      onClose={onClose}
    />
  );
}

function DurationPicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const items = durationItems(task.duration, (duration) => actions.update(task.id, { duration }));
  return (
    <Menu
      label="Duration"
      anchor={anchor}
      sections={[{ id: 'duration', selection: 'single', items }]}
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

function AssigneePicker({ task, anchor, onClose }: PickerProps) {
  const actions = useTaskActions();
  const members = useMembers(task.projectId);
  const choices = assigneeChoices(members, task.assigneeId);
  return (
    <Popover label="Assign to" anchor={anchor} onClose={onClose}>
      <ChoiceList
        label="Assign to…"
        choices={choices}
        onChoose={(id) => {
          onClose();
          actions.update(task.id, { assigneeId: assigneeOf(id) });
        }}
      />
    </Popover>
  );
}
