/** Finds the task before or after another in the list of the page. */
export type FindNeighbour = (taskId: string, direction: 1 | -1) => string | null;

let source: FindNeighbour | null = null;

/** Registered by the list of the page, so that the detail can go through it. Returns the undo. */
export function registerNeighbours(find: FindNeighbour): () => void {
  source = find;
  return () => {
    if (source === find) source = null;
  };
}

export function neighbourOf(taskId: string, direction: 1 | -1): string | null {
  return source?.(taskId, direction) ?? null;
}
