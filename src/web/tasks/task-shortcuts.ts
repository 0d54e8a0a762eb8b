export type TaskCommand =
  | 'complete'
  | 'complete-end'
  | 'rename'
  | 'date'
  | 'clear-date'
  | 'deadline'
  | 'clear-deadline'
  | 'repeat'
  | 'skip'
  | 'pause'
  | 'later'
  | 'earlier'
  | 'priority-1'
  | 'priority-2'
  | 'priority-3'
  | 'priority-4'
  | 'priority'
  | 'labels'
  | 'move'
  | 'assign'
  | 'assign-me'
  | 'duration'
  | 'comment'
  | 'move-up'
  | 'move-down'
  | 'move-top'
  | 'move-bottom'
  | 'indent'
  | 'outdent'
  | 'add-subtask'
  | 'duplicate'
  | 'copy-link'
  | 'delete';

export type ListCommand =
  | 'add-end'
  | 'add-start'
  | 'add-below'
  | 'add-above'
  | 'add-section'
  | 'next-row'
  | 'previous-row'
  | 'close-detail';

export interface ShortcutSpec<Command extends string> {
  readonly command: Command;
  readonly keys: readonly string[];
  readonly label: string;
  /** Acts again while the key is held down. */
  readonly repeats?: boolean;
}

/** What acts on the focused task, in a list and in its detail. */
export const taskShortcuts: readonly ShortcutSpec<TaskCommand>[] = [
  { command: 'complete', keys: ['e'], label: 'Complete or reopen' },
  { command: 'complete-end', keys: ['Shift+e'], label: 'Complete and stop repeating' },
  { command: 'date', keys: ['t'], label: 'Date…' },
  { command: 'clear-date', keys: ['Shift+t'], label: 'Clear date' },
  { command: 'deadline', keys: ['d'], label: 'Deadline…' },
  { command: 'clear-deadline', keys: ['Shift+d'], label: 'Clear deadline' },
  { command: 'repeat', keys: ['Shift+q'], label: 'Repeat…' },
  { command: 'later', keys: ['+', '='], label: 'One day later', repeats: true },
  { command: 'earlier', keys: ['-'], label: 'One day earlier', repeats: true },
  { command: 'priority-1', keys: ['1'], label: 'Priority 1' },
  { command: 'priority-2', keys: ['2'], label: 'Priority 2' },
  { command: 'priority-3', keys: ['3'], label: 'Priority 3' },
  { command: 'priority-4', keys: ['4'], label: 'No priority' },
  { command: 'priority', keys: ['y'], label: 'Priority…' },
  { command: 'labels', keys: ['l'], label: 'Labels…' },
  { command: 'move', keys: ['v'], label: 'Move to…' },
  { command: 'assign', keys: ['Shift+r'], label: 'Assign…' },
  { command: 'assign-me', keys: ['i'], label: 'Assign to me' },
  { command: 'duration', keys: ['u'], label: 'Duration…' },
  { command: 'comment', keys: ['c'], label: 'Comment' },
  { command: 'add-subtask', keys: ['Mod+Shift+o'], label: 'Add subtask' },
  { command: 'move-up', keys: ['Alt+ArrowUp'], label: 'Move up', repeats: true },
  { command: 'move-down', keys: ['Alt+ArrowDown'], label: 'Move down', repeats: true },
  { command: 'move-top', keys: ['Alt+Shift+ArrowUp'], label: 'Move to top' },
  { command: 'move-bottom', keys: ['Alt+Shift+ArrowDown'], label: 'Move to bottom' },
  { command: 'indent', keys: ['>'], label: 'Make a subtask of the task above' },
  { command: 'outdent', keys: ['<'], label: 'Move out of its parent' },
  { command: 'duplicate', keys: ['Mod+d'], label: 'Duplicate' },
  { command: 'copy-link', keys: ['Mod+Shift+c'], label: 'Copy link' },
  { command: 'delete', keys: ['Delete', 'Mod+Backspace'], label: 'Move to Trash' },
];

/** What acts on the list itself. */
export const listShortcuts: readonly ShortcutSpec<ListCommand>[] = [
  { command: 'next-row', keys: ['j', 'ArrowDown'], label: 'Next task', repeats: true },
  { command: 'previous-row', keys: ['k', 'ArrowUp'], label: 'Previous task', repeats: true },
  { command: 'add-end', keys: ['a'], label: 'Add task at the end' },
  { command: 'add-start', keys: ['Shift+a'], label: 'Add task at the start' },
  { command: 'add-below', keys: ['o'], label: 'Add task below' },
  { command: 'add-above', keys: ['Shift+o'], label: 'Add task above' },
  { command: 'add-section', keys: ['s'], label: 'Add section' },
  { command: 'close-detail', keys: ['Escape'], label: 'Close the open task' },
];

const keysByCommand = new Map([...taskShortcuts, ...listShortcuts].map(({ command, keys }) => [command, keys[0]]));

/** The first shortcut of a command, for menus and tooltips. */
export function keysOf(command: TaskCommand | ListCommand): string | undefined {
  return keysByCommand.get(command);
}
