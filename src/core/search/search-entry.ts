import type { Kind, Row, RowOf } from '#core/rows.ts';

export const SEARCH_KINDS = ['task', 'project', 'section', 'label', 'comment'] as const satisfies readonly Kind[];
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What search knows of a row. */
export interface SearchEntry {
  readonly kind: SearchKind;
  readonly id: string;
  /** A title or a name; empty for comments. */
  readonly title: string;
  readonly labels: readonly string[];
  /** A description, or a comment. */
  readonly body: string;
  /** Completed or archived: comes behind what is not. */
  readonly done: boolean;
  /** When it last changed, in milliseconds since 1970. */
  readonly at: number;
}

const NONE: readonly string[] = [];

/** Undefined for what is in the trash itself; of what it belongs to the row knows nothing. */
export function searchEntryOf(kind: SearchKind, row: Row): SearchEntry | undefined {
  if ('deletedAt' in row && row.deletedAt !== null) return undefined;
  const at = Date.parse(row.updatedAt);
  const entry = { kind, id: row.id, labels: NONE, body: '', done: false, at };
  switch (kind) {
    case 'task': {
      const { title, labels, description, completedAt } = row as RowOf<'task'>;
      return { ...entry, title, labels, body: description, done: completedAt !== null };
    }
    case 'project': {
      const { name, archivedAt } = row as RowOf<'project'>;
      return { ...entry, title: name, done: archivedAt !== null };
    }
    case 'section':
    case 'label':
      return { ...entry, title: (row as RowOf<'section' | 'label'>).name };
    case 'comment':
      return { ...entry, title: '', body: (row as RowOf<'comment'>).body };
  }
}

/** Whether the same words are found in both. */
export function hasSameText(a: SearchEntry, b: SearchEntry): boolean {
  if (a.title !== b.title || a.body !== b.body) return false;
  return a.labels.length === b.labels.length && a.labels.every((label, i) => label === b.labels[i]);
}
