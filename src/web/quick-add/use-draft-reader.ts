import { useCallback } from 'react';
import { QUICK_ADD_DEFAULT, type QuickAddSettings } from '#core/users/settings.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import type { DraftReader } from './read-draft.ts';

/** Reads drafts for the person who is signed in, as they have set it, by the clock of the moment. */
export function useDraftReader(): () => DraftReader {
  const replica = useReplica();
  const calendar = useCalendar();
  const settings = useQuickAddSettings();
  return useCallback(() => ({ replica, calendar, settings, now: Date.now() }), [replica, calendar, settings]);
}

export function useQuickAddSettings(): QuickAddSettings {
  const { userId } = useReplica().account;
  // A device may keep settings from before there was one.
  return useRow('settings', userId)?.quickAdd ?? QUICK_ADD_DEFAULT;
}
