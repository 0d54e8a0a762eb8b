import { useLayoutEffect, useState } from 'react';

/** What had focus before a layer opened, and before the layers below it did, the nearest first. */
type Openers = readonly (Element | null)[];

/** Of the layers that are open, the last one on top. */
const open: Openers[] = [];

/**
 * Gives focus back in the turn in which a layer closes, to what had it before. React Aria does so a frame later, and
 * a key that is pressed until then would mean nothing. A layer that was opened from another one, as from an item of a
 * menu, goes back to what that one was opened from: the item itself has gone.
 */
export function useFocusReturn(): void {
  const [openers] = useState<Openers>(() => [document.activeElement, ...(open.at(-1) ?? [])]);
  useLayoutEffect(() => {
    open.push(openers);
    return () => {
      open.splice(open.indexOf(openers), 1);
      // The layer still has focus now. Afterwards whoever has it was given it on purpose.
      queueMicrotask(() => giveBack(openers));
    };
  }, [openers]);
}

function giveBack(openers: Openers): void {
  for (const opener of openers) {
    if (document.activeElement !== document.body) return;
    if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  }
}
