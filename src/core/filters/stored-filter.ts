import { parseFilter, type ParsedFilter } from './parse-filter.ts';
import type { ParseContext } from './parse-term.ts';
import { printFilter } from './print-filter.ts';
import { STORED_QUERY_MAX } from './saved-filter.ts';

/** Reads what `storeFilter` wrote, which may be longer than what people type. */
export function readStored(query: string, context: ParseContext): ParsedFilter {
  return parseFilter(query, context, STORED_QUERY_MAX);
}

/** A stored query for people: with the names of today, in their language; as it is when it cannot be read. */
export function shownQuery(query: string, context: ParseContext): string {
  const parsed = readStored(query, context);
  return parsed.ok ? printFilter(parsed.filter, context, context.locale) : query;
}
