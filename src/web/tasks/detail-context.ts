import { createContext, use } from 'react';
import type { Task } from '#core/tasks/task.ts';
import type { PickerKind } from './picker-kind.ts';
import type { TaskCommand } from './task-shortcuts.ts';

export interface DetailContextValue {
  readonly task: Task;
  readonly writable: boolean;
  /** The detail is the page, not a panel beside one. */
  readonly isPage: boolean;
  /** May comment although not change the task. */
  readonly mayComment: boolean;
  readonly openPicker: (kind: PickerKind, taskId: string, anchor?: Element | null) => void;
  readonly runCommand: (command: TaskCommand) => void;
}

export const DetailContext = createContext<DetailContextValue | null>(null);

export function useDetail(): DetailContextValue {
  const detail = use(DetailContext);
  if (!detail) throw new Error('useDetail is for parts of TaskDetail');
  return detail;
}
