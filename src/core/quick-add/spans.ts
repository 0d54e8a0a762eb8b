import type { Span } from './quick-add.ts';

/**
 * Where spans are after an edit: those beside the edited part move with their text, those that it touches are gone. So
 * what was turned back into text stays text while its own characters are unchanged.
 */
export function moveSpans(spans: readonly Span[], before: string, after: string): Span[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let kept = 0;
  while (kept < shorter - start && before[before.length - 1 - kept] === after[after.length - 1 - kept]) kept++;
  const [end, shift] = [before.length - kept, after.length - before.length];
  const moved: Span[] = [];
  for (const span of spans) {
    if (span.end <= start && !isSplit(after, span.end)) moved.push({ start: span.start, end: span.end });
    else if (span.start >= end && !isSplit(after, span.start + shift)) {
      moved.push({ start: span.start + shift, end: span.end + shift });
    }
  }
  return moved;
}

/** Whether letters were typed right at the edge of a span, so that it is no longer a word of its own. */
function isSplit(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && /[\p{L}\p{N}]/u.test(text.charAt(at));
}
