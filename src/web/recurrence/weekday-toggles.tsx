import { weekdayShort } from '#web/dates/month-words.ts';
import { fromDayNumber } from '#web/dates/calendar-date.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';

interface WeekdayTogglesProps {
  /** 0 is Monday. */
  value: readonly number[];
  onChange: (value: readonly number[]) => void;
}

/** 1970-01-05 was a Monday. */
const MONDAY = 4;

/** Days of the week, in the order in which the week of the person has them. One is always chosen. */
export function WeekdayToggles({ value, onChange }: WeekdayTogglesProps) {
  const { locale, weekStart } = useCalendar();
  const days = Array.from({ length: 7 }, (_, n) => (n + weekStart - 1) % 7);
  const toggle = (day: number) => {
    const without = value.filter((each) => each !== day);
    if (without.length < value.length && without.length === 0) return;
    onChange(without.length < value.length ? without : [...value, day]);
  };
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="pb-1.5 text-body-sm font-medium">On</legend>
      <div className="flex gap-1">
        {days.map((day) => {
          const name = fromDayNumber(MONDAY + day);
          return (
            <button
              key={day}
              type="button"
              aria-pressed={value.includes(day)}
              aria-label={new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
                Date.parse(`${name}T00:00:00Z`),
              )}
              onClick={() => toggle(day)}
              className="h-9 min-w-0 flex-1 rounded-md border border-line-strong text-body-sm text-fg-secondary hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-accent-fg coarse:h-11"
            >
              {weekdayShort(name, locale).slice(0, 3)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
