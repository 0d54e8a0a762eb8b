import { QUICK_ADD_DEFAULT, type Settings } from '#core/users/settings.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { detectLocale, detectTimeZone } from './device-locale.ts';

/** What the person set; undefined before it has arrived on this device, and until then it cannot be changed either. */
export function useStoredSettings(): Settings | undefined {
  const { userId } = useReplica().account;
  return useRow('settings', userId);
}

/** What the person set; before their settings have arrived, what this device suggests. */
export function useSettings(): Settings {
  const { userId } = useReplica().account;
  return useStoredSettings() ?? deviceSettings(userId);
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
    dayStart: 0,
    theme: 'system',
    homeView: 'today',
    quickAdd: QUICK_ADD_DEFAULT,
    singleKeyShortcuts: true,
  };
  return suggested;
}
