import { type BoundName, foldCase, type NameRef } from './filter.ts';
import type { FilterNames } from './filter-context.ts';
import { endOfQuote, type FilterReader, quoted, unquoted } from './filter-reader.ts';
import { indexFor, type NameIndex, type NameKind, nearestOf } from './name-index.ts';

const WORD = /(?:\\[\s\S]|[^\s\\&|,()"<>=])+/uy;
const BOUND = /\{((?:\\[\s\S]|[^\\|{}])*)\|((?:\\[\s\S]|[^\\{}])*)\}/uy;

/** The name at this position; null and an error where there is none. Its term begins at `start`. */
export function parseName(reader: FilterReader, kind: NameKind, start: number, names: FilterNames): NameRef | null {
  const index = indexFor(kind, names);
  const nameStart = reader.at;
  const found =
    boundName(reader, index) ?? quotedName(reader, index) ?? knownName(reader, index) ?? wordName(reader, index);
  if (!found) {
    reader.error('expected_name', start, Math.max(reader.at, start + 1), `The name of a ${kind} is missing here.`);
    return null;
  }
  if ('ids' in found && found.ids.every((id) => !index.nameById.has(id)))
    warn(reader, kind, { start, nameStart, name: found.name }, index);
  return found;
}

/** The stored form: ids, and the name for the day on which they are gone. */
function boundName(reader: FilterReader, { nameById }: NameIndex): BoundName | null {
  BOUND.lastIndex = reader.at;
  const found = BOUND.exec(reader.text);
  if (!found) return null;
  reader.at += found[0].length;
  const ids = unescaped(found[1] ?? '')
    .split(',')
    .filter((id) => id !== '');
  const known = ids.find((id) => nameById.has(id));
  return { ids, name: (known === undefined ? undefined : nameById.get(known)) ?? unescaped(found[2] ?? '') };
}

function quotedName(reader: FilterReader, index: NameIndex): BoundName | null {
  if (reader.text.charAt(reader.at) !== '"') return null;
  const end = endOfQuote(reader.text, reader.at);
  if (end === null) return null;
  const name = unquoted(reader.text.slice(reader.at, end)).trim();
  if (name === '') return null;
  reader.at = end;
  return bind(name, index);
}

/** The longest name that exists, which may be several words. */
function knownName(reader: FilterReader, index: NameIndex): BoundName | null {
  const { text, at } = reader;
  // A character may take two: its escape.
  const segment = reader.segment(true).slice(0, index.longest * 2 + 1);
  for (let length = segment.length; length > 0; length--) {
    const next = text.charAt(at + length);
    if (next !== '' && /[^\s&|,()<>=!]/u.test(next)) continue;
    const spelled = segment.slice(0, length);
    if (/(?<!\\)(?:\\\\)*\*/u.test(spelled)) continue;
    const name = unescaped(spelled);
    if (!index.idsByName.has(foldCase(name))) continue;
    reader.at += length;
    return bind(name, index);
  }
  return null;
}

/** One word, in which `*` stands for anything. */
function wordName(reader: FilterReader, index: NameIndex): NameRef | null {
  WORD.lastIndex = reader.at;
  const spelled = WORD.exec(reader.text)?.[0];
  if (!spelled) return null;
  reader.at += spelled.length;
  const parts = [''];
  for (const [piece] of spelled.matchAll(/\\[\s\S]|[^\\]/gu)) {
    if (piece === '*') parts.push('');
    else parts[parts.length - 1] += unescaped(piece);
  }
  return parts.length > 1 ? { pattern: parts } : bind(parts[0] ?? '', index);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/gu, '$1');
}

/** A known thing is spelled as it is, whatever the case in which it was written. */
function bind(name: string, { idsByName, nameById }: NameIndex): BoundName {
  const ids = idsByName.get(foldCase(name)) ?? [];
  const [first] = ids;
  return { ids, name: (first === undefined ? undefined : nameById.get(first)) ?? name };
}

/** Looking for the nearest name compares with all of them: more than these would take long. */
const NEAREST_MAX = 3;

function warn(
  reader: FilterReader,
  kind: NameKind,
  { start, nameStart, name }: { start: number; nameStart: number; name: string },
  index: NameIndex,
): void {
  const unknown = reader.warnings.filter(({ code }) => code === 'unknown_name').length;
  const nearest = unknown < NEAREST_MAX ? nearestOf(name, index.nameById.values()) : null;
  const offer = (text: string) => ({
    label: `Use "${text}"`,
    start: nameStart,
    end: reader.at,
    text: spelledName(text),
  });
  const message = `There is no ${kind} "${name}": nothing matches.`;
  reader.warning('unknown_name', start, reader.at, message, nearest === null ? [] : [offer(nearest)]);
}

const PLAIN_NAME = /^[^\s\\&|,()"<>=!*#{}:;@%/+]+$/u;

/** A name as a query spells it: in quotes unless it is one plain word. */
export function spelledName(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED.has(foldCase(name)) ? name : quoted(name);
}

/** Words that mean something where a name may stand. */
const RESERVED = new Set(['me', 'others', 'nobody', 'and', 'or', 'not']);

export function spelledPattern(pattern: readonly string[]): string {
  return pattern.map((part) => part.replaceAll(/[\s\\&|,()"<>=!*#{}]/gu, String.raw`\$&`)).join('*');
}

export function spelledBound({ ids, name }: BoundName): string {
  const escaped = (text: string): string => text.replaceAll(/[\\|{}]/gu, String.raw`\$&`);
  return `{${ids.map(escaped).join(',')}|${escaped(name)}}`;
}
