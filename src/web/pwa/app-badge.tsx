import { useEffect } from 'react';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useCount } from '#web/replica/use-query.ts';

/** The number on the icon of the installed app: what is due today and before, as the tab bar shows it. */
export function AppBadge() {
  const { today } = useCalendar();
  const due = useCount({ index: 'openByDate', to: today });
  useEffect(() => {
    // Refused where the app is not installed; 0 takes the badge away.
    navigator.setAppBadge(due).catch(() => undefined);
  }, [due]);
  useEffect(() => () => void navigator.clearAppBadge().catch(() => undefined), []);
  return null;
}

/** Not in Firefox, and not in browsers for Android. */
export function hasBadge(): boolean {
  return 'setAppBadge' in navigator;
}
