import {
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { openTask, useTaskPanel } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { requestDetailFocus } from '#web/tasks/detail-focus.ts';
import { registerNeighbours } from '#web/tasks/neighbours.ts';
import type { PickerKind } from '#web/tasks/picker-kind.ts';
import { completionWords } from '#web/tasks/completion-words.ts';
import { type PickerHandle, TaskPicker } from '#web/tasks/task-picker.tsx';
import type { TaskCommand } from '#web/tasks/task-shortcuts.ts';
import { useTaskActions } from '#web/tasks/use-task-actions.ts';
import { useTaskCommands } from '#web/tasks/use-task-commands.ts';
import { RowGrid, type RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import type { RowAction } from '#web/ui/row-grid/row-grid-keys.ts';
import { LazyModule, useLazyModule } from '#web/ui/lazy-module.ts';
import { useNotices } from '#web/undo/notices.ts';
import { ListAdding } from './list-adding.ts';
import { ListContext, ListStore, type RenderStart, type TaskListContext } from './list-context.ts';
import { moveInList } from './list-moves.ts';
import { ListRow } from './list-row.tsx';
import type { TaskView } from './task-view.ts';
import { useListKeys } from './use-list-keys.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { headerKey, parseRowKey } from './view-rows.ts';

export interface TaskListProps {
  /** Accessible name of the grid. */
  label: string;
  view: TaskView;
  rows: readonly RowSpec[];
  writable: boolean;
  /** Headers and rows of the view itself; keep its identity. */
  renderOther: (key: string) => ReactNode;
  /** Shown where a task can be added, if the list alone does not tell what it begins with; keep its identity. */
  renderStart?: RenderStart;
  /** What to add to "Completed Buy milk." */
  afterComplete?: (view: TaskView) => string;
  /** Opens the field for a new section, where there are sections. */
  onAddSection?: () => void;
  gridRef?: RefObject<RowGridHandle | null>;
  /** Keys act here even if focus is nowhere: not for lists inside a panel. */
  primary?: boolean;
}

/** Says what others do; fetched while the first screen is drawn. */
const remoteNotices = new LazyModule(() => import('./remote-notices.ts'));

/** A view as rows that can be moved through, opened, edited and added to. */
export function TaskList(props: TaskListProps) {
  const { label, view, rows, renderOther, onAddSection, primary = true } = props;
  const ownGridRef = useRef<RowGridHandle>(null);
  const gridRef = props.gridRef ?? ownGridRef;
  const wrapRef = useRef<HTMLDivElement>(null);
  const pickerRef = useRef<PickerHandle>(null);
  const [store] = useState(() => new ListStore());
  const panel = useTaskPanel();
  const list = useListContext(props, store, { gridRef, wrapRef, pickerRef });
  const adding = useMemo(() => new ListAdding(view, store), [view, store]);
  const { byPointer, ...pointerHandlers } = usePointer(store);
  const remote = useLazyModule(remoteNotices);

  useEffect(() => (primary ? registerNeighbours((id, by) => neighbourIn(view, id, by)) : undefined), [view, primary]);
  useListKeys({ list, adding, wrapRef, gridRef, primary, onAddSection });

  const handleAction = (key: string, action: RowAction) => {
    const row = parseRowKey(key);
    if (row.type === 'add' || row.type === 'empty') return adding.atEnd(row.group);
    if (row.type === 'header' && action === 'rename') return store.set({ renaming: row.group });
    if (row.type === 'header' && action === 'menu') return clickMenuOf(wrapRef.current, key);
    if (row.type !== 'task') return undefined;
    if (action === 'rename') return list.runCommand('rename', row.id);
    if (action === 'menu') return list.openPicker('menu', row.id);
    if (action === 'peek' && panel.taskId === row.id) return panel.close();
    if (action === 'open' && !byPointer()) requestDetailFocus(row.id, 'panel');
    return openTask(row.id);
  };
  const handleToggle = (key: string, expanded: boolean) => {
    const row = parseRowKey(key);
    if (row.type === 'task') view.setClosed(row.id, !expanded);
    else if (row.type === 'header') view.setGroupClosed(row.group, !expanded);
    else if (row.type === 'month') view.setGroupClosed(key, !expanded);
  };
  const handleFocus = (key: string | null) => {
    store.set({ focused: key });
    // With the panel open, moving through the list moves the panel along.
    if (key !== null && panel.taskId !== null && panel.taskId !== key && !byPointer() && view.model.has(key)) {
      openTask(key);
    }
  };
  const renderRow = useCallback((key: string) => <ListRow rowKey={key} renderOther={renderOther} />, [renderOther]);

  return (
    <ListContext value={list}>
      <div ref={wrapRef} role="none" {...pointerHandlers}>
        <RowGrid
          ref={gridRef}
          label={label}
          rows={rows}
          source={view.source}
          renderRow={renderRow}
          currentKey={panel.taskId}
          onAction={handleAction}
          onToggleExpand={handleToggle}
          onFocusChange={handleFocus}
        />
        {remote && <remote.RemoteNotices store={store} />}
        <TaskPicker ref={pickerRef} inList runCommand={list.runCommand} onFocusLost={() => gridRef.current?.focus()} />
      </div>
    </ListContext>
  );
}

/** The menu of a header hangs on its own button. */
function clickMenuOf(wrap: HTMLElement | null, key: string): void {
  wrap?.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"] [aria-haspopup="menu"]`)?.click();
}

/** The task before or after another as the list shows them. */
function neighbourIn(view: TaskView, taskId: string, direction: 1 | -1): string | null {
  const rows = view.rows();
  const at = rows.findIndex((row) => row.key === taskId);
  for (let index = at + direction; at >= 0 && index >= 0 && index < rows.length; index += direction) {
    const row = rows[index];
    if (row?.kind === 'row') return row.key;
  }
  return null;
}

/** Notes where a mouse is, and whether the last input was the pointer's. */
function usePointer(store: ListStore) {
  const pointer = useRef(false);
  const [handlers] = useState(() => ({
    byPointer: () => pointer.current,
    onPointerDownCapture: () => {
      pointer.current = true;
    },
    onKeyDownCapture: () => {
      pointer.current = false;
    },
    onPointerOver: ({ target, pointerType }: PointerEvent) => {
      if (pointerType === 'touch' || !(target instanceof Element)) return;
      store.set({ pointed: target.closest<HTMLElement>('[data-row-key]')?.dataset['rowKey'] ?? null });
    },
    onPointerLeave: () => store.set({ pointed: null }),
  }));
  return handlers;
}

interface ListRefs {
  gridRef: RefObject<RowGridHandle | null>;
  wrapRef: RefObject<HTMLDivElement | null>;
  pickerRef: RefObject<PickerHandle | null>;
}

function useListContext(props: TaskListProps, store: ListStore, refs: ListRefs): TaskListContext {
  const { view, writable, afterComplete, renderStart } = props;
  const { gridRef, wrapRef, pickerRef } = refs;
  const replica = useReplica();
  const actions = useTaskActions();
  const { announcer } = useNotices();

  const openPicker = useCallback(
    (kind: PickerKind, taskId: string, anchor?: Element | null) => {
      const row = wrapRef.current?.querySelector(`[data-row-key="${CSS.escape(taskId)}"]`);
      const element = anchor ?? row?.querySelector('.task-main') ?? row;
      if (element && (writable || kind === 'menu')) pickerRef.current?.open(kind, taskId, element);
    },
    [wrapRef, pickerRef, writable],
  );
  const runPlain = useTaskCommands(openPicker);
  const shown = useRef<object>(null);
  useLayoutEffect(() => {
    shown.current = view.source;
  });

  return useMemo(() => {
    const toggleComplete = (id: string) => {
      const done = actions.toggleComplete(id, view.leavingBy(id));
      const after = done ? (afterComplete?.(view) ?? '') : '';
      announcer.announce(`${completionWords(replica, id, done)} ${after}`.trim());
    };
    const runCommand = (command: TaskCommand, taskId: string) => {
      const task = replica.get('task', taskId);
      if (!task || (!writable && command !== 'copy-link' && command !== 'comment')) return;
      if (command === 'complete') return toggleComplete(taskId);
      if (command === 'rename') return store.set({ renaming: taskId });
      if (command === 'add-subtask' && view.definition.nested) return new ListAdding(view, store).below(task);
      const said = moveInList(command, task, view, actions);
      if (said !== null) announcer.announce(said);
      else runPlain(command, taskId);
    };
    return {
      view,
      store,
      metrics: view.definition.metrics,
      writable,
      rowMeta: view.definition.rowMeta,
      toggleComplete,
      openPicker,
      runCommand,
      addTo: (group) => new ListAdding(view, store).atEnd(group),
      focusRow: (key) => gridRef.current?.focus(view.rows().some((row) => row.key === key) ? key : headerKey(key)),
      isTakingOver: () => shown.current !== null && shown.current !== view.source,
      renderStart,
    };
  }, [view, store, writable, afterComplete, renderStart, replica, actions, announcer, openPicker, runPlain, gridRef]);
}
