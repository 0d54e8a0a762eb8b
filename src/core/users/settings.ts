import { Type, type Static } from 'typebox';
import { Id, Instant, TimeZone } from '#core/schema.ts';

export const settingsContent = {
  timeZone: TimeZone,
  /** BCP 47 tag: decides words, date order and number format. */
  locale: Type.String({ minLength: 2, maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' }),
  /** ISO weekday: 1 is Monday, 7 is Sunday. */
  weekStart: Type.Integer({ minimum: 1, maximum: 7 }),
  theme: Type.Enum(['system', 'light', 'dark', 'contrast']),
  homeView: Type.Enum(['today', 'inbox', 'upcoming']),
  /** Single-key shortcuts can be turned off (WCAG 2.1.4). */
  singleKeyShortcuts: Type.Boolean(),
};

/** What a person set for themselves; one row, whose id is the user's. */
export const Settings = Type.Object({
  id: Id,
  rev: Type.Integer({ minimum: 1 }),
  createdAt: Instant,
  updatedAt: Instant,
  userId: Id,
  ...settingsContent,
});
export type Settings = Static<typeof Settings>;
