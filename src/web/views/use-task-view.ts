import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useReplica } from '#web/replica/use-query.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import type { Narrow } from './narrow.ts';
import { TaskView, type TaskViewDefinition } from './task-view.ts';

/**
 * A live view of a definition; memoise the definition, because each one is loaded once. Narrowing keeps the view: with
 * another one all rows would render again.
 */
export function useTaskView(
  definition: TaskViewDefinition,
  narrow: Narrow | null = null,
): { view: TaskView; rows: readonly RowSpec[] } {
  const replica = useReplica();
  const narrowedBy = useRef(narrow);
  const view = useMemo(() => {
    const made = new TaskView(replica, definition);
    made.narrow(narrowedBy.current);
    return made;
  }, [replica, definition]);
  useLayoutEffect(() => {
    narrowedBy.current = narrow;
    view.narrow(narrow);
  }, [view, narrow]);
  const rows = useSyncExternalStore(view.subscribe, view.rows);
  return { view, rows };
}
