import type { KeyBinding } from './key-sequence.ts';

export type ShellCommand =
  | 'add-task'
  | 'help'
  | 'toggle-sidebar'
  | 'undo'
  | 'redo'
  | 'settings'
  | 'go-inbox'
  | 'go-today'
  | 'go-upcoming'
  | 'go-projects'
  | 'go-labels'
  | 'go-logbook'
  | 'go-trash'
  | 'go-settings'
  | 'go-home'
  | `go-favourite-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

export interface Shortcut<Command extends string = string> extends KeyBinding<Command> {
  readonly words: string;
}

export interface ShortcutGroup<Command extends string = string> {
  readonly title: string;
  readonly shortcuts: readonly Shortcut<Command>[];
}

const general: readonly Shortcut<ShellCommand>[] = [
  { command: 'add-task', keys: 'q', words: 'Add task' },
  { command: 'undo', keys: 'Mod+z', words: 'Undo' },
  { command: 'redo', keys: 'Mod+Shift+z', words: 'Redo' },
  { command: 'toggle-sidebar', keys: 'm', words: 'Show or hide the sidebar' },
  { command: 'settings', keys: 'Mod+,', words: 'Settings' },
  { command: 'help', keys: '?', words: 'Keyboard shortcuts' },
];

const navigation: readonly Shortcut<ShellCommand>[] = [
  { command: 'go-inbox', keys: 'g i', words: 'Inbox' },
  { command: 'go-today', keys: 'g t', words: 'Today' },
  { command: 'go-upcoming', keys: 'g u', words: 'Upcoming' },
  { command: 'go-projects', keys: 'g p', words: 'Projects' },
  { command: 'go-labels', keys: 'g l', words: 'Labels' },
  { command: 'go-logbook', keys: 'g b', words: 'Logbook' },
  { command: 'go-trash', keys: 'g x', words: 'Trash' },
  { command: 'go-settings', keys: 'g s', words: 'Settings' },
  { command: 'go-home', keys: 'g h', words: 'Home view' },
];

export const favouriteShortcuts = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit) => ({
  command: `go-favourite-${digit}` as const,
  keys: `g ${digit}`,
  words: `Favourite ${digit}`,
}));

/** Everything that works wherever one is. */
export const shellShortcuts: readonly ShortcutGroup<ShellCommand>[] = [
  { title: 'General', shortcuts: general },
  { title: 'Go to', shortcuts: navigation },
];

export const shellBindings: readonly KeyBinding<ShellCommand>[] = [...general, ...navigation, ...favouriteShortcuts];
