import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type ListMetrics, WIDTH_STEP } from '#web/tasks/row-lines.ts';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';

const LIST_WIDTH_MAX = 860;
const SIDEBAR_WIDTH = 264;
const DESKTOP = 1024;

function stepOf(width: number): number {
  return Math.floor(width / WIDTH_STEP) * WIDTH_STEP;
}

/** Before the first layout: what the shell will most likely give. */
function expectedWidth(): number {
  return Math.min(LIST_WIDTH_MAX, innerWidth - (innerWidth >= DESKTOP ? SIDEBAR_WIDTH + 48 : 16));
}

/** Pointer and width of a list, the width in steps so that it seldom changes. */
export function useListMetrics(ref: RefObject<HTMLElement | null>): ListMetrics {
  const coarse = useMediaQuery(COARSE_POINTER);
  const [width, setWidth] = useState(() => stepOf(expectedWidth()));
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(stepOf(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return useMemo(() => ({ coarse, width }), [coarse, width]);
}
