import type { Span } from '#core/quick-add/quick-add.ts';
import { moveSpans } from '#core/quick-add/spans.ts';
import type { Priority, Recurrence } from '#core/tasks/task.ts';
import type { TaskPatch } from '#core/tasks/task-content.ts';
import type { When } from '#web/tasks/task-actions.ts';
import type { TaskPlace } from '#web/tasks/task-place.ts';

/** A project or section that is made together with the task, because the person asked for it. */
export interface Made {
  readonly kind: 'project' | 'section';
  readonly id: string;
  readonly name: string;
  /** Of a section. */
  readonly projectId?: string;
}

/** What was chosen in pickers. The text goes before it. */
export interface Chosen {
  readonly place?: { readonly projectId: string; readonly sectionId: string | null };
  readonly when?: When;
  readonly deadline?: string | null;
  readonly duration?: number | null;
  readonly priority?: Priority;
  readonly recurrence?: Recurrence | null;
  readonly assigneeId?: string | null;
  /** All labels but those that the text names. */
  readonly labels?: readonly string[];
}

/** A task that is being written. */
export interface Draft {
  readonly text: string;
  /** Parts that stay text although they would be understood. */
  readonly suppressed: readonly Span[];
  /** Suggestions that were accepted. */
  readonly accepted: readonly Span[];
  /** Nothing in the text is understood. */
  readonly plain: boolean;
  readonly chosen: Chosen;
  readonly made: readonly Made[];
  /** The title of a task that exists: nothing makes its old words say something. */
  readonly isTitle?: true;
}

export const EMPTY_DRAFT: Draft = { text: '', suppressed: [], accepted: [], plain: false, chosen: {}, made: [] };

/** Where a task goes, and what it begins with, when its text says nothing else. */
export interface DraftBase {
  readonly place: TaskPlace;
  readonly content: TaskPatch;
}

/** After an edit of the text. What was decided about its parts moves with them; an empty text starts anew. */
export function withText(draft: Draft, text: string): Draft {
  if (text === '') return { ...EMPTY_DRAFT, chosen: draft.chosen };
  return {
    ...draft,
    text,
    suppressed: moveSpans(draft.suppressed, draft.text, text),
    accepted: moveSpans(draft.accepted, draft.text, text),
  };
}

/** An edit by the person, as a new object each time. */
export interface Input {
  /** Something was written, not only taken away. */
  readonly inserts: boolean;
}

/** Holds a draft, and where its caret is, for the parts of a field, some of which are loaded later than others. */
export class DraftStore {
  #draft: Draft;
  #caret: number | null = null;
  #input: Input | null = null;
  readonly #listeners = new Set<() => void>();
  /** Keys that pills and suggestions take before the field does; true when one was taken. */
  onKey: (event: KeyboardEvent) => boolean = () => false;

  constructor(draft: Draft = EMPTY_DRAFT) {
    this.#draft = draft;
  }

  readonly get = (): Draft => this.#draft;
  /** Null while a part of the text is selected or the field has no focus. */
  readonly caret = (): number | null => this.#caret;
  readonly input = (): Input | null => this.#input;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly set = (draft: Draft): void => {
    if (draft === this.#draft) return;
    this.#draft = draft;
    this.#tell();
  };

  readonly moveCaret = (caret: number | null): void => {
    if (caret === this.#caret) return;
    this.#caret = caret;
    this.#tell();
  };

  readonly type = (text: string, caret = text.length, input: Input = { inserts: true }): void => {
    this.#caret = caret;
    this.#input = input;
    if (text !== this.#draft.text) this.#draft = withText(this.#draft, text);
    this.#tell();
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
