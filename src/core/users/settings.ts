import { Type, type Static } from 'typebox';
import { Id, Instant, TimeZone } from '#core/schema.ts';

/** How quick add reads lines. */
export const QuickAddSettings = Type.Object(
  {
    /** Whose words are read; `auto`: those of the locale. */
    words: Type.Enum(['auto', 'en', 'de']),
    /** Dates, times and what else is about time: applied, only suggested, or left as text. */
    dates: Type.Enum(['auto', 'suggest', 'off']),
    /** Whether what may be meant is shown, for `Tab` to accept. */
    suggestions: Type.Boolean(),
    /** The signs before names: Tend's are those of Todoist, too. */
    signs: Type.Enum(['tend', 'vikunja', 'ticktick']),
    /** What stays text. */
    off: Type.Array(Type.Enum(['project', 'section', 'label', 'person', 'priority', 'deadline', 'recur', 'duration']), {
      maxItems: 8,
    }),
  },
  { additionalProperties: false },
);
export type QuickAddSettings = Static<typeof QuickAddSettings>;

export const QUICK_ADD_DEFAULT: QuickAddSettings = {
  words: 'auto',
  dates: 'auto',
  suggestions: true,
  signs: 'tend',
  off: [],
};

export const settingsContent = {
  timeZone: TimeZone,
  /** BCP 47 tag: decides words, date order and number format. */
  locale: Type.String({ minLength: 2, maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' }),
  /** ISO weekday: 1 is Monday, 7 is Sunday. */
  weekStart: Type.Integer({ minimum: 1, maximum: 7 }),
  /** Minutes after midnight at which a day begins: what is done before counts for the day before. */
  dayStart: Type.Integer({ minimum: 0, maximum: 720 }),
  theme: Type.Enum(['system', 'light', 'dark', 'contrast']),
  homeView: Type.Enum(['today', 'inbox', 'upcoming']),
  quickAdd: QuickAddSettings,
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
