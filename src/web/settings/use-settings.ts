import type { Settings } from '#core/users/settings.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { detectLocale } from './locales.ts';
import { detectTimeZone } from './time-zones.ts';

/** What the person set; before their settings have arrived, what this device suggests. */
export function useSettings(): Settings {
  const { userId } = useReplica().account;
  return useRow('settings', userId) ?? deviceSettings(userId);
}

let suggested: Settings | undefined;

function deviceSettings(userId: string): Settings {
  if (suggested?.userId === userId) return suggested;
  suggested = {
    id: userId,
    rev: 1,
    createdAt: '1970-01-01T00:00:00.000Z',
    updatedAt: '1970-01-01T00:00:00.000Z',
    userId,
    timeZone: detectTimeZone(),
    locale: detectLocale(),
    weekStart: 1,
    theme: 'system',
    homeView: 'today',
    singleKeyShortcuts: true,
  };
  return suggested;
}
