import { memberId } from '#core/projects/member.ts';
import type { Project } from '#core/projects/project.ts';
import { highlight, type Highlighted, snippet } from '#core/search/highlight.ts';
import type { SearchKind } from '#core/search/search-entry.ts';
import type { SearchHit } from '#core/search/ranking.ts';
import type { SearchQuery } from '#core/search/search-query.ts';
import { BODY, LABEL } from '#core/search/search-rank.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Color } from '#core/schema.ts';
import type { Replica } from '#web/replica/replica.ts';
import { labelHref, projectHref, routes } from '#web/routes.ts';
import type { ServerHit } from './server-search.ts';

/** What of a result leads somewhere: a task over the view, perhaps at one of its comments, or a page. */
export type SearchTarget = { readonly taskId: string; readonly commentId?: string } | { readonly href: string };

/** One result as it is shown. */
export interface SearchRow {
  readonly key: string;
  readonly kind: SearchKind;
  readonly title: Highlighted;
  readonly color: Color | null;
  /** Where it was found, if not in the title; the server does not always tell the text. */
  readonly found: { readonly where: string; readonly text: Highlighted | null } | null;
  readonly state: 'completed' | 'archived' | null;
  readonly project: Project | null;
  /** Whose date is shown. */
  readonly task: Task | null;
  readonly target: SearchTarget;
  /** Known to the server only, so far. */
  readonly remote?: true;
}

/** A hit with what the replica says of it now; undefined when it has gone since. */
export function searchRow(replica: Replica, hit: SearchHit, query: SearchQuery): SearchRow | undefined {
  const mark = (text: string): Highlighted => highlight(text, query, hit.typo);
  const excerpt = (text: string): Highlighted =>
    snippet(text, query, hit.typo) ?? { text: text.slice(0, 160), ranges: [] };
  switch (hit.kind) {
    case 'task': {
      const task = replica.get('task', hit.id);
      if (!task) return undefined;
      const labels = { where: 'Label', text: mark(task.labels.join(', ')) };
      const found =
        hit.where === BODY
          ? { where: 'Description', text: excerpt(task.description) }
          : hit.where === LABEL
            ? labels
            : null;
      return { ...ofTask(replica, task, hit.kind, hit.id), title: mark(task.title), found };
    }
    case 'comment': {
      const comment = replica.get('comment', hit.id);
      const task = comment && replica.get('task', comment.taskId);
      if (!task) return undefined;
      const author = replica.get('member', memberId(comment.projectId, comment.authorId));
      const where = author ? `Comment by ${author.displayName}` : 'Comment';
      const row = ofTask(replica, task, hit.kind, hit.id);
      const target = { taskId: task.id, commentId: comment.id };
      return { ...row, target, title: { text: task.title, ranges: [] }, found: { where, text: excerpt(comment.body) } };
    }
    case 'project':
    case 'section':
    case 'label':
      return placeRow(replica, hit.kind, hit.id, mark);
  }
}

function ofTask(replica: Replica, task: Task, kind: SearchKind, id: string): Omit<SearchRow, 'title' | 'found'> {
  const project = replica.get('project', task.projectId) ?? null;
  const state = task.completedAt !== null ? 'completed' : project?.archivedAt ? 'archived' : null;
  return { key: `${kind} ${id}`, kind, color: null, state, project, task, target: { taskId: task.id } };
}

function placeRow(
  replica: Replica,
  kind: 'project' | 'section' | 'label',
  id: string,
  mark: (text: string) => Highlighted,
): SearchRow | undefined {
  const row = { key: `${kind} ${id}`, kind, found: null, task: null };
  if (kind === 'label') {
    const label = replica.get('label', id);
    if (!label) return undefined;
    const target = { href: labelHref(label) };
    return { ...row, title: mark(label.name), color: label.color, state: null, project: null, target };
  }
  const section = kind === 'section' ? replica.get('section', id) : undefined;
  const project = replica.get('project', section ? section.projectId : id);
  if (!project || (kind === 'section' && !section)) return undefined;
  const state = project.archivedAt === null ? null : 'archived';
  const href = project.inbox ? routes.inbox.href({}) : projectHref(project);
  if (section) {
    return { ...row, title: mark(section.name), color: null, state, project, target: { href: `${href}#s-${id}` } };
  }
  const parent = project.parentId === null ? undefined : replica.get('project', project.parentId);
  return { ...row, title: mark(project.name), color: project.color, state, project: parent ?? null, target: { href } };
}

/** What only the server knows of. */
export function serverRow({ kind, id, taskId, title, snippet: text, ...hit }: ServerHit): SearchRow {
  return {
    remote: true,
    key: `server ${kind} ${id}`,
    kind,
    title,
    color: kind === 'project' || kind === 'label' ? 'slate' : null,
    found:
      text !== null
        ? { where: kind === 'comment' ? 'Comment' : 'Description', text }
        : hit.inLabels
          ? { where: 'Label', text }
          : null,
    state: hit.completed ? 'completed' : hit.archived ? 'archived' : null,
    project: null,
    task: null,
    target:
      taskId === null
        ? { href: routes[kind === 'label' ? 'label' : 'project'].href({ ref: id }) }
        : { taskId, ...(kind === 'comment' && { commentId: id }) },
  };
}
