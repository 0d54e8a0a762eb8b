import { clsx } from 'clsx';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { CommitWatcher } from './commit-watcher.tsx';
import { GridRow } from './grid-row.tsx';
import { handleControlKey, isEditable, isInteractive } from './row-controls.ts';
import { type GridIntent, gridIntent, type RowAction } from './row-grid-keys.ts';
import { createRowModel, type RowModel, type RowSpec } from './row-model.ts';
import { anchorShift, fadeOutLeaving, glideMoved } from './row-motion.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useRowWindow } from './use-row-window.ts';

export interface RowGridHandle {
  /** Focuses the row, scrolling and mounting it if need be; without a key, the current row. */
  readonly focus: (key?: string) => void;
  readonly scrollTo: (key: string) => void;
}

export interface RowGridProps {
  /** Accessible name. */
  label: string;
  rows: readonly RowSpec[];
  /**
   * What the rows are of. Those of something else are there at once: only what happens to the same list moves, and a list
   * that follows each letter of a filter would never come to rest.
   */
  source?: unknown;
  /** Must keep its identity: rows render again only when it changes. Content subscribes to its own data. */
  renderRow: (key: string) => ReactNode;
  /** Without levels and expansion: `grid` instead of `treegrid`. */
  flat?: boolean;
  /** Given, the grid is multi-selectable. */
  selectedKeys?: ReadonlySet<string>;
  /** The row that is open elsewhere, for example in the detail panel. */
  currentKey?: string | null;
  onAction?: (key: string, action: RowAction) => void;
  onToggleExpand?: (key: string, expanded: boolean) => void;
  /** The key of the row that has focus, null when focus leaves the grid. */
  onFocusChange?: (key: string | null) => void;
  ref?: Ref<RowGridHandle>;
}

/**
 * Windowed rows with one tab stop, for lists of any length. Lives in the nearest `[data-scroll-container]`. Controls
 * inside rows are reached by Tab from their row; Escape returns.
 */
export function RowGrid(props: RowGridProps) {
  const { rows, renderRow, flat = false, selectedKeys, currentKey = null } = props;
  const gridRef = useRef<HTMLDivElement>(null);
  const layerRef = useRef<HTMLDivElement>(null);
  const model = useMemo(() => createRowModel(rows), [rows]);
  const rowWindow = useRowWindow(gridRef, model.layout);
  const focus = useRowFocus(gridRef, model, rowWindow);
  const handlers = useGridHandlers(gridRef, model, focus, props);
  const entered = useModelChange(gridRef, model, rowWindow, props.source);

  useImperativeHandle(
    props.ref,
    () => ({
      focus: (key) => (key === undefined ? focus.focusIndex(Math.max(0, focus.index)) : focus.focusKey(key)),
      scrollTo: (key) => focus.scrollToIndex(model.indexOf(key)),
    }),
    [focus, model],
  );

  const { beforeCommit } = focus;
  const handleBeforeCommit = useCallback(
    (before: RowModel, after: RowModel, isSame: boolean) => {
      beforeCommit(before, after);
      if (isSame && gridRef.current && layerRef.current) fadeOutLeaving(gridRef.current, layerRef.current, after);
    },
    [beforeCommit],
  );
  const handleUnmount = useCallback(() => handFocusToRegion(gridRef.current), []);

  // The watcher goes before the grid: on unmount React takes away what comes first, and it still needs to see the grid.
  return (
    <>
      <CommitWatcher
        model={model}
        source={props.source}
        onBeforeCommit={handleBeforeCommit}
        onUnmount={handleUnmount}
      />
      <div
        ref={gridRef}
        role={flat ? 'grid' : 'treegrid'}
        aria-label={props.label}
        aria-rowcount={rows.length}
        aria-multiselectable={selectedKeys ? true : undefined}
        className={clsx('row-grid', rows.length === 0 && 'hidden')}
        style={{ height: model.layout.total }}
        {...handlers}
      >
        {mountedIndexes(model, rowWindow.range, focus.index).map((index) => {
          const row = model.rows[index];
          if (!row) return null;
          const top = model.layout.offsetOf(index);
          return (
            <GridRow
              key={row.key}
              rowKey={row.key}
              kind={row.kind}
              index={index}
              level={flat ? undefined : row.level}
              expanded={flat ? undefined : row.expanded}
              selected={selectedKeys && row.kind === 'row' ? selectedKeys.has(row.key) : undefined}
              current={row.key === currentKey}
              tabStop={index === focus.index}
              entering={entered(row.key)}
              top={top}
              height={row.height}
              groupHeight={row.kind === 'header' ? model.groupBottom(index) - top : 0}
              renderRow={renderRow}
              focusRow={focus.focusKey}
            />
          );
        })}
        <div ref={layerRef} aria-hidden="true" inert className="pointer-events-none" />
      </div>
    </>
  );
}

/** The window, the header that sticks above it, and the focused row wherever it is, in order. */
function mountedIndexes(model: RowModel, range: { start: number; end: number }, focused: number): number[] {
  const indexes: number[] = [];
  const header = model.headerOf(range.start);
  if (focused >= 0 && focused < range.start) indexes.push(focused);
  if (header >= 0 && header < range.start && header !== focused) indexes.push(header);
  indexes.sort((a, b) => a - b);
  for (let index = range.start; index < range.end; index++) indexes.push(index);
  if (focused >= range.end) indexes.push(focused);
  return indexes;
}

/** Anchors the scroll position and moves the rows after a change of `rows`; tells which rows the change brought in. */
function useModelChange(
  gridRef: RefObject<HTMLElement | null>,
  model: RowModel,
  rowWindow: ReturnType<typeof useRowWindow>,
  source: unknown,
): (key: string) => boolean {
  const shown = useRef({ model, source });
  const { model: before, source: sourceBefore } = shown.current;
  const isSame = source === sourceBefore;
  useLayoutEffect(() => {
    const grid = gridRef.current;
    const scroller = rowWindow.scroller();
    shown.current = { model, source };
    if (before === model || !grid || !scroller) return;
    const shift = anchorShift(before, model, scroller.scrollTop - rowWindow.gridTop(), scroller.clientHeight);
    if (shift !== 0) {
      scroller.scrollTop += shift;
      rowWindow.sync();
    }
    if (isSame) glideMoved(grid, before, model, shift);
  });
  return (key) => isSame && before !== model && before.rows.length > 0 && before.indexOf(key) < 0;
}

function useGridHandlers(
  gridRef: RefObject<HTMLElement | null>,
  model: RowModel,
  focus: ReturnType<typeof useRowFocus>,
  props: RowGridProps,
) {
  const perform = (intent: GridIntent) => {
    const key = model.rows[intent.index]?.key;
    if (key === undefined) return;
    if (intent.type === 'focus') focus.focusIndex(intent.index);
    else if (intent.type === 'toggle') props.onToggleExpand?.(key, intent.expanded);
    else props.onAction?.(key, intent.action);
  };
  // Synthetic events also arrive from menus and popovers that a row renders into a portal: not ours.
  const rowOf = (event: { target: EventTarget; currentTarget: HTMLElement }): HTMLElement | null =>
    event.target instanceof Element && event.currentTarget.contains(event.target)
      ? event.target.closest<HTMLElement>('[data-row-key]')
      : null;

  return {
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const row = rowOf(event);
      if (!row || event.defaultPrevented || event.nativeEvent.isComposing) return;
      if (event.target !== row && handleControlKey(event, row)) return;
      if (event.target !== row && (isEditable(event.target) || event.key === 'Enter' || event.key === ' ')) return;
      if (event.target === row && event.key === 'Tab' && handleControlKey(event, row)) return;
      const intent = gridIntent(event, {
        model,
        index: model.indexOf(row.dataset['rowKey'] ?? null),
        pageHeight: (gridRef.current?.closest('[data-scroll-container]')?.clientHeight || innerHeight) * 0.9,
        rtl: document.documentElement.dir === 'rtl',
      });
      if (!intent) return;
      event.preventDefault();
      perform(intent);
    },
    onClick(event: MouseEvent<HTMLElement>) {
      const row = rowOf(event);
      const index = model.indexOf(row?.dataset['rowKey'] ?? null);
      const spec = model.rows[index];
      if (!row || !spec || event.defaultPrevented || isInteractive(event.target, row)) return;
      if (spec.kind === 'header') {
        if (spec.expanded !== undefined) props.onToggleExpand?.(spec.key, !spec.expanded);
      } else if (!event.shiftKey && !event.ctrlKey && !event.metaKey && !hasTextSelection(row)) {
        props.onAction?.(spec.key, 'open');
      }
    },
    onFocus(event: FocusEvent<HTMLElement>) {
      const key = rowOf(event)?.dataset['rowKey'];
      if (key === undefined) return;
      focus.noteFocus(key);
      props.onFocusChange?.(key);
    },
    onBlur(event: FocusEvent<HTMLElement>) {
      if (rowOf(event) && !event.currentTarget.contains(event.relatedTarget)) props.onFocusChange?.(null);
    },
  };
}

function hasTextSelection(row: HTMLElement): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && row.contains(selection.anchorNode);
}

/** When the whole grid goes while it has focus (last task done, view emptied), focus stays in its region. */
function handFocusToRegion(grid: HTMLElement | null): void {
  const region = grid?.closest<HTMLElement>('[data-region]');
  if (!region || !grid?.contains(document.activeElement)) return;
  queueMicrotask(() => {
    if (document.activeElement === document.body) region.focus({ preventScroll: true });
  });
}
