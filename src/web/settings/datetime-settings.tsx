import { updateSettings } from '#core/users/user-mutators.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateSettings } from './date-settings.tsx';
import { detectTimeZone } from './time-zones.ts';
import { useSettings } from './use-settings.ts';

export function DatetimeSettings() {
  const replica = useReplica();
  const { timeZone, weekStart, locale } = useSettings();
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
      <DateSettings
        value={{ timeZone, weekStart, locale }}
        onChange={(change) => void replica.mutate(updateSettings, change)}
      />
    </>
  );
}
