import { type PointerEvent, useRef } from 'react';

/** Beyond this share of its height, or this speed, letting go closes the sheet. */
const CLOSE_SHARE = 0.3;
const CLOSE_SPEED = 0.6;

interface Swipe {
  readonly startY: number;
  readonly startedAt: number;
  readonly sheet: HTMLElement;
  readonly height: number;
}

/** Pulls a sheet down by its handle; the rest of the sheet keeps its own scrolling. Spread the result on the handle. */
export function useSheetSwipe(onClose: () => void) {
  const swipe = useRef<Swipe | null>(null);

  const distance = (event: PointerEvent): number => Math.max(0, event.clientY - (swipe.current?.startY ?? 0));

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const sheet = event.currentTarget.closest<HTMLElement>('.sheet');
      if (!sheet) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      swipe.current = { startY: event.clientY, startedAt: event.timeStamp, sheet, height: sheet.offsetHeight };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (swipe.current) swipe.current.sheet.style.translate = `0 ${distance(event)}px`;
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const done = swipe.current;
      if (!done) return;
      const moved = distance(event);
      const speed = moved / Math.max(1, event.timeStamp - done.startedAt);
      swipe.current = null;
      if (moved > done.height * CLOSE_SHARE || (moved > 24 && speed > CLOSE_SPEED)) onClose();
      else settle(done.sheet, moved);
    },
    onPointerCancel() {
      if (swipe.current) settle(swipe.current.sheet, 0);
      swipe.current = null;
    },
  };
}

function settle(sheet: HTMLElement, from: number): void {
  sheet.style.translate = '';
  if (from === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  sheet.animate([{ translate: `0 ${from}px` }, { translate: '0 0' }], {
    duration: 180,
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
  });
}
