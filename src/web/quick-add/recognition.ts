import type { Span } from '#core/quick-add/quick-add.ts';
import type { Draft } from './draft.ts';

function without(spans: readonly Span[], { start, end }: Span): Span[] {
  return spans.filter((span) => span.end <= start || end <= span.start);
}

const only = ({ start, end }: Span): Span => ({ start, end });

/** Turns what was understood, or suggested, back into text. */
export function keepAsText(draft: Draft, span: Span): Draft {
  return {
    ...draft,
    suppressed: [...without(draft.suppressed, span), only(span)],
    accepted: without(draft.accepted, span),
  };
}

/** Takes a suggestion, or what was turned back into text, for what it says. */
export function understand(draft: Draft, span: Span): Draft {
  return {
    ...draft,
    suppressed: without(draft.suppressed, span),
    accepted: [...without(draft.accepted, span), only(span)],
  };
}

/** Lets the grammar decide again about what was turned back into text. */
export function readAgain(draft: Draft, span: Span): Draft {
  return { ...draft, suppressed: without(draft.suppressed, span) };
}
