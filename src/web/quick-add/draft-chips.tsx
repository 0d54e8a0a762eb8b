import { clsx } from 'clsx';
import { CalendarDays, ChevronDown, Clock, Flag, Inbox, Info, Moon, Repeat, Tag, Target, User } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { dayWords, toneOf, whenWords } from '#web/dates/date-words.ts';
import { durationWords } from '#web/dates/duration-words.ts';
import { repeatWords } from '#web/recurrence/repeat-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useMembers } from '#web/projects/use-projects.ts';
import { useRow } from '#web/replica/use-query.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { swatchFor } from '#web/ui/swatches.ts';
import type { PickerName } from './choose.ts';
import type { Made } from './draft.ts';
import type { DraftRead, NewTask } from './read-draft.ts';

interface ChipsProps {
  read: DraftRead;
  made: readonly Made[];
  onPick: (name: PickerName, anchor: Element) => void;
}

/** What the task will have, one chip each: set ones say it, the others are offered. */
export function DraftChips({ read, made, onPick }: ChipsProps) {
  const calendar = useCalendar();
  const { task, place } = read;
  const when = whenWords(task, calendar);
  const members = useMembers(place.projectId);
  const assignee = members.find(({ userId }) => userId === task.assigneeId);
  const isShared = members.length > 1 && !made.some(({ id }) => id === place.projectId);
  const note = NOTES[read.tokens.find((token) => token.note)?.note ?? 'none'];
  const chip = (name: PickerName, label: string, icon: ReactNode, value: string | null, tone?: string) => (
    <Chip
      key={name}
      name={name}
      label={label}
      icon={icon}
      value={value}
      tone={tone}
      note={name === 'when' ? note : undefined}
      onPick={onPick}
    />
  );
  return (
    <div role="group" aria-label="Details" className="draft-chips">
      {chip('when', 'Date', whenIcon(task), when?.text ?? null, when?.tone)}
      {chip(
        'deadline',
        'Deadline',
        <Target className="size-4" />,
        task.deadline === null ? null : dayWords(task.deadline, calendar),
        task.deadline === null ? undefined : toneOf(task.deadline, calendar.today),
      )}
      {chip(
        'priority',
        'Priority',
        <Flag className={clsx('size-4', PRIORITY_TONES[task.priority])} />,
        task.priority < 4 ? `Priority ${task.priority}` : null,
      )}
      {chip('labels', 'Labels', <Tag className="size-4" />, listWords(task.labels))}
      {chip(
        'recurrence',
        'Repeat',
        <Repeat className="size-4" />,
        task.recurrence ? repeatWords(task.recurrence, calendar.locale) : null,
      )}
      {isShared || assignee
        ? chip('assigneeId', 'Assignee', <User className="size-4" />, assignee?.displayName ?? null)
        : null}
      {chip(
        'duration',
        'Duration',
        <Clock className="size-4" />,
        task.duration === null ? null : durationWords(task.duration),
      )}
    </div>
  );
}

/** How a time is made certain on a day when the clocks change. */
const NOTES = {
  gap: 'The clocks leave that time out: it moves on by as much',
  overlap: 'The clocks show that time twice: the first is meant',
  none: undefined,
} as const;

const PRIORITY_TONES = { 1: 'text-p1', 2: 'text-p2', 3: 'text-p3', 4: '' } as const;

function whenIcon({ time, evening }: NewTask): ReactNode {
  return evening && time === null ? <Moon className="size-4" /> : <CalendarDays className="size-4" />;
}

function listWords(names: readonly string[]): string | null {
  const [first, ...more] = names;
  if (first === undefined) return null;
  return more.length === 0 ? first : `${first} +${more.length}`;
}

interface ChipProps {
  name: PickerName;
  label: string;
  icon: ReactNode;
  value: string | null;
  tone: string | undefined;
  note: string | undefined;
  onPick: (name: PickerName, anchor: Element) => void;
}

/** Offered by their icon alone, so that all stand in one line. */
const SELDOM: readonly PickerName[] = ['recurrence', 'assigneeId', 'duration'];

function Chip({ name, label, icon, value, tone, note, onPick }: ChipProps) {
  const isIcon = value === null && SELDOM.includes(name);
  return (
    <button
      type="button"
      aria-haspopup={name === 'priority' || name === 'duration' || name === 'recurrence' ? 'menu' : 'dialog'}
      aria-label={[value === null ? label : `${label}: ${value}`, note].filter(Boolean).join('. ')}
      data-tone={value === null ? undefined : (tone ?? 'set')}
      data-icon={isIcon || undefined}
      data-tooltip={isIcon ? label : note}
      className="draft-chip"
      onClick={(event) => onPick(name, event.currentTarget)}
    >
      <span aria-hidden="true" className="draft-chip-icon">
        {icon}
      </span>
      {isIcon ? null : <span className="truncate">{value ?? label}</span>}
      {note === undefined ? null : <Info aria-hidden="true" className="size-3.5 shrink-0 text-info-fg" />}
    </button>
  );
}

/** Where the task goes. */
export function PlaceChip({ read, made, onPick }: ChipsProps) {
  const { projectId, sectionId } = read.place;
  const project = useRow('project', projectId);
  const section = useRow('section', sectionId);
  const named = (id: string | null) => made.find((each) => each.id === id)?.name;
  const name = project?.name ?? named(projectId) ?? 'Inbox';
  const below = section?.name ?? named(sectionId);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Project: ${below === undefined ? name : `${name}, ${below}`}`}
      className="draft-place"
      onClick={(event) => onPick('place', event.currentTarget)}
    >
      {project?.inbox ? (
        <Inbox aria-hidden="true" className="size-4 shrink-0" />
      ) : (
        <ColorDot color={project?.color ?? swatchFor(name)} />
      )}
      <span className="truncate">{name}</span>
      {below === undefined ? null : <span className="truncate text-fg-tertiary">/ {below}</span>}
      <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-fg-tertiary" />
    </button>
  );
}

interface OpenPicker {
  readonly name: PickerName;
  readonly anchor: { readonly current: Element | null };
}

interface Picking {
  readonly open: OpenPicker | null;
  readonly pick: (name: PickerName, anchor: Element) => void;
  /** A menu closes once more after an item of it has opened the next picker, which stays. */
  readonly close: (name: PickerName) => void;
}

/** The picker that is open. */
export function usePicker(): Picking {
  const [open, setOpen] = useState<OpenPicker | null>(null);
  return {
    open,
    pick: (name, anchor) => setOpen({ name, anchor: { current: anchor } }),
    close: (name) => setOpen((shown) => (shown?.name === name ? null : shown)),
  };
}
