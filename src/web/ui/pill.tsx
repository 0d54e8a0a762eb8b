import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { spokenAs } from './spoken-as.ts';
import type { Swatch } from './swatches.ts';

export type DateTone = 'overdue' | 'today' | 'tomorrow' | 'soon' | 'later';

export interface DatePillProps {
  /** In words: `Today`, `Fri 20 Nov 14:00`. */
  label: string;
  tone: DateTone;
  icon?: ReactNode;
  /** As large as the words around it, instead of as small as what stands beside a title. */
  inherits?: boolean;
  /** Full form for assistive technology, for example `Overdue since Friday 13 November`. */
  spoken?: string;
}

/** How a date looks in a row. Never colour alone: the words differ too. */
export function DatePill({ label, tone, icon, inherits = false, spoken }: DatePillProps) {
  return (
    <span
      {...(spoken !== undefined && spokenAs(spoken))}
      className={clsx(
        'inline-flex items-center gap-1 whitespace-nowrap tabular-nums',
        inherits || 'text-meta',
        dateTones[tone],
      )}
    >
      {icon}
      {label}
    </span>
  );
}

const dateTones: Record<DateTone, string> = {
  overdue: 'text-danger-fg',
  today: 'text-accent-fg',
  tomorrow: 'text-warn-fg',
  soon: 'text-info-fg',
  later: 'text-fg-secondary',
};

export function LabelChip({ name, color }: { name: string; color: Swatch }) {
  return (
    <span
      data-color={color}
      className="inline-flex h-5 max-w-full min-w-0 items-center rounded-sm bg-swatch-tint px-1.5 text-meta whitespace-nowrap text-swatch-fg forced-colors:border"
    >
      <span className="truncate">{name}</span>
    </span>
  );
}

/** Made once: `toLocaleString` makes one per call, and a sidebar has hundreds of counts. */
const numberFormat = new Intl.NumberFormat();

interface CountProps {
  value: number;
  tone?: 'neutral' | 'danger';
  /** What it counts, for assistive technology: `open`. */
  of?: string;
}

/** A number beside a name: open tasks, results. */
export function Count({ value, tone = 'neutral', of }: CountProps) {
  return (
    <span
      {...(of !== undefined && spokenAs(`${numberFormat.format(value)} ${of}`))}
      className={clsx('text-meta tabular-nums', tone === 'danger' ? 'text-danger-fg' : 'text-fg-tertiary')}
    >
      {numberFormat.format(value)}
    </span>
  );
}
