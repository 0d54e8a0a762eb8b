import { Flag, UserX } from 'lucide-react';
import type { Member } from '#core/projects/member.ts';
import type { Priority } from '#core/tasks/task.ts';
import { durationWords } from '#web/dates/duration-words.ts';
import { Avatar } from '#web/ui/avatar.tsx';

export const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  1: 'Priority 1',
  2: 'Priority 2',
  3: 'Priority 3',
  4: 'No priority',
};
export const priorityTones: Readonly<Record<Priority, string>> = {
  1: 'text-p1',
  2: 'text-p2',
  3: 'text-p3',
  4: 'text-p4',
};

/** What a task or a draft can be given, for the menus of both. */
export function priorityItems(current: Priority, onChoose: (priority: Priority) => void) {
  return ([1, 2, 3, 4] as const).map((priority) => ({
    id: String(priority),
    label: PRIORITY_NAMES[priority],
    icon: <Flag className={`size-4 ${priorityTones[priority]}`} />,
    checked: current === priority,
    onSelect: () => onChoose(priority),
    priority,
  }));
}

const DURATIONS = [5, 15, 30, 45, 60, 90, 120, 180, 240];

/** In minutes; null for none. The present one is among them, however long it is. */
export function durationItems(current: number | null, onChoose: (duration: number | null) => void) {
  const minutes = [...new Set([...DURATIONS, ...(current === null ? [] : [current])])].sort((a, b) => a - b);
  return [...minutes, null].map((duration) => ({
    id: String(duration ?? 'none'),
    label: duration === null ? 'No duration' : durationWords(duration),
    checked: current === duration,
    onSelect: () => onChoose(duration),
  }));
}

const NOBODY = 'nobody';

export function assigneeChoices(members: readonly Member[], current: string | null) {
  return [
    { id: NOBODY, label: 'Nobody', icon: <UserX className="size-4" />, checked: current === null },
    ...members.map(({ userId, displayName }) => ({
      id: userId,
      label: displayName,
      icon: <Avatar decorative size="sm" name={displayName} />,
      checked: userId === current,
    })),
  ];
}

/** Whom a choice stands for; null for nobody. */
export function assigneeOf(choiceId: string): string | null {
  return choiceId === NOBODY ? null : choiceId;
}
