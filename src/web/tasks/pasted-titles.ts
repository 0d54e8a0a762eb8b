import { TITLE_MAX } from '#core/tasks/task.ts';

/** Bullets, numbers and boxes of lists that people paste: `- `, `* `, `1. `, `[ ] `, `- [x] `. */
const MARKER = /^\s*(?:(?:[-*+•–]|\d{1,3}[.)])\s+)?(?:\[[ xX]?\]\s+)?/;

/** The lines of pasted text as titles, without list markers and empty lines. */
export function pastedTitles(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => cleanTitle(line.replace(MARKER, '')))
    .filter((title) => title !== '');
}

/** What a title can be: one line, no control characters, not too long. */
export function cleanTitle(text: string): string {
  // oxlint-disable-next-line no-control-regex -- titles may not contain them (core/schema.ts)
  const line = text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return Array.from(line).slice(0, TITLE_MAX).join('').slice(0, TITLE_MAX).trim();
}
