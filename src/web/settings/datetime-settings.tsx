import { formatTime } from '#core/recurrence/wall-clock.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { timeWords } from '#web/dates/date-words.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { Select, type SelectOption } from '#web/ui/select.tsx';
import { DateSettings } from './date-settings.tsx';
import { detectTimeZone } from './device-locale.ts';
import { useSettings } from './use-settings.ts';

export function DatetimeSettings() {
  const replica = useReplica();
  const { timeZone, weekStart, dayStart, locale } = useSettings();
  const here = detectTimeZone();
  return (
    <>
      {here === timeZone ? null : (
        <Banner
          action={
            <Button size="sm" onClick={() => void replica.mutate(updateSettings, { timeZone: here })}>
              Use {here.replaceAll('_', ' ')}
            </Button>
          }
        >
          This device is in another time zone.
        </Banner>
      )}
      <div className="flex flex-col gap-5">
        <DateSettings
          value={{ timeZone, weekStart, locale }}
          onChange={(change) => void replica.mutate(updateSettings, change)}
        />
        <Select
          label="A day begins at"
          description="Until then it is still the day before: for what you complete, in lists, filters and quick add."
          value={String(dayStart || 0)}
          options={dayStartOptions(dayStart || 0, locale)}
          onChange={(minutes) => void replica.mutate(updateSettings, { dayStart: Number(minutes) })}
        />
      </div>
    </>
  );
}

const HOURS = [0, 1, 2, 3, 4, 5, 6];

/** The full hours of a night, and whatever is set. */
function dayStartOptions(current: number, locale: string): SelectOption<string>[] {
  const minutes = new Set([...HOURS.map((hour) => hour * 60), current]);
  return [...minutes]
    .sort((a, b) => a - b)
    .map((each) => ({ value: String(each), label: each === 0 ? 'Midnight' : timeWords(formatTime(each), locale) }));
}
