import { clsx } from 'clsx';
import type { MouseEvent } from 'react';
import { useControlTabIndex } from './row-control.ts';

export type PriorityLevel = 1 | 2 | 3 | 4;

export interface TaskCheckboxProps {
  /** Name of what is completed. */
  label: string;
  checked: boolean;
  priority: PriorityLevel;
  /** Comes back after completion: the ring is open in two places. */
  repeating?: boolean;
  disabled?: boolean;
  onChange: (checked: boolean, event: MouseEvent) => void;
}

/** 20-px ring in a 32-px target (44 on touch). The ring's weight and fill tell the priority as well as its colour. */
export function TaskCheckbox({ label, checked, priority, repeating = false, disabled, onChange }: TaskCheckboxProps) {
  const stroke = strokes[priority];
  const radius = 9 - stroke / 2;
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      tabIndex={useControlTabIndex(undefined)}
      data-row-control=""
      onClick={(event) => onChange(!checked, event)}
      className={clsx('task-checkbox', colors[priority])}
    >
      <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5">
        <circle
          className="task-checkbox-ring"
          cx="10"
          cy="10"
          r={radius}
          fill="currentColor"
          fillOpacity={fills[priority]}
          stroke="currentColor"
          strokeWidth={stroke}
          strokeDasharray={repeating && !checked ? `${radius * Math.PI - 5} 5` : undefined}
        />
        <circle className="task-checkbox-disc" cx="10" cy="10" fill="currentColor" />
        <path className="task-checkbox-check" pathLength={1} d="m6 10.4 2.7 2.7L14 7.6" />
      </svg>
    </button>
  );
}

const strokes: Record<PriorityLevel, number> = { 1: 2.5, 2: 2, 3: 1.5, 4: 1.5 };
const fills: Record<PriorityLevel, number> = { 1: 0.14, 2: 0.08, 3: 0, 4: 0 };
const colors: Record<PriorityLevel, string> = { 1: 'text-p1', 2: 'text-p2', 3: 'text-p3', 4: 'text-p4' };
