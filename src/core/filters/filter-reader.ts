import { FAULTS_MAX, type Fault, type FaultCode, type Fix } from './fault.ts';

/** What a part of the query is, for the colours of an editor. */
export type FilterTokenKind =
  | 'project'
  | 'section'
  | 'label'
  | 'person'
  | 'date'
  | 'number'
  | 'flag'
  | 'text'
  | 'operator'
  | 'title'
  | 'modifier'
  | 'unknown';

export interface FilterToken {
  readonly kind: FilterTokenKind;
  readonly start: number;
  readonly end: number;
}

/** White space, and marks of writing direction, which stand beside what was typed in the other direction. */
const SPACE = /[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/uy;
const WORD_OPERATOR = /[\s]+(?:and|or)(?=[\s("!])/iuy;
const MODIFIER = /[\s]+(?:sort|group|limit|with)\s*:/iuy;

/** A position in a query, and what was found on the way there. */
export class FilterReader {
  readonly text: string;
  readonly errors: Fault[] = [];
  readonly warnings: Fault[] = [];
  readonly tokens: FilterToken[] = [];
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }

  /** What stands behind white space here, if it is that; `pattern` is sticky. */
  take(pattern: RegExp): RegExpExecArray | null {
    this.skipSpace();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  sees(pattern: RegExp): boolean {
    this.skipSpace();
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  isAtEnd(): boolean {
    this.skipSpace();
    return this.at >= this.text.length;
  }

  /**
   * Where what begins here must end: before an operator, a parenthesis, a comma, a comparison or a modifier. Words that
   * are operators end it unless they may be part of a name.
   */
  segmentEnd(isName = false): number {
    const { text } = this;
    for (let i = this.at; i < text.length; i++) {
      const char = text.charAt(i);
      if (char === '\\') i++;
      else if (char === '"') {
        const end = endOfQuote(text, i);
        if (end === null) return text.length;
        i = end - 1;
      } else if ('&|,()<>='.includes(char) || (char === '!' && text.charAt(i + 1) === '=')) return i;
      else if (
        isSpaceAt(text, i) &&
        i > this.at &&
        (endsAt(MODIFIER, text, i) || (!isName && endsAt(WORD_OPERATOR, text, i)))
      )
        return i;
    }
    return text.length;
  }

  /** The same without white space at its end. */
  segment(isName = false): string {
    return this.text.slice(this.at, this.segmentEnd(isName)).trimEnd();
  }

  token(kind: FilterTokenKind, start: number, end = this.at): void {
    if (end > start) this.tokens.push({ kind, start, end });
  }

  error(code: FaultCode, start: number, end: number, message: string, fixes: readonly Fix[] = []): void {
    if (this.errors.length < FAULTS_MAX) this.errors.push({ code, start, end, message, fixes });
  }

  warning(code: FaultCode, start: number, end: number, message: string, fixes: readonly Fix[] = []): void {
    if (this.warnings.length < FAULTS_MAX) this.warnings.push({ code, start, end, message, fixes });
  }
}

function isSpaceAt(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at));
}

function endsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Behind the quote that closes the one at `at`. */
export function endOfQuote(text: string, at: number): number | null {
  for (let i = at + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') return i + 1;
    if (char === '\\') i++;
  }
  return null;
}

/** A backslash in quotes keeps a quote or another backslash, and is itself before anything else. */
export function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(["\\])/gu, '$1');
}

export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
}
