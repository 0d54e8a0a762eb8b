import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

export interface PanelResizerProps {
  label: string;
  width: number;
  min: number;
  max: number;
  initial: number;
  /** On which side of the handle the panel lies. */
  panelSide: 'start' | 'end';
  /** `settled` is false while the pointer is down. */
  onResize: (width: number, settled: boolean) => void;
}

const STEP = 16;

export function PanelResizer({ label, width, min, max, initial, panelSide, onResize }: PanelResizerProps) {
  const drag = useRef<{ x: number; width: number; last: number } | null>(null);
  const sign = (panelSide === 'start') === (document.documentElement.dir !== 'rtl') ? 1 : -1;
  const clamp = (value: number) => Math.min(max, Math.max(min, Math.round(value)));

  const handlePointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width, last: width };
  };
  const handlePointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    drag.current.last = clamp(drag.current.width + sign * (event.clientX - drag.current.x));
    onResize(drag.current.last, false);
  };
  const handlePointerUp = () => {
    if (!drag.current) return;
    onResize(drag.current.last, true);
    drag.current = null;
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const next = keyWidth(event.key, width, sign, { min, max });
    if (next === null) return;
    event.preventDefault();
    onResize(clamp(next), true);
  };

  return (
    // An interactive separator is a widget in ARIA: https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
    <div
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className="panel-resizer"
      onPointerDown={handlePointerDown}
      onPointerMove={handlePointerMove}
      onPointerUp={handlePointerUp}
      onPointerCancel={handlePointerUp}
      onKeyDown={handleKeyDown}
      onDoubleClick={() => onResize(initial, true)}
    />
  );
}

function keyWidth(key: string, width: number, sign: number, limits: { min: number; max: number }): number | null {
  switch (key) {
    case 'ArrowRight':
      return width + sign * STEP;
    case 'ArrowLeft':
      return width - sign * STEP;
    case 'Home':
      return limits.min;
    case 'End':
      return limits.max;
    default:
      return null;
  }
}
