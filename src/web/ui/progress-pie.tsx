import type { Swatch } from './swatches.ts';

export interface ProgressPieProps {
  /** 0 to 1. */
  value: number;
  color?: Swatch;
  /** Accessible name, for example `3 of 7 done`; without it the pie is decoration. */
  label?: string;
}

const RADIUS = 3;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

export function ProgressPie({ value, color, label }: ProgressPieProps) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <svg
      viewBox="0 0 14 14"
      data-color={color}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined || undefined}
      className={`size-3.5 shrink-0 ${color ? 'text-swatch' : 'text-accent'}`}
    >
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle
        cx="7"
        cy="7"
        r={RADIUS}
        fill="none"
        stroke="currentColor"
        strokeWidth={RADIUS * 2}
        strokeDasharray={`${share * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
        transform="rotate(-90 7 7) scale(1)"
      />
    </svg>
  );
}
