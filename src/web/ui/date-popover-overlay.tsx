import { parseDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar';
import { Dialog } from 'react-aria-components/Dialog';
import { type OverlayAnchor, OverlaySurface, type Placement } from './overlay-surface.tsx';
import { COARSE_POINTER, useMediaQuery } from './use-media-query.ts';

export interface QuickDate {
  readonly id: string;
  readonly label: string;
  /** ISO date; null removes the date. */
  readonly date: string | null;
  /** What the choice comes to, for example `Sat`. */
  readonly hint?: string;
  readonly icon: ReactNode;
}

export type WeekDay = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

export interface DatePopoverOverlayProps {
  /** `Date` or `Deadline`. */
  label: string;
  anchor: OverlayAnchor;
  placement?: Placement;
  /** All dates are ISO calendar dates, `2026-11-22`. */
  value: string | null;
  today: string;
  firstDayOfWeek: WeekDay;
  quickDates: readonly QuickDate[];
  /** Understands typed dates; the label says how it was understood. Null while it makes no sense. */
  parseText: (text: string) => { readonly date: string | null; readonly label: string } | null;
  onChange: (date: string | null) => void;
  onClose: () => void;
  /** Below the calendar, for example a time field. */
  footer?: ReactNode;
}

/** Text field, quick choices, month: one layer, and any of the three is enough. */
export function DatePopoverOverlay(props: DatePopoverOverlayProps) {
  const { label, anchor, placement, onClose, onChange } = props;
  const choose = (date: string | null) => {
    onClose();
    onChange(date);
  };
  return (
    <OverlaySurface anchor={anchor} {...(placement && { placement })} onClose={onClose}>
      <Dialog aria-label={label} className="date-popover">
        <DateText label={label} parseText={props.parseText} onChoose={choose} />
        <ul className="flex flex-col border-b border-line pb-2">
          {props.quickDates.map((quick) => (
            <li key={quick.id}>
              <button
                type="button"
                aria-pressed={quick.date === props.value}
                className="flex h-8 w-full items-center gap-3 rounded-md px-2 text-body-sm hover:bg-hover active:bg-pressed aria-pressed:bg-selected coarse:h-11 coarse:text-body"
                onClick={() => choose(quick.date)}
              >
                {quick.icon}
                <span className="flex-1 text-start">{quick.label}</span>
                <span className="text-meta text-fg-tertiary tabular-nums">{quick.hint}</span>
              </button>
            </li>
          ))}
        </ul>
        <Month {...props} onChoose={choose} />
        {props.footer === undefined ? null : <div className="border-t border-line pt-2">{props.footer}</div>}
      </Dialog>
    </OverlaySurface>
  );
}

interface DateTextProps extends Pick<DatePopoverOverlayProps, 'label' | 'parseText'> {
  onChoose: (date: string | null) => void;
}

function DateText({ label, parseText, onChoose }: DateTextProps) {
  const [text, setText] = useState('');
  const coarse = useMediaQuery(COARSE_POINTER);
  const parsed = text.trim() === '' ? null : parseText(text);
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed) onChoose(parsed.date);
      }}
    >
      <input
        // Not on touch: the keyboard would cover what else can be chosen.
        autoFocus={!coarse}
        type="text"
        aria-label={label}
        aria-describedby="date-text-result"
        placeholder="Type a date"
        autoComplete="off"
        enterKeyHint="done"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-8 w-full rounded-md bg-sunken px-2 fine:text-body-sm focus-visible:outline-offset-0 coarse:h-11"
      />
      <p id="date-text-result" role="status" className="px-2 text-meta text-accent-fg empty:hidden">
        {text.trim() === '' ? '' : (parsed?.label ?? 'Not a date yet')}
      </p>
    </form>
  );
}

interface MonthProps extends Pick<DatePopoverOverlayProps, 'label' | 'value' | 'today' | 'firstDayOfWeek'> {
  onChoose: (date: string | null) => void;
}

function Month({ label, value, today, firstDayOfWeek, onChoose }: MonthProps) {
  const todayDate = parseDate(today);
  return (
    <Calendar
      aria-label={label}
      value={value === null ? null : parseDate(value)}
      defaultFocusedValue={parseDate(value ?? today)}
      firstDayOfWeek={firstDayOfWeek}
      onChange={(date) => onChoose(date.toString())}
    >
      <header className="flex items-center gap-1 pb-1">
        <CalendarHeading className="min-w-0 flex-1 px-2 text-body-sm font-semibold" />
        <Button slot="previous" className="calendar-arrow">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
        </Button>
        <Button slot="next" className="calendar-arrow">
          <ChevronRight aria-hidden="true" className="size-4 rtl:rotate-180" />
        </Button>
      </header>
      <CalendarGrid className="w-full border-collapse">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="calendar-weekday">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              data-today={date.compare(todayDate) === 0 ? '' : undefined}
              data-past={date.compare(todayDate) < 0 ? '' : undefined}
              className="calendar-day"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
