import type { Project } from '#core/projects/project.ts';
import type { Section } from '#core/sections/section.ts';
import type { Task } from '#core/tasks/task.ts';

export const TRASH_DAYS = 30;
const DAY_MS = 86_400_000;

export type TrashKind = 'project' | 'section' | 'task';

export interface TrashItem {
  readonly kind: TrashKind;
  readonly id: string;
  readonly name: string;
  /** Where it was: null for a project. */
  readonly projectId: string | null;
  readonly deletedAt: string;
  /** Tasks that went with it and come back with it. */
  readonly contains: number;
}

export interface TrashSource {
  readonly projects: Iterable<Project>;
  readonly sections: Iterable<Section>;
  readonly tasks: Iterable<Task>;
}

/**
 * What can be restored by itself, most recently deleted first. What went with something else is counted there and
 * not listed, and what is inside a deleted project comes back only with the project.
 */
export function trashItems(source: TrashSource): TrashItem[] {
  const projects = [...source.projects].filter((project) => !project.inbox);
  const tasks = [...source.tasks];
  const deletedProjects = new Set(projects.filter((each) => each.deletedAt).map((each) => each.id));
  const sections = new Map<string, Section>();
  for (const section of source.sections) {
    if (section.deletedAt && !deletedProjects.has(section.projectId)) sections.set(section.id, section);
  }
  const deleted = new Map<string, Task>();
  const heldBy = new Map<string, number>();
  const count = (id: string): void => void heldBy.set(id, (heldBy.get(id) ?? 0) + 1);
  for (const task of tasks) {
    if (deletedProjects.has(task.projectId)) count(task.projectId);
    else if (task.deletedAt) deleted.set(task.id, task);
  }

  const items: TrashItem[] = [];
  for (const task of deleted.values()) {
    const holder = holderOf(task, deleted, sections);
    if (holder === task.id) items.push(itemOf('task', task, task.title, task.projectId));
    else count(holder);
  }
  for (const section of sections.values()) items.push(itemOf('section', section, section.name, section.projectId));
  for (const project of projects) if (project.deletedAt) items.push(itemOf('project', project, project.name, null));
  return items
    .map((item) => ({ ...item, contains: heldBy.get(item.id) ?? 0 }))
    .sort((a, b) => (a.deletedAt === b.deletedAt ? (a.id < b.id ? -1 : 1) : a.deletedAt > b.deletedAt ? -1 : 1));
}

/** The id of the item that a deleted task comes back with: its section's, its topmost deleted parent's, or its own. */
function holderOf(task: Task, deleted: ReadonlyMap<string, Task>, sections: ReadonlyMap<string, Section>): string {
  const section = task.sectionId === null ? undefined : sections.get(task.sectionId);
  if (section?.deletedAt === task.deletedAt) return section?.id ?? task.id;
  let top = task;
  const seen = new Set([task.id]);
  for (;;) {
    const parent = top.parentId === null ? undefined : deleted.get(top.parentId);
    if (!parent || parent.deletedAt !== task.deletedAt || seen.has(parent.id)) return top.id;
    seen.add(parent.id);
    top = parent;
  }
}

function itemOf(
  kind: TrashKind,
  row: { readonly id: string; readonly deletedAt: string | null },
  name: string,
  projectId: string | null,
): TrashItem {
  return { kind, id: row.id, name, projectId, deletedAt: row.deletedAt ?? '', contains: 0 };
}

/** Whole days until the item is removed for good; 0 on its last day. */
export function daysLeft(deletedAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - now) / DAY_MS));
}
