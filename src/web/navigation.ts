import { useCallback, useEffect, useMemo } from 'react';
import { navigate as browserNavigate, useLocationProperty, usePathname } from 'wouter/use-browser-location';
import { matchRoute, type RouteName, taskOver, withTask } from './routes.ts';

interface TaskPanelState {
  /** The entry before this one is the same view without the panel, so that going back closes it. */
  readonly panel?: boolean;
}

export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  browserNavigate(href, { replace });
}

/** Names the page in the tab and in the history. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Tend' : `${title} · Tend`;
  }, [title]);
}

/** The route of the current path; undefined where there is no page. */
export function useRouteName(): RouteName | undefined {
  return matchRoute(usePathname());
}

/** One parameter of the current address; a change of another renders nothing. */
export function useSearchParam(name: string): string | null {
  return useLocationProperty(() => new URLSearchParams(location.search).get(name));
}

export function useHasSearchParam(name: string): boolean {
  return useLocationProperty(() => new URLSearchParams(location.search).has(name));
}

/** Changes one parameter of the current address, in place; null removes it. */
export function setSearchParam(name: string, value: string | null): void {
  const query = new URLSearchParams(location.search);
  if (value === null) query.delete(name);
  else query.set(name, value);
  const href = query.size > 0 ? `${location.pathname}?${query}` : location.pathname;
  browserNavigate(href, { replace: true, state: history.state as unknown });
}

export interface TaskPanel {
  readonly taskId: string | null;
  /** Opens a task over the view; with one open, swaps it without a new entry in the history. */
  open(taskId: string): void;
  close(): void;
}

/** The detail panel: the task over the current view. */
export function useTaskPanel(): TaskPanel {
  const taskId = useLocationProperty(() => taskOver(location.search));
  const open = useCallback((id: string) => openTask(id), []);
  return useMemo(() => ({ taskId, open, close: closeTask }), [taskId, open]);
}

export function openTask(taskId: string): void {
  const href = withTask(location.pathname, location.search, taskId);
  if (taskOver(location.search) === null) browserNavigate<TaskPanelState>(href, { state: { panel: true } });
  else browserNavigate<TaskPanelState>(href, { replace: true, state: history.state as TaskPanelState });
}

export function closeTask(): void {
  if (taskOver(location.search) === null) return;
  const state = history.state as TaskPanelState | null;
  if (state?.panel) history.back();
  else browserNavigate(withTask(location.pathname, location.search, null), { replace: true });
}
