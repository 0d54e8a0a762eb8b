import { describe, expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { describeRule } from './describe-rule.ts';

/** Intl may put narrow no-break spaces into times. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a rule in words', () => {
  test.each([
    ['FREQ=DAILY', 'Every day', 'Jeden Tag'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=5', 'Every 3 days, 5 times', 'Alle 3 Tage, 5-mal'],
    ['FREQ=WEEKLY', 'Every week', 'Jede Woche'],
    ['FREQ=WEEKLY;BYDAY=MO,TH', 'Every Monday and Thursday', 'Jeden Montag und Donnerstag'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every workday', 'Jeden Werktag'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'Every workday', 'Jeden Werktag'],
    [
      'FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20270331',
      'Every weekend, until 31 March 2027',
      'Jedes Wochenende, bis zum 31. März 2027',
    ],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', 'Every 2 weeks on Saturday', 'Alle 2 Wochen am Samstag'],
    [
      'FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7,8',
      'Every Monday in June, July and August',
      'Jeden Montag im Juni, Juli und August',
    ],
    ['FREQ=MONTHLY', 'Every month', 'Jeden Monat'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,22', 'Every month on the 1st and 22nd', 'Jeden Monat am 1. und 22.'],
    ['FREQ=DAILY;BYMONTHDAY=11', 'Every month on the 11th', 'Jeden Monat am 11.'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day', 'Jeden Monat am letzten Tag'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=-3,13',
      'Every month on the 13th and third to last day',
      'Jeden Monat am 13. und drittletzten Tag',
    ],
    ['FREQ=MONTHLY;BYDAY=3FR', 'Every month on the third Friday', 'Jeden Monat am dritten Freitag'],
    [
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1SU',
      'Every 2 months on the first Monday and last Sunday',
      'Alle 2 Monate am ersten Montag und letzten Sonntag',
    ],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=TU', 'Every 2 months on every Tuesday', 'Alle 2 Monate an jedem Dienstag'],
    [
      'FREQ=MONTHLY;BYDAY=TU,1MO',
      'Every month on the first Monday and on every Tuesday',
      'Jeden Monat am ersten Montag und an jedem Dienstag',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'Every month on the last workday',
      'Jeden Monat am letzten Werktag',
    ],
    [
      'FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3',
      'Every month on the third Tuesday, Wednesday or Thursday',
      'Jeden Monat am dritten Dienstag, Mittwoch oder Donnerstag',
    ],
    [
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      'Every month on the 13th, if that is a Friday',
      'Jeden Monat am 13., wenn der Tag auf einen Freitag fällt',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=10,20;BYSETPOS=-1',
      'Every month on the 10th and 20th, of these only the last in each month',
      'Jeden Monat am 10. und 20., davon nur am letzten Termin im Monat',
    ],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', 'Every year on 24 December', 'Jedes Jahr am 24. Dezember'],
    ['FREQ=YEARLY;BYMONTH=6,7', 'Every year in June and July', 'Jedes Jahr im Juni und Juli'],
    ['FREQ=YEARLY;BYDAY=20MO', 'Every year on the 20th Monday', 'Jedes Jahr am 20. Montag'],
    ['FREQ=DAILY;BYHOUR=9,17;BYMINUTE=15', 'Every day at 9:15 and 17:15', 'Jeden Tag um 9:15 und 17:15 Uhr'],
    [
      'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=15,40;BYSETPOS=1,4',
      'Every day at 9:15 and 17:40',
      'Jeden Tag um 9:15 und 17:40 Uhr',
    ],
  ])('%s', (rule, english, german) => {
    expect([describeRule(rule, 'en-GB'), describeRule(rule, 'de-DE')]).toEqual([english, german]);
  });
});

test('after completion it says so', () => {
  expect(describeRule('FREQ=DAILY;INTERVAL=3', 'en', 'completion')).toBe('Every 3 days after completion');
  expect(describeRule('FREQ=DAILY;INTERVAL=3', 'de', 'completion')).toBe('Alle 3 Tage nach dem Erledigen');
  expect(describeRule('FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', 'en', 'completion-weekday')).toBe(
    'About every 2 weeks after completion on Saturday',
  );
  expect(describeRule('FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', 'de', 'completion-weekday')).toBe(
    'Etwa alle 2 Wochen nach dem Erledigen am Samstag',
  );
});

test('dates and times follow the locale', () => {
  expect(describeRule('FREQ=DAILY;UNTIL=20270331', 'en-US')).toBe('Every day, until March 31, 2027');
  expect(plain(describeRule('FREQ=DAILY;BYHOUR=9,17', 'en-US'))).toBe('Every day at 9:00 AM and 5:00 PM');
});

test('a locale without words of its own reads English', () => {
  expect(describeRule('FREQ=WEEKLY;BYDAY=MO', 'fr-FR')).toBe('Every Monday');
});

test('a rule that cannot be read is refused', () => {
  expect(() => describeRule('FREQ=HOURLY', 'en')).toThrow(DomainError);
});
