/** One gesture of a person: the mutations that it made, in their order. */
export interface Gesture {
  readonly group: string;
  readonly uids: readonly string[];
}

const DEPTH = 100;

/** What this tab can undo and redo, newest last. */
export class UndoStack {
  #done: Gesture[] = [];
  #undone: Gesture[] = [];

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** A new gesture, or one more mutation of the newest; nothing undone before it can be redone. */
  add(group: string, uid: string): void {
    this.#undone = [];
    const newest = this.#done.at(-1);
    if (newest?.group === group) this.#done[this.#done.length - 1] = { group, uids: [...newest.uids, uid] };
    else this.#done = [...this.#done, { group, uids: [uid] }].slice(-DEPTH);
  }

  /** Takes the newest gesture off, or the one that made the mutation `uid`. */
  takeDone(uid?: string): Gesture | undefined {
    const at = uid === undefined ? this.#done.length - 1 : this.#done.findIndex((each) => each.uids.includes(uid));
    return at < 0 ? undefined : this.#done.splice(at, 1)[0];
  }

  takeUndone(): Gesture | undefined {
    return this.#undone.pop();
  }

  pushUndone(gesture: Gesture): void {
    this.#undone.push(gesture);
  }

  pushDone(gesture: Gesture): void {
    this.#done.push(gesture);
  }
}
