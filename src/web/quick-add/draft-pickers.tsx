import { labelKey } from '#core/labels/label.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useMembers } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { ChoiceList } from '#web/tasks/choice-list.tsx';
import { placeChoices } from '#web/tasks/place-choices.tsx';
import { assigneeChoices, assigneeOf, durationItems, priorityItems } from '#web/tasks/property-choices.tsx';
import { useLabels } from '#web/tasks/use-task-facts.ts';
import { DeadlinePopover, WhenPopover } from '#web/tasks/when-picker.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { swatchFor } from '#web/ui/swatches.ts';
import type { PickerName } from './choose.ts';
import { type DraftPickerProps, SingleMenu } from './draft-picker.tsx';
import { RepeatMenu } from './repeat-menu.tsx';

const RepeatForm = lazyLayer(() => import('#web/recurrence/repeat-dialog.tsx').then((module) => module.RepeatForm));

/** The layer in which something of a draft is chosen. */
export function DraftPicker({ name, ...props }: DraftPickerProps & { name: PickerName }) {
  const { read, anchor, onChoose, onClose } = props;
  const { task } = read;
  switch (name) {
    case 'when':
      return <WhenPopover value={task} anchor={anchor} onChange={(when) => onChoose('when', when)} onClose={onClose} />;
    case 'deadline':
      return (
        <DeadlinePopover
          value={task.deadline}
          anchor={anchor}
          onChange={(deadline) => onChoose('deadline', deadline)}
          onClose={onClose}
        />
      );
    case 'priority':
      return <PriorityMenu {...props} />;
    case 'duration':
      return <DurationMenu {...props} />;
    case 'recurrence':
      return <RepeatMenu {...props} />;
    case 'repeat-form':
      return <DraftRepeat {...props} />;
    case 'labels':
      return <LabelList {...props} />;
    case 'place':
      return <PlaceList {...props} />;
    case 'assigneeId':
      return <AssigneeList {...props} />;
  }
}

function DraftRepeat({ read, onChoose, onClose }: DraftPickerProps) {
  const { timeZone } = useCalendar();
  return (
    <RepeatForm
      source={read.task}
      timeZone={timeZone}
      onSave={({ date, time, recurrence }) => {
        onChoose('recurrence', recurrence);
        onChoose('when', { date, time, evening: time === null && read.task.evening });
      }}
      onEnd={() => onChoose('recurrence', null)}
      onClose={onClose}
    />
  );
}

function PriorityMenu({ read, anchor, onChoose, onClose }: DraftPickerProps) {
  const items = priorityItems(read.task.priority, (priority) => onChoose('priority', priority));
  return <SingleMenu label="Priority" anchor={anchor} items={items} onClose={onClose} />;
}

function DurationMenu({ read, anchor, onChoose, onClose }: DraftPickerProps) {
  const items = durationItems(read.task.duration, (duration) => onChoose('duration', duration));
  return <SingleMenu label="Duration" anchor={anchor} items={items} onClose={onClose} />;
}

function LabelList({ read, anchor, onToggleLabel, onClose }: DraftPickerProps) {
  const labels = useLabels();
  const chosen = new Set(read.task.labels.map(labelKey));
  const known = new Set(labels.map(({ name }) => labelKey(name)));
  const fresh = read.task.labels.filter((name) => !known.has(labelKey(name)));
  const choices = [
    ...labels.map(({ name, color }) => ({ name, color })),
    ...fresh.map((name) => ({ name, color: swatchFor(name) })),
  ].map(({ name, color }) => ({
    id: name,
    label: name,
    icon: <ColorDot color={color} />,
    checked: chosen.has(labelKey(name)),
  }));
  return (
    <Popover label="Labels" anchor={anchor} onClose={onClose}>
      <ChoiceList
        multiple
        label="Search or create labels"
        choices={choices}
        onChoose={onToggleLabel}
        onCreate={onToggleLabel}
      />
    </Popover>
  );
}

function PlaceList({ read, anchor, onChoose, onClose }: DraftPickerProps) {
  const replica = useReplica();
  const choices = placeChoices(replica, read.place);
  return (
    <Popover label="Project" anchor={anchor} onClose={onClose}>
      <ChoiceList
        label="Project or section…"
        choices={choices}
        onChoose={(id) => {
          const choice = choices.find((each) => each.id === id);
          onClose();
          if (choice) onChoose('place', { projectId: choice.projectId, sectionId: choice.sectionId });
        }}
      />
    </Popover>
  );
}

function AssigneeList({ read, anchor, onChoose, onClose }: DraftPickerProps) {
  const members = useMembers(read.place.projectId);
  const choices = assigneeChoices(members, read.task.assigneeId);
  return (
    <Popover label="Assign to" anchor={anchor} onClose={onClose}>
      <ChoiceList
        label="Assign to…"
        choices={choices}
        onChoose={(id) => {
          onClose();
          onChoose('assigneeId', assigneeOf(id));
        }}
      />
    </Popover>
  );
}
