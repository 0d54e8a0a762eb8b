import type { TaskPatch } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import type { DraftBase } from '#web/quick-add/draft.ts';
import { lineHeight } from '#web/tasks/row-lines.ts';
import { placeOf, type Position, type TaskPlace } from '#web/tasks/task-place.ts';
import type { ListStore } from './list-context.ts';
import type { InsertedRow, TaskDraft, TaskView } from './task-view.ts';
import { addKey, EDITOR_KEY, emptyKey, headerKey } from './view-rows.ts';

function contentOf({ date, evening, labels, content }: TaskDraft): TaskPatch {
  return {
    ...content,
    ...(date && { date }),
    ...(evening && { evening }),
    ...(labels && { labels: [...labels] }),
  };
}

function placeIn({ projectId, sectionId = null, parentId = null }: TaskDraft): TaskPlace {
  return { projectId, sectionId, parentId };
}

/** What the editor of a new task begins with. */
export function baseOf(draft: TaskDraft): DraftBase {
  return { place: placeIn(draft), content: contentOf(draft) };
}

/** Opens the editor of new tasks at places of a list. */
export class ListAdding {
  readonly #view: TaskView;
  readonly #store: ListStore;

  constructor(view: TaskView, store: ListStore) {
    this.#view = view;
    this.#store = store;
  }

  /** At the end of a group: in its own row for adding where it has one, else behind its last row. */
  atEnd(group: string): void {
    const draft = this.#view.definition.draft(group);
    if (!draft) return;
    const key = addKey(group);
    if (this.#hasRow(key)) {
      this.#view.insert(null);
      this.#store.set({
        adding: { key, place: placeIn(draft), position: 'end', content: contentOf(draft), returnTo: key },
      });
      return;
    }
    const last = this.#view.model.tasksIn(group).at(-1);
    const anchor = last?.id ?? (this.#hasRow(emptyKey(group)) ? emptyKey(group) : headerKey(group));
    if (this.#hasRow(anchor)) this.#insert(anchor, 'after', placeIn(draft), 'end', draft);
  }

  atStart(group: string): void {
    const draft = this.#view.definition.draft(group);
    const first = this.#view.model.tasksIn(group)[0];
    if (draft && first && this.#hasRow(first.id)) this.#insert(first.id, 'before', placeIn(draft), 'start', draft);
    else this.atEnd(group);
  }

  /** Beside a task, among the same tasks as it. */
  beside(task: Task, where: 'before' | 'after'): void {
    const draft = this.#view.definition.draft(this.#view.model.groupOf(task.id) ?? '');
    if (!draft) return;
    const position: Position = where === 'after' ? { after: task.id } : { before: task.id };
    this.#insert(task.id, where, placeOf(task), position, draft);
  }

  /** As the last subtask of a task that is shown with its subtasks. */
  below(task: Task): void {
    this.#view.setClosed(task.id, false);
    const place = { ...placeOf(task), parentId: task.id };
    this.#insert(task.id, 'child', place, 'end', { projectId: task.projectId });
  }

  #insert(anchor: string, where: InsertedRow['where'], place: TaskPlace, position: Position, draft: TaskDraft): void {
    const { metrics, editorHeight: height = lineHeight(metrics) } = this.#view.definition;
    this.#view.insert({ anchor, where, spec: { key: EDITOR_KEY, kind: 'footer', height } });
    this.#store.set({
      adding: { key: EDITOR_KEY, place, position, content: contentOf(draft), returnTo: anchor },
    });
  }

  #hasRow(key: string): boolean {
    return this.#view.rows().some((row) => row.key === key);
  }
}
