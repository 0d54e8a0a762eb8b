/** What can be chosen for a task in a layer of its own. */
export type PickerKind =
  | 'date'
  | 'deadline'
  | 'repeat'
  | 'priority'
  | 'labels'
  | 'move'
  | 'assign'
  | 'duration'
  | 'menu';
