import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useRow } from '#web/replica/use-query.ts';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import type { PickerKind } from './picker-kind.ts';
import type { TaskCommand } from './task-shortcuts.ts';

export const TaskPickerLayer = lazyLayer(() =>
  import('./task-picker-overlay.tsx').then((module) => module.TaskPickerOverlay),
);

export interface PickerHandle {
  open(kind: PickerKind, taskId: string, anchor: Element): void;
}

interface PickerRequest {
  readonly kind: PickerKind;
  readonly taskId: string;
}

interface TaskPickerProps {
  ref: RefObject<PickerHandle | null>;
  inList: boolean;
  runCommand: (command: TaskCommand, taskId: string) => void;
  /** The layer has closed and focus was not given back to anything. */
  onFocusLost: () => void;
}

/** The one layer of a list or a detail in which something is chosen for a task. */
export function TaskPicker({ ref, inList, runCommand, onFocusLost }: TaskPickerProps) {
  const [request, setRequest] = useState<PickerRequest | null>(null);
  const anchor = useRef<Element | null>(null);
  const task = useRow('task', request?.taskId ?? null);
  useImperativeHandle(ref, () => ({
    open(kind, taskId, element) {
      anchor.current = element;
      setRequest({ kind, taskId });
    },
  }));
  if (!request || !task) return null;

  const close = () => {
    // A menu closes once more after an item of it has opened the next layer.
    setRequest((shown) => (shown === request ? null : shown));
    // The layer gives focus back to where it came from, unless that has gone in the meantime.
    setTimeout(() => {
      if (document.activeElement === document.body || document.activeElement === null) onFocusLost();
    }, 50);
  };
  return (
    <TaskPickerLayer
      kind={request.kind}
      task={task}
      anchor={anchor}
      inList={inList}
      runCommand={runCommand}
      onClose={close}
    />
  );
}
