import { CalendarDays, Clock, Flag, Folder, Moon, Plus, Repeat, Tag, Target, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { memberId } from '#core/projects/member.ts';
import type { Task } from '#core/tasks/task.ts';
import { dayWords, toneOf, whenWords } from '#web/dates/date-words.ts';
import { durationWords } from '#web/dates/duration-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { repeatWords } from '#web/recurrence/repeat-words.ts';
import { useRow } from '#web/replica/use-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { MenuButton } from '#web/ui/menu.tsx';
import { DatePill, LabelChip } from '#web/ui/pill.tsx';
import { useDetail } from './detail-context.ts';
import type { PickerKind } from './picker-kind.ts';
import { PRIORITY_NAMES, priorityTones } from './property-choices.tsx';
import { useLabelColor } from './use-task-facts.ts';

type PropertyKind = Exclude<PickerKind, 'menu' | 'move'>;

interface PropertySpec {
  readonly kind: PropertyKind;
  readonly label: string;
  readonly Icon: typeof Flag;
  readonly isSet: (task: Task) => boolean;
  readonly Value: (props: { task: Task }) => ReactNode;
}

const PROPERTIES: readonly PropertySpec[] = [
  { kind: 'date', label: 'Date', Icon: CalendarDays, isSet: (task) => task.date !== null, Value: WhenValue },
  { kind: 'deadline', label: 'Deadline', Icon: Target, isSet: (task) => task.deadline !== null, Value: DeadlineValue },
  { kind: 'repeat', label: 'Repeat', Icon: Repeat, isSet: (task) => task.recurrence !== null, Value: RepeatValue },
  { kind: 'duration', label: 'Duration', Icon: Clock, isSet: (task) => task.duration !== null, Value: DurationValue },
  { kind: 'priority', label: 'Priority', Icon: Flag, isSet: (task) => task.priority < 4, Value: PriorityValue },
  { kind: 'labels', label: 'Labels', Icon: Tag, isSet: (task) => task.labels.length > 0, Value: LabelsValue },
  { kind: 'assign', label: 'Assignee', Icon: User, isSet: (task) => task.assigneeId !== null, Value: AssigneeValue },
];

/** What is set, one per line; the rest is one click away. */
export function DetailProperties() {
  const { task, writable } = useDetail();
  const shown = PROPERTIES.filter((property) => property.isSet(task));
  const rest = PROPERTIES.filter((property) => !property.isSet(task));
  return (
    <div className="detail-properties">
      <PlaceRow />
      {shown.map(({ kind, label, Icon, Value }) => (
        <PropertyRow key={kind} kind={kind} label={label} icon={<Icon className="size-4" />}>
          <Value task={task} />
        </PropertyRow>
      ))}
      {writable && rest.length > 0 ? <AddProperty rest={rest} /> : null}
    </div>
  );
}

interface PropertyRowProps {
  kind: PickerKind;
  label: string;
  icon: ReactNode;
  children: ReactNode;
}

function PropertyRow({ kind, label, icon, children }: PropertyRowProps) {
  const { task, writable, openPicker } = useDetail();
  return (
    <div className="detail-property">
      <span className="detail-property-label">
        <span aria-hidden="true">{icon}</span>
        {label}
      </span>
      <button
        type="button"
        disabled={!writable}
        data-picker={kind}
        aria-haspopup={kind === 'priority' || kind === 'duration' ? 'menu' : 'dialog'}
        className="detail-property-value"
        onClick={(event) => openPicker(kind, task.id, event.currentTarget)}
      >
        <span className="sr-only">{`${label}: `}</span>
        {children}
      </button>
    </div>
  );
}

function PlaceRow() {
  const { task } = useDetail();
  const project = useRow('project', task.projectId);
  const section = useRow('section', task.sectionId);
  if (!project) return null;
  return (
    <PropertyRow kind="move" label="Project" icon={<Folder className="size-4" />}>
      <span className="flex min-w-0 items-center gap-2">
        <ColorDot color={project.color} />
        <span className="truncate">{project.name}</span>
        {section ? <span className="truncate text-fg-tertiary">/ {section.name}</span> : null}
      </span>
    </PropertyRow>
  );
}

function AddProperty({ rest }: { rest: readonly PropertySpec[] }) {
  const { task, openPicker } = useDetail();
  const sections = () => [
    {
      id: 'properties',
      items: rest.map(({ kind, label, Icon }) => ({
        id: kind,
        label,
        icon: <Icon className="size-4" />,
        onSelect: () => openPicker(kind, task.id, document.querySelector('[data-add-property] button')),
      })),
    },
  ];
  return (
    <div className="detail-add-property" data-add-property="">
      <MenuButton label="Add property" icon={<Plus className="size-4" />} sections={sections} />
      <span aria-hidden="true">Add property</span>
    </div>
  );
}

function WhenValue({ task }: { task: Task }) {
  const calendar = useCalendar();
  const words = whenWords(task, calendar);
  if (!words) return null;
  return (
    <DatePill
      inherits
      label={words.text}
      tone={words.tone}
      {...(task.evening && { icon: <Moon className="size-3.5" /> })}
    />
  );
}

function DeadlineValue({ task }: { task: Task }) {
  const calendar = useCalendar();
  if (task.deadline === null) return null;
  const tone = toneOf(task.deadline, calendar.today);
  return <DatePill inherits label={dayWords(task.deadline, calendar)} tone={tone === 'today' ? 'overdue' : tone} />;
}

function RepeatValue({ task }: { task: Task }) {
  const { locale } = useCalendar();
  return task.recurrence && repeatWords(task.recurrence, locale);
}

function DurationValue({ task }: { task: Task }) {
  return task.duration === null ? null : durationWords(task.duration);
}

function PriorityValue({ task }: { task: Task }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Flag aria-hidden="true" className={`size-4 ${priorityTones[task.priority]}`} />
      {PRIORITY_NAMES[task.priority]}
    </span>
  );
}

function LabelsValue({ task }: { task: Task }) {
  const colorOf = useLabelColor();
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {task.labels.map((name) => (
        <LabelChip key={name} name={name} color={colorOf(name)} />
      ))}
    </span>
  );
}

function AssigneeValue({ task }: { task: Task }) {
  const member = useRow('member', task.assigneeId === null ? null : memberId(task.projectId, task.assigneeId));
  if (!member) return 'Somebody who left';
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <Avatar decorative size="sm" name={member.displayName} />
      <span className="truncate">{member.displayName}</span>
    </span>
  );
}
