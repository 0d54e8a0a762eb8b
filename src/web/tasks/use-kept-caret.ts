import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { diff } from '#core/text/diff.ts';
import { wordsOf } from '#core/text/merge-texts.ts';

interface Caret {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Keeps the selection of a field at the same words when its text changes by something else than typing: browsers put
 * it at the end. Returns what to call whenever the person types or selects.
 */
export function useKeptCaret(ref: RefObject<HTMLTextAreaElement | null>, text: string): () => void {
  const caret = useRef<Caret>({ text, start: text.length, end: text.length });
  const note = useCallback(() => {
    const area = ref.current;
    if (area) caret.current = { text: area.value, start: area.selectionStart, end: area.selectionEnd };
  }, [ref]);
  useLayoutEffect(() => {
    const area = ref.current;
    const before = caret.current;
    if (!area || before.text === text || document.activeElement !== area) return;
    const [start, end] = offsetsAfter(before.text, text, [before.start, before.end]) as [number, number];
    area.setSelectionRange(start, end);
    caret.current = { text, start, end };
  }, [ref, text]);
  return note;
}

/** Where places in one text are in another; a place inside of what changed goes to the end of the change. */
export function offsetsAfter(before: string, after: string, offsets: readonly number[]): number[] {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const [fromEnds, toEnds] = [ends(from), ends(to)];
  const hunks = diff(from, to);
  return offsets.map((offset) => {
    const last = hunks.findLast((hunk) => at(fromEnds, hunk.aStart) < offset);
    if (!last) return offset;
    const end = at(fromEnds, last.aEnd);
    return at(toEnds, last.bEnd) + Math.max(0, offset - end);
  });
}

/** Where each word begins, and where the last one ends. */
function ends(words: readonly string[]): number[] {
  const offsets = [0];
  for (const word of words) offsets.push((offsets.at(-1) ?? 0) + word.length);
  return offsets;
}

function at(offsets: readonly number[], index: number): number {
  return offsets[index] ?? 0;
}
