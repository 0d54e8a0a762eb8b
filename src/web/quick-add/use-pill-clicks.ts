import { type RefObject, useEffect } from 'react';
import type { Span } from '#core/quick-add/quick-add.ts';
import type { DraftStore } from './draft.ts';
import type { DraftRead } from './read-draft.ts';
import { keepAsText, readAgain, understand } from './recognition.ts';

interface PillClicks {
  readonly store: DraftStore;
  readonly read: DraftRead;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly mirrorRef: RefObject<HTMLDivElement | null>;
}

/** A click on a pill turns it back into text, one on a suggestion accepts it, and one on what was turned back undoes that. */
export function usePillClicks({ store, read, fieldRef, mirrorRef }: PillClicks): void {
  useEffect(() => {
    const [field, mirror] = [fieldRef.current, mirrorRef.current];
    if (!field || !mirror) return undefined;
    const handleClick = (event: MouseEvent) => {
      // What ends the marking of text is no click.
      if (field.selectionStart !== field.selectionEnd || event.detail > 1 || field.readOnly) return;
      const span = spanAt(mirror, event);
      if (!span) return;
      const draft = store.get();
      const token = read.tokens.find(({ start, end }) => start < span.end && span.start < end);
      if (token?.kind === 'escape' || token?.kind === 'description') return;
      if (!token) store.set(readAgain(draft, span));
      else if (token.strength === 'strong') store.set(keepAsText(draft, token));
      else if (token.creates === undefined) store.set(understand(draft, token));
    };
    field.addEventListener('click', handleClick);
    return () => field.removeEventListener('click', handleClick);
  }, [store, read, fieldRef, mirrorRef]);
}

/** The marked part that a point is on. The field lies above it, so that its boxes are asked. */
function spanAt(mirror: Element, { clientX: x, clientY: y }: MouseEvent): Span | undefined {
  for (const element of mirror.querySelectorAll<HTMLElement>('[data-start]')) {
    const isHit = [...element.getClientRects()].some(
      ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
    );
    if (isHit) return { start: Number(element.dataset['start']), end: Number(element.dataset['end']) };
  }
  return undefined;
}
