import type { Fault } from './fault.ts';
import { type Filter, type Pane, PANES_MAX, QUERY_MAX, TERMS_MAX } from './filter.ts';
import { endOfQuote, FilterReader, type FilterToken, unquoted } from './filter-reader.ts';
import { ExpressionParser } from './parse-expression.ts';
import { parseModifiers } from './parse-modifiers.ts';
import type { ParseContext } from './parse-term.ts';
import { termsOf } from './resolve-filter.ts';

export type ParsedFilter = (
  | { readonly ok: true; readonly filter: Filter }
  /** At least one; in the order of the query. */
  | { readonly ok: false; readonly errors: readonly Fault[] }
) & {
  /** Names that nothing has: the query is right, but those terms match nothing. */
  readonly warnings: readonly Fault[];
  /** In the order of the query; they do not overlap. */
  readonly tokens: readonly FilterToken[];
};

/** Reads a query as docs/filters.md describes. It never throws: what is wrong is in `errors`. */
export function parseFilter(text: string, context: ParseContext, lengthMax = QUERY_MAX): ParsedFilter {
  const reader = new FilterReader(text);
  const panes = parsePanes(reader, context, lengthMax);
  requireFew(reader, panes);
  const { warnings } = reader;
  // Reading ended there: that parentheses before it are open is no fault of its own.
  const tooDeep = reader.errors.find(({ code }) => code === 'too_deep');
  const errors = tooDeep ? [tooDeep] : reader.errors;
  const tokens = reader.tokens.toSorted((a, b) => a.start - b.start);
  if (errors.length > 0) return { ok: false, errors: errors.toSorted((a, b) => a.start - b.start), warnings, tokens };
  return { ok: true, filter: { panes }, warnings, tokens };
}

function parsePanes(reader: FilterReader, context: ParseContext, lengthMax: number): Pane[] {
  const { text } = reader;
  if (text.length > lengthMax) {
    const message = `A query has at most ${lengthMax} characters; this one has ${text.length}.`;
    reader.error('too_long', lengthMax, text.length, message);
    return [];
  }
  if (reader.isAtEnd()) {
    reader.error('empty', 0, text.length, 'Write what to show, for example: today | overdue');
    return [];
  }
  const panes: Pane[] = [];
  do {
    const pane = parsePane(reader, context);
    if (pane) panes.push(pane);
  } while (reader.text.charAt(reader.at++) === ',');
  return panes;
}

function requireFew(reader: FilterReader, panes: readonly Pane[]): void {
  const terms = panes.reduce((sum, { where }) => sum + [...termsOf(where)].length, 0);
  if (terms <= TERMS_MAX && panes.length <= PANES_MAX) return;
  const message = `A query has at most ${TERMS_MAX} terms in at most ${PANES_MAX} lists.`;
  reader.error('too_long', 0, reader.text.length, message);
}

/** Ends at a comma or at the end of the query. */
function parsePane(reader: FilterReader, context: ParseContext): Pane | null {
  const title = parseTitle(reader);
  const where = new ExpressionParser(reader, context).parse();
  const modifiers = parseModifiers(reader);
  return where && { title, where, ...modifiers };
}

const TITLE_SIGN = /=(?!=)/uy;

function parseTitle(reader: FilterReader): string | null {
  reader.skipSpace();
  const start = reader.at;
  const end = reader.text.charAt(start) === '"' ? endOfQuote(reader.text, start) : null;
  if (end === null) return null;
  reader.at = end;
  if (!reader.take(TITLE_SIGN)) {
    reader.at = start;
    return null;
  }
  reader.token('title', start);
  return unquoted(reader.text.slice(start, end)).trim() || null;
}
