import { useLayoutEffect, useState } from 'react';

/**
 * Gives focus back in the turn in which a layer closes, to what had it before. React Aria does so a frame later, and
 * a key that is pressed until then would mean nothing.
 */
export function useFocusReturn(): void {
  const [opener] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () =>
      // The layer still has focus now. Afterwards whoever has it was given it on purpose.
      queueMicrotask(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
      }),
    [opener],
  );
}
