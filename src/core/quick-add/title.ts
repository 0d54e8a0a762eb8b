import type { Line } from './line.ts';
import type { Token } from './quick-add.ts';

/**
 * The line without these tokens. White space is joined only where something was cut out; nothing else of what was typed
 * is lost or changed.
 */
export function titleOf({ text, end }: Line, cuts: readonly Token[]): string {
  const pieces: string[] = [];
  let at = 0;
  let isCut = false;
  const append = (piece: string): void => {
    const before = pieces.at(-1) ?? ' ';
    // Between two pieces one white space is enough.
    const joined = isCut && /\s/u.test(before.slice(-1)) ? piece.trimStart() : piece;
    if (joined === '') return;
    pieces.push(joined);
    isCut = false;
  };
  for (const cut of cuts) {
    if (cut.start >= end) break;
    append(text.slice(at, cut.start));
    at = cut.end;
    isCut = true;
    // "Dentist tomorrow, bring card" keeps its comma at the word before it.
    if (cut.kind !== 'escape' && /[,;:!?.]/u.test(text.charAt(at))) pieces.push(pieces.pop()?.trimEnd() ?? '');
  }
  append(text.slice(at, end));
  return pieces.join('').trim();
}
