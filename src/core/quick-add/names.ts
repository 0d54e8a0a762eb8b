import { LABEL_NAME_MAX } from '#core/tasks/task.ts';
import { type Found, type Line, lowered } from './line.ts';
import type { QuickAddContext } from './quick-add.ts';

/** Names to be found in text, without regard to case. */
export interface NameIndex<V> {
  readonly byName: ReadonlyMap<string, V>;
  readonly longest: number;
}

function indexOf<V>(entries: Iterable<readonly [name: string, value: V]>): NameIndex<V> {
  const byName = new Map<string, V>();
  let longest = 0;
  for (const [name, value] of entries) {
    const key = lowered(name.trim());
    if (!byName.has(key)) byName.set(key, value);
    longest = Math.max(longest, name.length);
  }
  return { byName, longest };
}

/** Everything that a line can name, looked up when it is needed. */
export interface Names {
  readonly projects: NameIndex<string>;
  readonly labels: NameIndex<string>;
  /** Of one project. */
  sectionsOf(projectId: string): NameIndex<string>;
  /** Of one project, by display name, first name and user name. */
  membersOf(projectId: string): NameIndex<string>;
}

const known = new WeakMap<object, NameIndex<string>>();

/** Lists of rows do not change between keystrokes: their index is kept while they live. */
function remembered<T extends object>(
  rows: readonly T[],
  build: (rows: readonly T[]) => NameIndex<string>,
): NameIndex<string> {
  let index = known.get(rows);
  if (!index) {
    index = build(rows);
    known.set(rows, index);
  }
  return index;
}

export function namesOf({ projects, sections, labels, members }: QuickAddContext): Names {
  return {
    projects: remembered(projects, (rows) => indexOf(rows.map(({ id, name }) => [name, id]))),
    labels: remembered(labels, (rows) => indexOf(rows.map(({ name }) => [name, name]))),
    sectionsOf: (projectId) =>
      indexOf(sections.filter((each) => each.projectId === projectId).map(({ id, name }) => [name, id])),
    membersOf: (projectId) => {
      const people = members.filter((each) => each.projectId === projectId);
      return indexOf([
        ...people.map(({ displayName, userId }) => [displayName, userId] as const),
        ...people.map(({ username, userId }) => [username, userId] as const),
        ...people.map(({ displayName, userId }) => [displayName.split(' ')[0] ?? displayName, userId] as const),
      ]);
    },
  };
}

export interface NameFound<V> {
  readonly text: string;
  /** Undefined where nothing has this name. */
  readonly value: V | undefined;
}

/**
 * The name behind a symbol: in quotes, else the longest that exists, else one word. It begins at the second character
 * of the word `at`.
 */
export function findName<V>(line: Line, at: number, { byName, longest }: NameIndex<V>): Found<NameFound<V>> | null {
  const { text, words } = line;
  const first = words[at];
  if (!first || first.end <= first.start + 1) return null;
  const start = first.start + 1;
  const quoted = quotedName(text.slice(start, first.end));
  if (quoted !== null) {
    if (quoted === '') return null;
    return { value: { text: quoted, value: byName.get(lowered(quoted)) }, next: at + 1, end: first.end };
  }
  let best: Found<NameFound<V>> | null = null;
  for (let i = at; i < words.length; i++) {
    const word = words[i];
    // Lower case and NFC may change the length, but not by more than three times.
    if (!word || word.start - start > longest * 3) break;
    for (const end of word.rawEnd > word.end ? [word.end, word.rawEnd] : [word.end]) {
      const name = text.slice(start, end);
      const value = byName.get(lowered(name));
      if (value !== undefined) best = { value: { text: name, value }, next: i + 1, end };
    }
  }
  if (best) return best;
  return { value: { text: text.slice(start, first.end), value: undefined }, next: at + 1, end: first.end };
}

function quotedName(text: string): string | null {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : null;
}

/** Whether a label may be made of it: not of numbers such as 50 or 5:00, which follow % and @ in plain text. */
export function canBeLabel(name: string): boolean {
  return (
    name.length <= LABEL_NAME_MAX &&
    /\p{L}|\p{Extended_Pictographic}/u.test(name) &&
    !/^\d{1,2}(?::\d{2})?\s?[ap]m$/iu.test(name)
  );
}

/** Whether a project or section may be proposed: "#123" is the number of something elsewhere. */
export function canBeProposed(name: string): boolean {
  return /\p{L}/u.test(name) && !name.includes('/');
}
