import { useEffect, useState } from 'react';
import type { Fault } from '#core/filters/fault.ts';

const PAUSE_MS = 500;

/** A text with what is wrong in it. */
interface Reading {
  readonly text: string;
  readonly faults: readonly Fault[];
}

interface SaidFaults {
  readonly faults: readonly Fault[];
  /** Tells of all, without waiting. */
  readonly sayNow: () => void;
}

/**
 * Of the faults of a text those to tell. Half a word is seldom right: new ones wait until the typing pauses, so that what
 * stands below the field does not jump with each letter. Those that were told stay while they hold, and go at once when
 * they are mended. `faults` must keep its identity while the text is the same.
 */
export function useSaidFaults(text: string, faults: readonly Fault[]): SaidFaults {
  const [said, setSaid] = useState<Reading>({ text, faults });
  useEffect(() => {
    const timer = setTimeout(() => setSaid({ text, faults }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, faults]);
  const isSaid = (fault: Fault): boolean => said.faults.some((each) => isSame(said.text, each, text, fault));
  return {
    faults: text === said.text ? faults : faults.filter(isSaid),
    sayNow: () => setSaid({ text, faults }),
  };
}

/** Whatever was written before or behind it. */
function isSame(textA: string, a: Fault, textB: string, b: Fault): boolean {
  if (a.code !== b.code || a.message !== b.message) return false;
  return a.start === b.start || textA.length - a.end === textB.length - b.end;
}
