import type { TObject } from 'typebox';
import { Comment } from './comments/comment.ts';
import { SavedFilter } from './filters/saved-filter.ts';
import { Label } from './labels/label.ts';
import { Member } from './projects/member.ts';
import { Project } from './projects/project.ts';
import { Section } from './sections/section.ts';
import { Completion } from './tasks/completion.ts';
import { Task } from './tasks/task.ts';
import { Favourite } from './users/favourite.ts';
import { Settings } from './users/settings.ts';

/** Every kind of row that is synchronised to devices. */
export interface RowTypes {
  settings: Settings;
  favourite: Favourite;
  label: Label;
  filter: SavedFilter;
  project: Project;
  member: Member;
  section: Section;
  task: Task;
  comment: Comment;
  completion: Completion;
}

export type Kind = keyof RowTypes;
export type RowOf<K extends Kind> = RowTypes[K];
export type Row = RowTypes[Kind];

/** The unit of versioning, locking, synchronisation and visibility (docs/sync.md). */
export type ScopeId = `u:${string}` | `p:${string}`;

export const ROW_SCHEMAS = {
  settings: Settings,
  favourite: Favourite,
  label: Label,
  filter: SavedFilter,
  project: Project,
  member: Member,
  section: Section,
  task: Task,
  comment: Comment,
  completion: Completion,
} as const satisfies Record<Kind, TObject>;

/** In an order in which a reader meets what a row refers to before the row itself. */
export const KINDS = [
  'settings',
  'favourite',
  'label',
  'filter',
  'project',
  'member',
  'section',
  'task',
  'comment',
  'completion',
] as const;

export function isKind(text: string): text is Kind {
  return Object.hasOwn(ROW_SCHEMAS, text);
}

export function userScope(userId: string): ScopeId {
  return `u:${userId}`;
}

export function projectScope(projectId: string): ScopeId {
  return `p:${projectId}`;
}

/** The one scope that a row is in; it follows from the row alone. */
export function scopeOf<K extends Kind>(kind: K, row: RowOf<K>): ScopeId {
  if (kind === 'project') return projectScope(row.id);
  if ('projectId' in row) return projectScope(row.projectId);
  return userScope((row as Settings | Favourite | Label | SavedFilter).userId);
}

/**
 * Look-ups that mutators may make, each by equality on one column. A row whose column is null is not listed.
 */
export const INDEXES = {
  subtasks: { kind: 'task', column: 'parentId' },
  sectionTasks: { kind: 'task', column: 'sectionId' },
  projectTasks: { kind: 'task', column: 'projectId' },
  projectSections: { kind: 'section', column: 'projectId' },
  projectMembers: { kind: 'member', column: 'projectId' },
  projectComments: { kind: 'comment', column: 'projectId' },
  taskComments: { kind: 'comment', column: 'taskId' },
  projectCompletions: { kind: 'completion', column: 'projectId' },
  taskCompletions: { kind: 'completion', column: 'taskId' },
  userLabels: { kind: 'label', column: 'userId' },
  userFilters: { kind: 'filter', column: 'userId' },
  userFavourites: { kind: 'favourite', column: 'userId' },
} as const satisfies Record<string, { kind: Kind; column: string }>;

export type IndexName = keyof typeof INDEXES;
export type IndexKind<I extends IndexName> = (typeof INDEXES)[I]['kind'];

export function indexKeyOf(index: IndexName, row: Row): string | null {
  return (row as unknown as Record<string, string | null>)[INDEXES[index].column] ?? null;
}
