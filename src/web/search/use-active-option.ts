import { useState } from 'react';
import type { SearchOption } from './search-groups.ts';

export interface ActiveOption {
  readonly index: number;
  readonly option: SearchOption | undefined;
  readonly set: (index: number) => void;
  /** Back to the best one. */
  readonly reset: () => void;
}

/**
 * Which option the keyboard is on. It is remembered by what it is: results that come in later, from the server or from
 * another device, do not move the choice under somebody's finger.
 */
export function useActiveOption(options: readonly SearchOption[]): ActiveOption {
  const [key, setKey] = useState<string | null>(null);
  const found = options.findIndex((option) => option.key === key);
  const index = found === -1 ? successorOf(key, options) : found;
  return {
    index,
    option: options[index],
    set: (next) => setKey(options[Math.max(0, Math.min(options.length - 1, next))]?.key ?? null),
    reset: () => setKey(null),
  };
}

/** An offer that was taken is followed by what it brought. */
function successorOf(key: string | null, options: readonly SearchOption[]): number {
  if (key !== 'server') return 0;
  const first = options.findIndex((option) => option.key.startsWith('server '));
  return first === -1 ? options.length - 1 : first;
}
