import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { Token } from '#core/quick-add/quick-add.ts';
import type { Draft } from './draft.ts';
import type { DraftRead } from './read-draft.ts';

/** A part of the text that can be clicked. */
type Part = Pick<Token, 'start' | 'end'> & { readonly token?: Token };

/** The text again, with a mark around each part that is understood, suggested or kept as text. */
export function DraftPills({ draft, read }: { draft: Draft; read: DraftRead }) {
  const { text } = draft;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end, token } of partsOf(draft, read)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start));
    pieces.push(
      <span
        key={start}
        data-start={start}
        data-end={end}
        data-kind={token?.kind}
        data-new={token?.creates === undefined ? undefined : ''}
        className={clsx(token && (token.strength === 'strong' ? 'draft-pill' : 'draft-weak'))}
      >
        {text.slice(start, end)}
      </span>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}

function partsOf({ text, suppressed, isTitle }: Draft, { tokens }: DraftRead): Part[] {
  const shown = tokens.filter(isShown).flatMap((token): Part[] => {
    const { start, end, kind } = token;
    if (kind !== 'description') return [{ start, end, token }];
    // Of a description only its sign is marked: the rest is text like any other.
    return text.startsWith('//', start) && !isTitle ? [{ start, end: start + 2, token }] : [];
  });
  return [...shown, ...(isTitle ? [] : suppressed)].sort((a, b) => a.start - b.start);
}

/** Nobody can be made up: a person who is not in the project is text. */
export function isShown({ kind, strength }: Token): boolean {
  return strength === 'strong' || kind !== 'person';
}
