import { expect, test } from 'vitest';
import { repeatWords } from './repeat-words.ts';

const plain = { anchor: 'schedule', intendedDay: null } as const;
const paused = { date: '2026-11-18', time: null, timeZone: null, evening: false, deadline: null };

test('a rule is a sentence, in the language of the locale', () => {
  expect(repeatWords({ rule: 'FREQ=WEEKLY;BYDAY=MO', ...plain }, 'en-GB')).toBe('Every Monday');
  expect(repeatWords({ rule: 'FREQ=WEEKLY;BYDAY=MO', ...plain }, 'de-DE')).toBe('Jeden Montag');
  expect(repeatWords({ rule: 'FREQ=DAILY', ...plain, paused }, 'en-GB')).toBe('Paused · Every day');
});

test('one that cannot be read is shown as it is written', () => {
  expect(repeatWords({ rule: 'FREQ=HOURLY', ...plain }, 'en-GB')).toBe('FREQ=HOURLY');
});
