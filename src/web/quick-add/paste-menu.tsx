import { CornerDownRight, List, Minus } from 'lucide-react';
import type { RefObject } from 'react';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import { Menu } from '#web/ui/menu.tsx';

export interface PasteMenuProps {
  anchor: RefObject<Element | null>;
  /** At least two. */
  lines: readonly string[];
  /** Whether subtasks may be made here. */
  canNest: boolean;
  onAdd: (lines: readonly string[], nested: boolean) => void;
  /** Puts the text into the field as it is. */
  onKeep: () => void;
  onClose: () => void;
}

/** Asks what pasted lines are to become. More than a limit are not made at once: the rest can be pasted after them. */
export function PasteMenu({ anchor, lines, canNest, onAdd, onKeep, onClose }: PasteMenuProps) {
  const some = lines.slice(0, SUBTREE_MAX);
  const below = some.length - 1;
  const add = {
    id: 'add',
    label: some.length < lines.length ? `Add the first ${some.length} tasks` : `Add ${some.length} tasks`,
    icon: <List className="size-4" />,
    onSelect: () => onAdd(some, false),
  };
  const nest = {
    id: 'nest',
    label: below === 1 ? '1 task with 1 subtask' : `1 task with ${below} subtasks`,
    icon: <CornerDownRight className="size-4" />,
    onSelect: () => onAdd(some, true),
  };
  const keep = { id: 'keep', label: 'Keep as one', icon: <Minus className="size-4" />, onSelect: onKeep };
  const title =
    some.length < lines.length
      ? `${lines.length} lines pasted, ${SUBTREE_MAX} can be added at once`
      : `${lines.length} lines pasted`;
  return (
    <Menu
      label="Pasted lines"
      anchor={anchor}
      sections={[{ id: 'paste', title, items: canNest ? [add, nest, keep] : [add, keep] }]}
      onClose={onClose}
    />
  );
}
