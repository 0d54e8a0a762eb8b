import { languageOf } from '#core/quick-add/languages/languages.ts';
import { addDays } from '#web/dates/calendar-date.ts';
import { dayWords } from '#web/dates/date-words.ts';
import type { Calendar } from '#web/dates/use-date-context.ts';

/** Something to choose in the bar above the keyboard, and what it writes. */
export interface BarChoice {
  readonly label: string;
  readonly text: string;
}

export const PRIORITY_CHOICES: readonly BarChoice[] = ['!1', '!2', '!3', '!4'].map((text) => ({ label: text, text }));

/** The days of a week from today, in words that are read; a language without words has the dates themselves. */
export function dateChoices(calendar: Calendar): readonly BarChoice[] {
  const { words } = languageOf(calendar.words);
  const weekday = new Intl.DateTimeFormat(calendar.words, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, n) => {
    const date = addDays(calendar.today, n);
    const named = [words.today[0], words.tomorrow[0]][n] ?? weekday.format(Date.parse(`${date}T00:00:00Z`));
    return { label: dayWords(date, calendar), text: words.today.length > 0 ? named : date };
  });
}
