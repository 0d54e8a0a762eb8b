import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import type { TaskPatch } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import type { DraftBase, DraftStore } from '#web/quick-add/draft.ts';
import type { ListMetrics, RowContextMeta } from '#web/tasks/row-lines.ts';
import type { PickerKind } from '#web/tasks/picker-kind.ts';
import type { TaskCommand } from '#web/tasks/task-shortcuts.ts';
import type { Position, TaskPlace } from '#web/tasks/task-place.ts';
import type { TaskView } from './task-view.ts';

/** An editor of new tasks that is open in a list. */
export interface Adding {
  /** Key of the row that holds it. */
  readonly key: string;
  readonly place: TaskPlace;
  readonly position: Position;
  readonly content: TaskPatch;
  /** Row that gets focus back. */
  readonly returnTo: string;
}

export interface ListState {
  /** Task or section whose name is being edited. */
  readonly renaming: string | null;
  readonly adding: Adding | null;
  /** The row that has focus. */
  readonly focused: string | null;
  /** The row that a mouse is over. */
  readonly pointed: string | null;
  /** Whether the field for a new section is open. */
  readonly addingSection: boolean;
}

/** Passing state of one list, by row: a row renders only when its own part changes. */
export class ListStore {
  #state: ListState = { renaming: null, adding: null, focused: null, pointed: null, addingSection: false };
  readonly #listeners = new Set<() => void>();

  readonly get = (): ListState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<ListState>): void {
    if (Object.entries(change).every(([key, value]) => this.#state[key as keyof ListState] === value)) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export interface TaskListContext {
  readonly view: TaskView;
  readonly store: ListStore;
  readonly metrics: ListMetrics;
  readonly writable: boolean;
  readonly rowMeta: (task: Task) => RowContextMeta;
  readonly toggleComplete: (id: string) => void;
  readonly openPicker: (kind: PickerKind, taskId: string, anchor?: Element | null) => void;
  readonly runCommand: (command: TaskCommand, taskId: string) => void;
  /** Opens the editor of new tasks at the end of a group. */
  readonly addTo: (group: string) => void;
  readonly focusRow: (key: string) => void;
  /** Whether rows are about to give way to others that somebody asked for. */
  readonly isTakingOver: () => boolean;
  readonly renderStart: RenderStart | undefined;
}

/** What a new task begins with, as it is being written, or before anything is (without a store). */
export type RenderStart = (base: DraftBase, store: DraftStore | null) => ReactNode;

export const ListContext = createContext<TaskListContext | null>(null);

export function useList(): TaskListContext {
  const list = use(ListContext);
  if (!list) throw new Error('useList is for rows of a TaskList');
  return list;
}

/** What `select` makes of the list's state; renders again only when that changes. */
export function useListState<T>(select: (state: ListState) => T): T {
  const { store } = useList();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** What `select` makes of the view's rows; it must be cheap and return the same value for the same rows. */
export function useViewState<T extends string | number | boolean | undefined>(select: (view: TaskView) => T): T {
  const { view } = useList();
  return useSyncExternalStore(view.subscribe, () => select(view));
}
