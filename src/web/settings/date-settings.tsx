import { useEffect, useMemo, useState } from 'react';
import { Select } from '#web/ui/select.tsx';
import { localeOptions, weekdayOptions } from './locales.ts';
import { type TimeZoneOption, timeZoneOptions } from './time-zones.ts';

export interface DatePreferences {
  readonly timeZone: string;
  readonly weekStart: number;
  readonly locale: string;
}

export interface DateSettingsProps {
  value: DatePreferences;
  onChange: (change: Partial<DatePreferences>) => void;
}

/** Zone, first day of the week and the way of writing dates. */
export function DateSettings({ value, onChange }: DateSettingsProps) {
  const { timeZone, weekStart, locale } = value;
  const zones = useTimeZones(timeZone);
  const locales = useMemo(() => localeOptions(locale), [locale]);
  const weekdays = useMemo(() => weekdayOptions('en'), []);
  return (
    <div className="flex flex-col gap-5">
      <Select
        label="Time zone"
        description="Decides when a day begins and ends."
        value={timeZone}
        options={zones.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id) => onChange({ timeZone: id })}
      />
      <Select
        label="Week starts on"
        value={String(weekStart)}
        options={weekdays.map((day) => ({ value: String(day.value), label: day.label }))}
        onChange={(day) => onChange({ weekStart: Number(day) })}
      />
      <Select
        label="Dates and numbers as in"
        description={`${exampleOf(locale, timeZone)}`}
        value={locale}
        options={locales.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id) => onChange({ locale: id })}
      />
    </div>
  );
}

/** Naming four hundred zones takes a while: the chosen one stands there at once, the others follow. */
function useTimeZones(current: string): readonly Pick<TimeZoneOption, 'id' | 'label'>[] {
  const [zones, setZones] = useState<readonly TimeZoneOption[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setZones(timeZoneOptions(current, Date.now())), 50);
    return () => clearTimeout(timer);
  }, [current]);
  return zones.length > 0 ? zones : [{ id: current, label: current.replaceAll('_', ' ') }];
}

function exampleOf(locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `For example: ${format.format(new Date())}`;
}
