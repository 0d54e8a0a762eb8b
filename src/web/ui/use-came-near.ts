import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Beyond what its scroll container shows, so that the rest is there when it is scrolled to. */
const NEAR_PX = 600;

interface Watch {
  /** What waits to come near, with whom to tell. */
  readonly waiting: Map<Element, () => void>;
  /** Sees the size of a part of the container: when it changes, what comes behind it moves. */
  readonly observe: (part: Element) => void;
}

/** By scroll container. */
const watches = new WeakMap<Element, Watch>();

/**
 * True from when an element first came near the visible part of its `[data-scroll-container]`; it stays so, because what
 * was made then may have the focus. An IntersectionObserver would look at all that wait in every frame of the page.
 */
export function useCameNear<E extends Element>(): { ref: RefObject<E | null>; cameNear: boolean } {
  const ref = useRef<E>(null);
  const [cameNear, setCameNear] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (cameNear || !element) return undefined;
    const scroller = element.closest('[data-scroll-container]');
    if (scroller && !isNear(element, scroller)) return wait(scroller, element, () => setCameNear(true));
    setCameNear(true);
    return undefined;
  }, [cameNear]);
  return { ref, cameNear };
}

function isNear(element: Element, scroller: Element): boolean {
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= view.top - NEAR_PX && top <= view.bottom + NEAR_PX;
}

function wait(scroller: Element, element: Element, onNear: () => void): () => void {
  const { waiting, observe } = watches.get(scroller) ?? startWatch(scroller);
  waiting.set(element, onNear);
  const part = [...scroller.children].find((child) => child.contains(element));
  if (part) observe(part);
  return () => void waiting.delete(element);
}

/** One for all elements of a scroll container, which it goes with. */
function startWatch(scroller: Element): Watch {
  const waiting = new Map<Element, () => void>();
  let isScheduled = false;
  const check = (): void => {
    isScheduled = false;
    for (const [element, onNear] of waiting) if (isNear(element, scroller)) onNear();
  };
  const schedule = (): void => {
    if (isScheduled || waiting.size === 0) return;
    isScheduled = true;
    requestAnimationFrame(check);
  };
  scroller.addEventListener('scroll', schedule, { passive: true });
  const resizes = new ResizeObserver(schedule);
  const observed = new WeakSet<Element>();
  const observe = (part: Element): void => {
    if (observed.has(part)) return;
    observed.add(part);
    resizes.observe(part);
  };
  observe(scroller);
  const watch = { waiting, observe };
  watches.set(scroller, watch);
  return watch;
}
