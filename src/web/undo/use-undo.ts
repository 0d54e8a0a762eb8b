import { useCallback, useEffect } from 'react';
import type { Replica } from '#web/replica/replica.ts';
import { LazyModule } from '#web/ui/lazy-module.ts';
import { useNotices } from './notices.ts';
import { turnBack } from './turn-back.ts';

/** The words of the offer, which comes later than the change. */
export const undoOffer = new LazyModule(() => import('./offer-undo.ts'));

/** Offers undo after each change that could startle: one toast per gesture, merged by kind. */
export function useUndoToasts(replica: Replica): void {
  const notices = useNotices();
  useEffect(() => {
    replica.onMutated = (mutator, args, uid) => {
      if (!mutator.undoable) return;
      const change = { name: mutator.name, args, uid };
      const code = undoOffer.get();
      // What was done before the words were here is offered once they are.
      if (code) code.offerUndo(replica, notices, change);
      else
        undoOffer.load().then(
          ({ offerUndo }) => offerUndo(replica, notices, change),
          () => undefined,
        );
    };
    return () => {
      replica.onMutated = () => {};
    };
  }, [replica, notices]);
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
