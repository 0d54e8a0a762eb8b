import { useEffect, useState } from 'react';

const REST_MS = 60;

/** True once the value has held for a moment, so that what only passes by costs nothing; false at once. */
export function useRested(value: boolean): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(() => setRested(true), REST_MS);
    return () => {
      clearTimeout(timer);
      setRested(false);
    };
  }, [value]);
  return value && rested;
}
