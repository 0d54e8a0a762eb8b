import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { listShortcuts, type ListCommand, taskShortcuts } from '#web/tasks/task-shortcuts.ts';
import type { KeyAction } from '#web/ui/keymap.ts';
import type { RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { closeTask } from '#web/navigation.ts';
import { taskOver } from '#web/routes.ts';
import type { ListAdding } from './list-adding.ts';
import type { TaskListContext } from './list-context.ts';
import { parseRowKey } from './view-rows.ts';

interface ListKeysOptions {
  readonly list: TaskListContext;
  readonly adding: ListAdding;
  readonly wrapRef: RefObject<HTMLElement | null>;
  readonly gridRef: RefObject<RowGridHandle | null>;
  readonly primary: boolean;
  readonly onAddSection: (() => void) | undefined;
}

/** The key of the row that has focus, or that holds what has it; null outside of the list. */
function focusedKey(wrap: HTMLElement | null): string | null {
  const row = document.activeElement?.closest<HTMLElement>('[data-row-key]');
  return row && wrap?.contains(row) ? (row.dataset['rowKey'] ?? null) : null;
}

/** Focus is nowhere in particular: keys then mean the list of the page. */
function isFocusIdle(): boolean {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body || activeElement.matches('main[data-region]');
}

/** Registers the shortcuts of tasks and lists for as long as the list is shown. */
export function useListKeys(options: ListKeysOptions): void {
  const replica = useReplica();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const actions = useMemo<readonly KeyAction[]>(() => {
    const onTask = taskShortcuts.map(
      ({ command, keys, label, repeats = false }): KeyAction => ({
        id: `task-${command}`,
        keys,
        context: 'Task',
        label,
        repeats,
        run() {
          const key = focusedKey(latest.current.wrapRef.current);
          const row = key === null ? null : parseRowKey(key);
          if (row?.type !== 'task') return false;
          latest.current.list.runCommand(command, row.id);
          return undefined;
        },
      }),
    );
    const onList = listShortcuts.map(
      ({ command, keys, label, repeats = false }): KeyAction => ({
        id: `list-${command}`,
        keys,
        context: 'List',
        label,
        repeats,
        run: () => (runListCommand(command, latest.current, replica.get.bind(replica)) ? undefined : false),
      }),
    );
    return [...onTask, ...onList];
  }, [replica]);
  useKeyActions(actions);
}

type GetTask = ReturnType<typeof useReplica>['get'];

/** False where the key means nothing now, so that others may have it. */
function runListCommand(command: ListCommand, options: ListKeysOptions, get: GetTask): boolean {
  const { list, adding, wrapRef, gridRef, primary, onAddSection } = options;
  const key = focusedKey(wrapRef.current);
  if (key === null && !(primary && isFocusIdle())) return false;
  if (command === 'next-row' || command === 'previous-row') {
    if (key !== null) return false;
    gridRef.current?.focus();
    return true;
  }
  if (command === 'close-detail') {
    const open = primary && taskOver(location.search) !== null;
    if (open) closeTask();
    return open;
  }
  if (!list.writable) return false;
  if (command === 'add-section') {
    onAddSection?.();
    return onAddSection !== undefined;
  }
  const row = key === null ? null : parseRowKey(key);
  const task = row?.type === 'task' ? get('task', row.id) : undefined;
  if (task && (command === 'add-below' || command === 'add-above')) {
    adding.beside(task, command === 'add-below' ? 'after' : 'before');
    return true;
  }
  const group = groupFor(key, list);
  if (group === null) return false;
  if (command === 'add-start') adding.atStart(group);
  else adding.atEnd(group);
  return true;
}

/** The group of the focused row, else the first one in which tasks can be added. */
function groupFor(key: string | null, { view }: TaskListContext): string | null {
  const row = key === null ? null : parseRowKey(key);
  if (row?.type === 'task') return view.model.groupOf(row.id) ?? null;
  if (row && 'group' in row) return row.group;
  for (const { key: each } of view.rows()) {
    const found = parseRowKey(each);
    if (found.type === 'add' || found.type === 'empty') return found.group;
  }
  return null;
}
