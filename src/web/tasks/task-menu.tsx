import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  CalendarDays,
  CircleCheck,
  CircleCheckBig,
  Copy,
  Flag,
  FolderInput,
  IndentDecrease,
  IndentIncrease,
  Link,
  ListPlus,
  MessageSquare,
  Pause,
  Pencil,
  Play,
  Repeat,
  SkipForward,
  Tag,
  Target,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Task } from '#core/tasks/task.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { keysOf, type TaskCommand } from './task-shortcuts.ts';

interface MenuOptions {
  readonly task: Task;
  /** In a list, where a task has places above and below it. */
  readonly inList: boolean;
  readonly run: (command: TaskCommand) => void;
}

const icon = (Icon: typeof Copy): ReactNode => <Icon className="size-4" />;

/** Everything that can be done with a task by a single pointer. */
export function taskMenu({ task, inList, run }: MenuOptions): MenuSectionSpec[] {
  const { recurrence } = task;
  const done = task.completedAt !== null;
  const going = recurrence !== null && !done;
  const item = (command: TaskCommand, label: string, Icon: typeof Copy, tone?: 'danger') => ({
    id: command,
    label,
    icon: icon(Icon),
    keys: keysOf(command),
    tone,
    onSelect: () => run(command),
  });
  return [
    {
      id: 'edit',
      items: [
        item('complete', done ? 'Reopen' : 'Complete', CircleCheck),
        ...(inList ? [item('rename', 'Rename', Pencil)] : []),
        item('date', 'Date…', CalendarDays),
        item('deadline', 'Deadline…', Target),
        item('repeat', 'Repeat…', Repeat),
        item('priority', 'Priority…', Flag),
        item('labels', 'Labels…', Tag),
        item('comment', 'Comment', MessageSquare),
        item('add-subtask', 'Add subtask', ListPlus),
      ],
    },
    {
      id: 'repeat',
      items: going
        ? recurrence.paused
          ? [item('pause', 'Go on repeating', Play)]
          : [
              item('skip', 'Skip this date', SkipForward),
              item('pause', 'Pause repeating', Pause),
              item('complete-end', 'Complete and stop repeating', CircleCheckBig),
            ]
        : [],
    },
    {
      id: 'place',
      items: [
        item('move', 'Move to…', FolderInput),
        ...(inList
          ? [
              item('move-up', 'Move up', ArrowUp),
              item('move-down', 'Move down', ArrowDown),
              item('move-top', 'Move to top', ArrowUpToLine),
              item('move-bottom', 'Move to bottom', ArrowDownToLine),
              item('indent', 'Indent', IndentIncrease),
              item('outdent', 'Outdent', IndentDecrease),
            ]
          : []),
      ],
    },
    {
      id: 'whole',
      items: [
        item('duplicate', 'Duplicate', Copy),
        item('copy-link', 'Copy link', Link),
        item('delete', 'Move to Trash', Trash2, 'danger'),
      ],
    },
  ];
}
