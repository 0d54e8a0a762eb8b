import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { addDays, type CalendarDate, dayOf, startOfWeek } from '#web/dates/calendar-date.ts';
import { monthWords, weekdayShort } from '#web/dates/month-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { TaskView } from './task-view.ts';
import { loadOf } from './upcoming-definition.ts';

interface WeekStripProps {
  view: TaskView;
  /** A day of the week that is shown. */
  day: CalendarDate;
  onDay: (day: CalendarDate) => void;
  /** One week on or back. */
  onWeek: (weeks: 1 | -1) => void;
}

/** The days of a week with how much each holds; above the agenda, to go to a day. */
export function WeekStrip({ view, day, onDay, onWeek }: WeekStripProps) {
  const { today, weekStart, locale } = useCalendar();
  const start = startOfWeek(day, weekStart);
  const loads = useSyncExternalStore(view.subscribe, () => loadOf(view.model, start).join())
    .split(',')
    .map(Number);
  return (
    <div className="week-strip">
      <div className="week-strip-head">
        <span className="text-body-sm font-medium text-fg-secondary">{monthWords(start, locale)}</span>
        <span className="flex-1" />
        <Button size="sm" tone="ghost" onClick={() => onDay(today)}>
          Today
        </Button>
        <IconButton
          size="sm"
          label="Previous week"
          keys="Shift+ArrowLeft"
          disabled={start <= today}
          icon={<ChevronLeft className="size-4" />}
          onClick={() => onWeek(-1)}
        />
        <IconButton
          size="sm"
          label="Next week"
          keys="Shift+ArrowRight"
          icon={<ChevronRight className="size-4" />}
          onClick={() => onWeek(1)}
        />
      </div>
      <ol className="week-strip-days">
        {loads.map((load, index) => {
          const date = addDays(start, index);
          const words = load === 1 ? '1 task' : `${load || 'no'} tasks`;
          return (
            <li key={date}>
              <button
                type="button"
                aria-current={date === today ? 'date' : undefined}
                disabled={date < today}
                className={clsx('week-day relative', date === day && 'week-day-shown')}
                onClick={() => onDay(date)}
              >
                <span className="text-caption">{weekdayShort(date, locale)} </span>
                <span className="week-day-number">{dayOf(date)} </span>
                <span className="sr-only">{`${monthWords(date, locale)}, ${words}`}</span>
                <LoadDots load={load} />
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function LoadDots({ load }: { load: number }) {
  const dots = load === 0 ? 0 : load < 3 ? 1 : load < 6 ? 2 : 3;
  return (
    <span aria-hidden="true" className="week-dots">
      {Array.from({ length: dots }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the dots are all alike
        <span key={index} />
      ))}
    </span>
  );
}
