/** What of the detail wants focus when it shows a task: set by what opens it, taken once by the panel. */
export type DetailTarget = 'panel' | 'comment' | 'subtask' | { readonly commentId: string };

let wanted: { readonly taskId: string; readonly target: DetailTarget } | null = null;
const listeners = new Set<() => void>();

export function requestDetailFocus(taskId: string, target: DetailTarget): void {
  wanted = { taskId, target };
  // For the case that the panel shows the task already.
  for (const listener of listeners) listener();
}

export function takeDetailFocus(taskId: string): DetailTarget | null {
  if (wanted?.taskId !== taskId) return null;
  const { target } = wanted;
  wanted = null;
  return target;
}

export function watchDetailFocus(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
