import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { RowLayout, RowRange } from './row-layout.ts';

export const OVERSCAN = 8;
/** Rows left in reserve before the window moves: fewer renders while scrolling than moving it on every row. */
const RESERVE = 4;
const PRINT_LIMIT = 2000;

export interface RowWindow {
  readonly range: RowRange;
  /** The scrolling element around the grid; null before mount. */
  readonly scroller: () => HTMLElement | null;
  /** Distance from the scroller's content top to the grid's top. */
  readonly gridTop: () => number;
  /** Recomputes at once, for use after scrolling from code. */
  readonly sync: () => void;
}

interface View {
  readonly top: number;
  readonly bottom: number;
}

/** Which rows to mount for the part of the grid that its scroll container shows. */
export function useRowWindow(gridRef: RefObject<HTMLElement | null>, layout: RowLayout): RowWindow {
  const [view, setView] = useState<View>(() => ({ top: 0, bottom: globalThis.innerHeight || 800 }));
  const scrollerRef = useRef<HTMLElement | null>(null);
  const { start, end } = layout.range(view.top, view.bottom, OVERSCAN);
  const latest = useRef({ layout, range: { start, end } });
  useLayoutEffect(() => {
    latest.current = { layout, range: { start, end } };
  });

  const gridTop = useCallback(() => {
    const scroller = scrollerRef.current;
    if (!scroller || !gridRef.current) return 0;
    const origin = scroller.getBoundingClientRect().top + scroller.clientTop - scroller.scrollTop;
    return gridRef.current.getBoundingClientRect().top - origin;
  }, [gridRef]);

  const measure = useCallback((): View | null => {
    const scroller = scrollerRef.current;
    if (!scroller) return null;
    const top = scroller.scrollTop - gridTop();
    return { top, bottom: top + (scroller.clientHeight || globalThis.innerHeight) };
  }, [gridTop]);

  /** The view to move to, null while the mounted rows still cover what shows. */
  const outgrown = useCallback((): View | null => {
    const next = measure();
    return next && !covers(latest.current.range, latest.current.layout, next) ? next : null;
  }, [measure]);

  const sync = useCallback(() => {
    const next = outgrown();
    if (next) setView(next);
  }, [outgrown]);

  useLayoutEffect(() => {
    scrollerRef.current = gridRef.current?.closest<HTMLElement>('[data-scroll-container]') ?? document.documentElement;
    sync();
  }, [gridRef, sync]);

  // A shorter or longer list can leave the stored view outside of what is visible now.
  useLayoutEffect(sync, [layout, sync]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    const grid = gridRef.current;
    if (!scroller || !grid) return undefined;
    const target: EventTarget = scroller === document.documentElement ? document : scroller;
    // Synchronous, so that rows are there in the frame that shows the new scroll position.
    const handleScroll = () => {
      const next = outgrown();
      if (next) flushSync(() => setView(next));
    };
    const resize = new ResizeObserver(() => sync());
    resize.observe(scroller);
    if (grid.parentElement && grid.parentElement !== scroller) resize.observe(grid.parentElement);
    target.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      resize.disconnect();
      target.removeEventListener('scroll', handleScroll);
    };
  }, [gridRef, outgrown, sync]);

  usePrintedWhole(latest, measure, setView);

  return useMemo(
    () => ({ range: { start, end }, scroller: () => scrollerRef.current, gridTop, sync }),
    [start, end, gridTop, sync],
  );
}

function covers(mounted: RowRange, layout: RowLayout, view: View): boolean {
  const needed = layout.range(view.top, view.bottom, RESERVE);
  return mounted.start <= needed.start && mounted.end >= needed.end;
}

/** Paper does not scroll: print every row, up to a limit. */
function usePrintedWhole(
  latest: RefObject<{ layout: RowLayout }>,
  measure: () => View | null,
  setView: Dispatch<SetStateAction<View>>,
): void {
  useEffect(() => {
    const handlePrint = () => {
      const { count, total } = latest.current.layout;
      if (count <= PRINT_LIMIT) flushSync(() => setView({ top: 0, bottom: total }));
    };
    const handlePrinted = () => setView((view) => measure() ?? view);
    addEventListener('beforeprint', handlePrint);
    addEventListener('afterprint', handlePrinted);
    return () => {
      removeEventListener('beforeprint', handlePrint);
      removeEventListener('afterprint', handlePrinted);
    };
  }, [latest, measure, setView]);
}
