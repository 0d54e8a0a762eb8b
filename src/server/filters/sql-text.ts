import { sql, type RawBuilder } from 'kysely';
import type { Engine } from '#server/db/engine.ts';

/**
 * `foldCase` of core, in SQL: Unicode lower case of the composed form. SQLite knows only ASCII and calls core's own
 * function; PostgreSQL asks ICU, whose rules are those of JavaScript. The result compares by code points.
 */
export function folded(text: RawBuilder<string>, engine: Engine): RawBuilder<string> {
  return engine === 'sqlite'
    ? sql`fold_case(${text})`
    : sql`(lower(normalize(${text}, NFC) collate "und-x-icu") collate "C")`;
}

/** Whether `part` occurs in `text`. */
export function containing(text: RawBuilder<string>, part: string, engine: Engine): RawBuilder<boolean> {
  return engine === 'sqlite' ? sql`instr(${text}, ${part}) > 0` : sql`strpos(${text}, ${part}) > 0`;
}

/** The elements of a JSON array of strings: lists of any length share one statement. */
export function listed(json: string, engine: Engine): RawBuilder<unknown> {
  return engine === 'sqlite'
    ? sql`(select value from json_each(${json}))`
    : sql`(select jsonb_array_elements_text(${json}::jsonb))`;
}

/** The pattern of LIKE for parts with anything between them. */
export function likePattern(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[\\%_]/g, String.raw`\$&`)).join('%');
}
