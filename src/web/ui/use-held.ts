import { useEffect, useState } from 'react';

/** True once the value has been true for `ms`, so that what only passes by shows nothing; false at once. */
export function useHeld(value: boolean, ms: number): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(() => setHeld(true), ms);
    return () => {
      clearTimeout(timer);
      setHeld(false);
    };
  }, [value, ms]);
  return value && held;
}
