import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  CalendarDays,
  CircleCheck,
  Copy,
  Flag,
  FolderInput,
  IndentDecrease,
  IndentIncrease,
  Link,
  ListPlus,
  MessageSquare,
  Pencil,
  Tag,
  Target,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { keysOf, type TaskCommand } from './task-shortcuts.ts';

interface MenuOptions {
  readonly done: boolean;
  /** In a list, where a task has places above and below it. */
  readonly inList: boolean;
  readonly run: (command: TaskCommand) => void;
}

const icon = (Icon: typeof Copy): ReactNode => <Icon className="size-4" />;

/** Everything that can be done with a task by a single pointer. */
export function taskMenu({ done, inList, run }: MenuOptions): MenuSectionSpec[] {
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
        item('priority', 'Priority…', Flag),
        item('labels', 'Labels…', Tag),
        item('comment', 'Comment', MessageSquare),
        item('add-subtask', 'Add subtask', ListPlus),
      ],
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
