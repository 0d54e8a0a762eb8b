import { expect, test } from 'vitest';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import { addDays } from '#web/dates/calendar-date.ts';
import { dateChoices } from './token-choices.ts';

test.for(['en-GB', 'de-DE', 'fr-FR'])('the days that the bar writes are read as those days in %s', (words) => {
  const calendar = {
    today: '2026-11-18',
    locale: 'en-GB',
    timeZone: 'Europe/Berlin',
    weekStart: 1,
    dayStart: 0,
    words,
  };
  const names = { projectId: null, projects: [], sections: [], labels: [], members: [] };
  const context = { ...calendar, ...names, now: Date.parse('2026-11-18T10:00:00Z') };
  const read = dateChoices(calendar).map(({ text }) => parseQuickAdd(`Tea ${text} `, context, { words }).fields);
  expect(read.map(({ title, date }) => [title, date])).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map((n) => ['Tea', addDays('2026-11-18', n)]),
  );
});
