import type { DayRule } from '#core/dates/personal-day.ts';
import { userScope } from '#core/rows.ts';
import { QUICK_ADD_DEFAULT, type QuickAddSettings } from '#core/users/settings.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import type { SettingsTable } from '#server/db/schema.ts';

/** How a user reads and writes dates. */
export interface OwnSettings extends DayRule {
  readonly quickAdd: QuickAddSettings;
  /** BCP 47 */
  readonly locale: string;
  /** ISO weekday. */
  readonly weekStart: number;
}

type Stored = Pick<SettingsTable, 'time_zone' | 'locale' | 'week_start' | 'day_start' | 'quick_add'>;

const SETTINGS = prepareQuery<{ readonly scope: string }, Stored>((db, param) =>
  db
    .selectFrom('settings')
    .where('scope_id', '=', param('scope'))
    .select(['time_zone', 'locale', 'week_start', 'day_start', 'quick_add']),
);

export async function getOwnSettings(database: Database, userId: string): Promise<OwnSettings> {
  const stored = await SETTINGS.first(database, { scope: userScope(userId) });
  return {
    timeZone: knownZone(stored?.time_zone),
    locale: stored?.locale ?? 'en',
    weekStart: stored?.week_start ?? 1,
    dayStart: stored?.day_start ?? 0,
    quickAdd: stored ? (JSON.parse(stored.quick_add) as QuickAddSettings) : QUICK_ADD_DEFAULT,
  };
}

/** A device may know zones that this runtime does not. */
function knownZone(timeZone = 'UTC'): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
