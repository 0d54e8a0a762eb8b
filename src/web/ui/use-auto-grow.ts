import { type Ref, type RefCallback, useCallback, useLayoutEffect, useRef } from 'react';

const nativeGrowth = typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content');

/** Grows a textarea with its text: by `field-sizing` in CSS (class `auto-grow`), by measuring where that is missing. */
export function useAutoGrow(
  value: string,
  outer: Ref<HTMLTextAreaElement> | undefined,
): RefCallback<HTMLTextAreaElement> {
  const inner = useRef<HTMLTextAreaElement | null>(null);
  useLayoutEffect(() => {
    const area = inner.current;
    if (nativeGrowth || !area || value === undefined) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [value]);
  return useCallback(
    (area: HTMLTextAreaElement | null) => {
      inner.current = area;
      if (typeof outer === 'function') return outer(area);
      if (outer) outer.current = area;
      return undefined;
    },
    [outer],
  );
}
