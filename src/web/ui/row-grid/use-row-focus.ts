import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type RowModel, survivorOf } from './row-model.ts';
import type { RowWindow } from './use-row-window.ts';

export interface RowFocus {
  /** The row that is the grid's tab stop and stays mounted when scrolled out; -1 in an empty grid. */
  readonly index: number;
  readonly focusIndex: (index: number) => void;
  readonly focusKey: (key: string) => void;
  /** A row took focus by pointer, Tab or assistive technology. */
  readonly noteFocus: (key: string) => void;
  /** To be called while the DOM still shows `before`. */
  readonly beforeCommit: (before: RowModel, after: RowModel) => void;
  readonly scrollToIndex: (index: number) => void;
}

/** Roving focus that survives scrolling, reordering and the end of the focused row. */
export function useRowFocus(gridRef: RefObject<HTMLElement | null>, model: RowModel, rowWindow: RowWindow): RowFocus {
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const [request, setRequest] = useState(0);
  const pending = useRef<string | null>(null);
  const latest = useRef({ model, rowWindow, focusedKey });
  useLayoutEffect(() => {
    latest.current = { model, rowWindow, focusedKey };
  });

  const scrollToIndex = useCallback((index: number) => {
    revealRow(latest.current.model, latest.current.rowWindow, index);
  }, []);

  const focusKey = useCallback((key: string) => {
    pending.current = key;
    setFocusedKey(key);
    setRequest((count) => count + 1);
  }, []);

  const focusIndex = useCallback(
    (index: number) => {
      const row = latest.current.model.rows[index];
      if (row) focusKey(row.key);
    },
    [focusKey],
  );

  const noteFocus = useCallback((key: string) => setFocusedKey(key), []);

  const beforeCommit = useCallback(
    (before: RowModel, after: RowModel) => {
      const key = latest.current.focusedKey;
      if (key === null || after.indexOf(key) >= 0) return;
      const next = survivorOf(key, before, after);
      const row = gridRef.current?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
      // Somebody may have asked for another row in the same commit; that wins.
      if (row?.contains(document.activeElement) && after.indexOf(pending.current) < 0) pending.current = next;
      queueMicrotask(() => setFocusedKey((now) => (now === key ? next : now)));
    },
    [gridRef],
  );

  // Runs after every commit: the row to focus may only have been mounted by this one.
  useLayoutEffect(() => {
    const key = pending.current;
    if (key === null || !gridRef.current) return;
    const row = gridRef.current.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
    if (!row) return;
    pending.current = null;
    scrollToIndex(latest.current.model.indexOf(key));
    row.focus({ preventScroll: true });
  });

  useEffect(() => {
    if (request > 0) latest.current.rowWindow.sync();
  }, [request]);

  const index = model.indexOf(focusedKey);
  return {
    index: index >= 0 ? index : model.rows.length > 0 ? 0 : -1,
    focusIndex,
    focusKey,
    noteFocus,
    beforeCommit,
    scrollToIndex,
  };
}

/** Scrolls by the least that shows the row clear of the sticky header and of whatever covers the scroller's edges. */
function revealRow(model: RowModel, rowWindow: RowWindow, index: number): void {
  const scroller = rowWindow.scroller();
  if (!scroller || index < 0) return;
  const style = getComputedStyle(scroller);
  const header = model.headerOf(index);
  const sticky = header >= 0 && header !== index ? model.layout.heightOf(header) : 0;
  const top = rowWindow.gridTop() + model.layout.offsetOf(index);
  const bottom = top + model.layout.heightOf(index);
  const viewTop = scroller.scrollTop + sticky + (Number.parseFloat(style.scrollPaddingTop) || 0);
  const viewBottom = scroller.scrollTop + scroller.clientHeight - (Number.parseFloat(style.scrollPaddingBottom) || 0);
  // The first row also brings back what stands above the grid.
  if (index === 0) scroller.scrollTop = Math.min(scroller.scrollTop, Math.max(0, bottom - scroller.clientHeight));
  else if (top < viewTop) scroller.scrollTop -= viewTop - top;
  else if (bottom > viewBottom) scroller.scrollTop += bottom - viewBottom;
}
