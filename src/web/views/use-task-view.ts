import { useMemo, useSyncExternalStore } from 'react';
import { useReplica } from '#web/replica/use-query.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { TaskView, type TaskViewDefinition } from './task-view.ts';

/** A live view of a definition; memoise the definition, because each one is loaded once. */
export function useTaskView(definition: TaskViewDefinition): { view: TaskView; rows: readonly RowSpec[] } {
  const replica = useReplica();
  const view = useMemo(() => new TaskView(replica, definition), [replica, definition]);
  const rows = useSyncExternalStore(view.subscribe, view.rows);
  return { view, rows };
}
