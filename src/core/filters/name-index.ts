import { foldCase } from './filter.ts';
import type { FilterNames } from './filter-context.ts';

export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

/** The things of one kind, by name without regard to case and by id. */
export interface NameIndex {
  readonly idsByName: ReadonlyMap<string, readonly string[]>;
  readonly nameById: ReadonlyMap<string, string>;
  readonly longest: number;
}

function indexOf(rows: Iterable<NamedRow>, aliases: Iterable<NamedRow> = []): NameIndex {
  const idsByName = new Map<string, string[]>();
  const nameById = new Map<string, string>();
  let longest = 0;
  const add = ({ id, name }: NamedRow): void => {
    const key = foldCase(name);
    const ids = idsByName.get(key);
    if (!ids) idsByName.set(key, [id]);
    else if (!ids.includes(id)) ids.push(id);
    longest = Math.max(longest, name.length, key.length);
  };
  for (const row of rows) {
    add(row);
    if (!nameById.has(row.id)) nameById.set(row.id, row.name);
  }
  for (const row of aliases) add(row);
  return { idsByName, nameById, longest };
}

const known = new WeakMap<object, NameIndex>();

/** Lists of rows do not change between keystrokes: their index is kept while they live. */
function remembered(rows: object, build: () => NameIndex): NameIndex {
  let index = known.get(rows);
  if (!index) {
    index = build();
    known.set(rows, index);
  }
  return index;
}

export type NameKind = 'project' | 'section' | 'label' | 'person';

export function indexFor(kind: NameKind, { projects, sections, labels, members }: FilterNames): NameIndex {
  switch (kind) {
    case 'project':
      return remembered(projects, () => indexOf(projects));
    case 'section':
      return remembered(sections, () => indexOf(sections));
    case 'label':
      return remembered(labels, () => indexOf(labels));
    case 'person':
      return remembered(members, () => peopleOf(members));
  }
}

/** A person is found by display name, user name and first name. */
function peopleOf(members: FilterNames['members']): NameIndex {
  return indexOf(
    members.map(({ userId, displayName }) => ({ id: userId, name: displayName })),
    members.flatMap(({ userId, displayName, username }) => [
      { id: userId, name: username },
      { id: userId, name: displayName.split(' ')[0] ?? displayName },
    ]),
  );
}

/** The name with the fewest letters to change, when they are few for its length. */
export function nearestOf(name: string, names: Iterable<string>): string | null {
  const wanted = foldCase(name).slice(0, NAME_MAX);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const each of names) {
    const distance = distanceOf(wanted, foldCase(each).slice(0, NAME_MAX), least);
    if (distance >= least) continue;
    least = distance;
    best = each;
  }
  return best;
}

const NAME_MAX = 60;

/** Letters to insert, delete or replace, or to swap with their neighbour; `limit` when there are at least so many. */
function distanceOf(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit;
}
