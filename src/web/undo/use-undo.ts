import { useCallback, useEffect } from 'react';
import { DomainError } from '#core/errors.ts';
import type { Replica } from '#web/replica/replica.ts';
import { afterPaint } from '#web/ui/after-paint.ts';
import { type Notices, useNotices } from './notices.ts';
import { undoWords } from './undo-words.ts';

/** Offers undo after each change that could startle: one toast per gesture, merged by kind. */
export function useUndoToasts(replica: Replica): void {
  const notices = useNotices();
  useEffect(() => {
    replica.onMutated = (mutator, args, uid) => {
      if (mutator.undoable) offerUndo(replica, notices, mutator.name, args, uid);
    };
    return () => {
      replica.onMutated = () => {};
    };
  }, [replica, notices]);
}

function offerUndo(
  replica: Replica,
  notices: Notices,
  name: string,
  args: Readonly<Record<string, unknown>>,
  uid: string,
): void {
  const said = undoWords(name, args, {
    get: (kind, id) => replica.get(kind, id),
    subtasks: (taskId) => replica.list('subtasks', taskId),
  });
  if (!said) return;
  const { message, merge } = said;
  const action = { label: 'Undo', run: () => turnBack(notices, () => replica.undo(uid), 'Undone.') };
  // The change itself comes first.
  afterPaint(() => notices.toasts.show({ message, merge, action }));
}

export interface UndoActions {
  readonly undo: () => void;
  readonly redo: () => void;
}

/** For the keys and menus that undo and redo. */
export function useUndoActions(replica: Replica): UndoActions {
  const notices = useNotices();
  const undo = useCallback(() => {
    if (!replica.undoState.get().canUndo) notices.announcer.announce('Nothing to undo.');
    else turnBack(notices, () => replica.undo(), 'Undone.');
  }, [replica, notices]);
  const redo = useCallback(() => {
    if (!replica.undoState.get().canRedo) notices.announcer.announce('Nothing to redo.');
    else turnBack(notices, () => replica.redo(), 'Redone.');
  }, [replica, notices]);
  return { undo, redo };
}

function turnBack({ toasts, announcer }: Notices, run: () => boolean, done: string): void {
  try {
    if (run()) announcer.announce(done);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    toasts.show({ message: error.message, tone: 'danger' });
  }
}
