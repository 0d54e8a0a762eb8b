import { KINDS, type Kind, type RowOf, scopeOf } from '#core/rows.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { compileFactory } from './row-factory.ts';
import type { Schema } from './schema.ts';

/** How a field of a row is stored. `scope`: not at all, it follows from `scope_id`. */
type Storage = 'plain' | 'flag' | 'instant' | 'json' | 'scope';

/** Every field of every kind must be listed: a field without storage does not compile. */
const STORAGE: { readonly [K in Kind]: { readonly [F in keyof RowOf<K>]: Storage } } = {
  settings: {
    ...rowStorage(),
    userId: 'scope',
    timeZone: 'plain',
    locale: 'plain',
    weekStart: 'plain',
    dayStart: 'plain',
    theme: 'plain',
    homeView: 'plain',
    quickAdd: 'json',
    singleKeyShortcuts: 'flag',
  },
  favourite: { ...rowStorage(), userId: 'scope', targetKind: 'plain', targetId: 'plain', rank: 'plain' },
  label: { ...rowStorage(), userId: 'scope', name: 'plain', color: 'plain', rank: 'plain' },
  filter: { ...rowStorage(), userId: 'scope', name: 'plain', query: 'plain', color: 'plain', rank: 'plain' },
  project: {
    ...rowStorage(),
    name: 'plain',
    color: 'plain',
    icon: 'plain',
    view: 'json',
    parentId: 'plain',
    rank: 'plain',
    inbox: 'flag',
    createdBy: 'plain',
    archivedAt: 'instant',
    deletedAt: 'instant',
  },
  member: {
    ...rowStorage(),
    projectId: 'scope',
    userId: 'plain',
    username: 'plain',
    displayName: 'plain',
    role: 'plain',
  },
  section: {
    ...rowStorage(),
    projectId: 'scope',
    name: 'plain',
    collapsed: 'flag',
    wipLimit: 'plain',
    rank: 'plain',
    deletedAt: 'instant',
  },
  task: {
    ...rowStorage(),
    projectId: 'scope',
    sectionId: 'plain',
    parentId: 'plain',
    title: 'plain',
    description: 'plain',
    priority: 'plain',
    labels: 'json',
    assigneeId: 'plain',
    date: 'plain',
    time: 'plain',
    timeZone: 'plain',
    evening: 'flag',
    deadline: 'plain',
    duration: 'plain',
    recurrence: 'json',
    descriptionConflict: 'json',
    rank: 'plain',
    completedAt: 'instant',
    completedBy: 'plain',
    createdBy: 'plain',
    deletedAt: 'instant',
  },
  comment: {
    ...rowStorage(),
    projectId: 'scope',
    taskId: 'plain',
    authorId: 'plain',
    body: 'plain',
    editedAt: 'instant',
    deletedAt: 'instant',
  },
  completion: {
    ...rowStorage(),
    projectId: 'scope',
    taskId: 'plain',
    date: 'plain',
    time: 'plain',
    completedAt: 'instant',
    completedBy: 'plain',
    before: 'json',
    after: 'json',
  },
};

function rowStorage() {
  return { id: 'plain', rev: 'plain', createdAt: 'instant', updatedAt: 'instant' } as const;
}

/** `timeZone` is `time_zone` in the database: the one rule that names columns. */
export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

interface Codec {
  readonly columns: readonly string[];
  readonly encode: (row: unknown) => Record<string, unknown>;
  readonly decode: (stored: unknown) => unknown;
}

const DECODE: Readonly<Record<Storage, (column: string) => string>> = {
  plain: (column) => `v.${column}`,
  flag: (column) => `v.${column} === 1`,
  instant: (column) => `v.${column} === null ? null : formatInstant(v.${column})`,
  json: (column) => `parseJson(v.${column})`,
  scope: () => 'v.scope_id.slice(2)',
};

const ENCODE: Readonly<Record<Storage, (field: string) => string>> = {
  plain: (field) => `v.${field}`,
  flag: (field) => `v.${field} ? 1 : 0`,
  instant: (field) => `v.${field} === null ? null : parseInstant(v.${field})`,
  json: (field) => `v.${field} === null ? null : JSON.stringify(v.${field})`,
  scope: (field) => `v.${field}`,
};

/** Most tasks have no labels: that list need not be parsed. */
function parseJson(text: string | null): unknown {
  if (text === null) return null;
  return text === '[]' ? [] : JSON.parse(text);
}

function codecOf<K extends Kind>(kind: K): Codec {
  const fields = Object.entries<Storage>(STORAGE[kind]);
  const stored = fields.filter(([, storage]) => storage !== 'scope');
  return {
    columns: ['scope_id', ...stored.map(([field]) => columnName(field))],
    decode: compileFactory(
      fields.map(([field, storage]) => [field, DECODE[storage](columnName(field))]),
      { formatInstant, parseJson },
    ),
    encode: compileFactory(
      [
        ['scope_id', 'scopeOf(v)'],
        ...stored.map(([field, storage]) => [columnName(field), ENCODE[storage](field)] as const),
      ],
      { parseInstant, scopeOf: (row: RowOf<K>) => scopeOf(kind, row) },
    ),
  };
}

const CODECS = Object.fromEntries(KINDS.map((kind) => [kind, codecOf(kind)])) as Readonly<Record<Kind, Codec>>;

/** A row as it is stored, `scope_id` included: what INSERT takes. */
export function encodeRow<K extends Kind>(kind: K, row: RowOf<K>): Schema[K] {
  return CODECS[kind].encode(row) as unknown as Schema[K];
}

/** A row as everything outside the database sees it. `stored` must have every column. */
export function decodeRow<K extends Kind>(kind: K, stored: Schema[K]): RowOf<K> {
  return CODECS[kind].decode(stored) as RowOf<K>;
}

/** The columns of a kind, `scope_id` first. */
export function columnsOf<K extends Kind>(kind: K): readonly (keyof Schema[K] & string)[] {
  return CODECS[kind].columns as unknown as readonly (keyof Schema[K] & string)[];
}
