import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Kbd } from './kbd.tsx';
import { tooltipPosition } from './tooltip-position.ts';

interface Tip {
  readonly anchor: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
}

const DELAY_MS = 500;
/** After one tooltip has closed, the next opens at once for this long. */
const WARM_MS = 300;

/**
 * The one tooltip of the app, for every element with `data-tooltip` (and `data-tooltip-keys`). Decorates: the name is
 * on the element itself, so the tooltip is hidden from assistive technology.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => watchTooltips(setTip), []);

  useLayoutEffect(() => {
    if (!tip || !ref.current) return;
    const { left, top } = tooltipPosition(tip.anchor.getBoundingClientRect(), ref.current.getBoundingClientRect());
    ref.current.style.left = `${left}px`;
    ref.current.style.top = `${top}px`;
    ref.current.style.visibility = 'visible';
  }, [tip]);

  if (!tip) return null;
  return (
    <div
      ref={ref}
      data-tooltip-layer=""
      data-react-aria-top-layer="true"
      aria-hidden="true"
      className="tooltip"
      style={{ visibility: 'hidden' }}
    >
      {tip.text}
      {tip.keys === undefined ? null : <Kbd keys={tip.keys} />}
    </div>
  );
}

function watchTooltips(show: (tip: Tip | null) => void): () => void {
  let anchor: HTMLElement | null = null;
  let timer: number | undefined;
  let open = false;
  let closedAt = Number.NEGATIVE_INFINITY;

  const close = () => {
    clearTimeout(timer);
    if (open) closedAt = performance.now();
    open = false;
    anchor = null;
    show(null);
  };
  const plan = (next: HTMLElement, delay: number) => {
    if (next === anchor) return;
    const warm = open || performance.now() - closedAt < WARM_MS;
    close();
    anchor = next;
    timer = window.setTimeout(
      () => {
        const text = next.dataset['tooltip'];
        if (!text || !next.isConnected || next.getAttribute('aria-expanded') === 'true') return;
        open = true;
        show({ anchor: next, text, keys: next.dataset['tooltipKeys'] });
      },
      warm ? 0 : delay,
    );
  };
  const handleOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    // WCAG 1.4.13: the tooltip itself may be pointed at.
    if (event.target.closest('[data-tooltip-layer]')) return;
    const next = event.target.closest<HTMLElement>('[data-tooltip]');
    if (next) plan(next, DELAY_MS);
    else close();
  };
  const handleFocus = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    if (event.target.dataset['tooltip'] && event.target.matches(':focus-visible')) plan(event.target, DELAY_MS);
    else close();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) event.stopPropagation();
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) close();
  };
  const controller = new AbortController();
  const options = { signal: controller.signal, capture: true, passive: true };
  document.addEventListener('pointerover', handleOver, options);
  document.addEventListener('focusin', handleFocus, options);
  document.addEventListener('focusout', close, options);
  document.addEventListener('pointerdown', close, options);
  document.addEventListener('keydown', handleKey, options);
  document.addEventListener('scroll', close, options);
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
