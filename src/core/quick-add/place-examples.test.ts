import { expect, test } from 'vitest';
import { parseQuickAdd } from './parse-quick-add.ts';
import { at, berlin, type Example, expected, parsed, repeats } from './testing/examples.ts';

const on = (date: string, time: string | null = null) => ({ date, time });
const german = { ...berlin, locale: 'de-DE' };
const every = (date: string, rule: string, time: string | null = null) => ({
  ...on(date, time),
  recurrence: repeats(rule),
});

const GERMAN: readonly Example[] = [
  ['Milch heute', 'Milch', on('2026-11-18')],
  ['Milch morgen', 'Milch', on('2026-11-19')],
  ['Milch übermorgen', 'Milch', on('2026-11-20')],
  ['Milch uebermorgen', 'Milch', on('2026-11-20')],
  ['Milch morgen früh', 'Milch', on('2026-11-19', '09:00')],
  ['Milch heute morgen', 'Milch', on('2026-11-18', '09:00')],
  ['Milch Freitag', 'Milch', on('2026-11-20')],
  ['Milch am Freitag holen', 'Milch holen', on('2026-11-20')],
  ['Freitag Demo', 'Freitag Demo', {}, ['Freitag']],
  ['Milch nächsten Freitag', 'Milch', on('2026-11-27')],
  ['Milch nächste Woche', 'Milch', on('2026-11-23')],
  ['Milch nächsten Monat', 'Milch', on('2026-12-01')],
  ['Milch am Wochenende', 'Milch', on('2026-11-21')],
  ['Milch Ende der Woche', 'Milch', on('2026-11-22')],
  ['Milch Monatsende', 'Milch', on('2026-11-30')],
  ['Milch um 15 Uhr', 'Milch', on('2026-11-18', '15:00')],
  ['Milch 15 Uhr', 'Milch', on('2026-11-18', '15:00')],
  ['Milch 15.30 Uhr', 'Milch', on('2026-11-18', '15:30')],
  ['Milch 15.30', 'Milch 15.30'],
  ['Milch um 5', 'Milch', on('2026-11-18', '17:00')],
  ['Milch 8 Uhr abends', 'Milch', on('2026-11-18', '20:00')],
  ['Milch mittags', 'Milch', on('2026-11-18', '12:00')],
  ['Kino heute Abend', 'Kino', { ...on('2026-11-18'), evening: true }],
  ['Kino Freitag Abend', 'Kino', { ...on('2026-11-20'), evening: true }],
  ['Treffen von 15 bis 16 Uhr', 'Treffen', { ...on('2026-11-18', '15:00'), endTime: '16:00', duration: 60 }],
  ['Treffen Mo 15-16', 'Treffen', { ...on('2026-11-23', '15:00'), endTime: '16:00', duration: 60 }],
  ['Lesen für 90 Minuten', 'Lesen', { duration: 90 }],
  ['Lesen ~2 Std', 'Lesen', { duration: 120 }],
  ['Lesen in 3 Tagen', 'Lesen', on('2026-11-21')],
  ['Lesen in zwei Wochen', 'Lesen', on('2026-12-02')],
  ['Lesen in einer Stunde', 'Lesen', on('2026-11-18', '11:00')],
  ['Lesen im Dezember', 'Lesen', on('2026-12-01')],
  ['Fest 24. Dezember', 'Fest', on('2026-12-24')],
  ['Fest am 24.12.', 'Fest', on('2026-12-24')],
  ['Fest 24.12.2027', 'Fest', on('2027-12-24')],
  ['Fest 24. Dez. 2027 feiern', 'Fest feiern', on('2027-12-24')],
  ['Fest 1. März', 'Fest', on('2027-03-01')],
  ['Planung KW 50', 'Planung', on('2026-12-07')],
  ['Planung KW50', 'Planung', on('2026-12-07')],
  ['Abgabe bis Freitag', 'Abgabe', { deadline: '2026-11-20' }],
  ['Abgabe fällig am 10.12.', 'Abgabe', { deadline: '2026-12-10' }],
  ['Abgabe {10. Dez}', 'Abgabe', { deadline: '2026-12-10' }],
  ['Sport jeden Tag', 'Sport', every('2026-11-18', 'FREQ=DAILY')],
  ['Sport täglich um 7', 'Sport', every('2026-11-18', 'FREQ=DAILY', '19:00')],
  ['Sport alle 3 Tage', 'Sport', every('2026-11-18', 'FREQ=DAILY;INTERVAL=3')],
  ['Sport alle! 3 Tage', 'Sport', { ...on('2026-11-18'), recurrence: repeats('FREQ=DAILY;INTERVAL=3', 'completion') }],
  ['Sport jeden Mo, Mi und Fr um 18 Uhr', 'Sport', every('2026-11-18', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '18:00')],
  ['Sport jeden Werktag 9:15', 'Sport', every('2026-11-19', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:15')],
  ['Miete jeden 1.', 'Miete', every('2026-12-01', 'FREQ=MONTHLY;BYMONTHDAY=1')],
  ['Miete jeden 1., 15. überweisen', 'Miete überweisen', every('2026-12-01', 'FREQ=MONTHLY;BYMONTHDAY=1,15')],
  ['Rat jeden 3. Freitag', 'Rat', every('2026-11-20', 'FREQ=MONTHLY;BYDAY=3FR')],
  ['Rat jeden 2. und 4. Freitag', 'Rat', every('2026-11-27', 'FREQ=MONTHLY;BYDAY=2FR,4FR')],
  ['Rat jeden letzten Tag', 'Rat', every('2026-11-30', 'FREQ=MONTHLY;BYMONTHDAY=-1')],
  ['Müll jeden zweiten Freitag', 'Müll', every('2026-11-20', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR')],
  ['Bericht monatlich', 'Bericht', every('2026-11-18', 'FREQ=MONTHLY')],
  ['monatlich Bericht', 'monatlich Bericht', {}, ['monatlich']],
  ['Sport jede Woche bis 31.12.', 'Sport', every('2026-11-18', 'FREQ=WEEKLY;UNTIL=20261231')],
  ['Sport jeden Tag 5 mal', 'Sport', every('2026-11-18', 'FREQ=DAILY;COUNT=5')],
  ['so ist es', 'so ist es'],
  ['mit Freitag', 'mit Freitag', {}, ['Freitag']],
  ['buy milk tomorrow', 'buy milk tomorrow'],
  ['Anruf !hoch', 'Anruf', { priority: 1 }],
];

test.for(GERMAN)('in German: %s', (example) => {
  expect(parsed(example, german)).toEqual(expected(example));
});

const american = { ...berlin, locale: 'en-US', weekStart: 7 };
const ELSEWHERE: readonly (readonly [where: string, context: typeof berlin, example: Example])[] = [
  ['US', american, ['tax 4/15', 'tax', on('2027-04-15')]],
  ['US', american, ['tax 12/24 5pm', 'tax', on('2026-12-24', '17:00')]],
  ['US', american, ['tax 24/12', 'tax 24/12']],
  ['US', american, ['tax 5.12.', 'tax', on('2026-12-05')]],
  ['US', american, ['plan next week', 'plan', on('2026-11-22')]],
  ['US', american, ['plan next sunday', 'plan', on('2026-11-22')]],
  ['US', american, ['plan end of week', 'plan', on('2026-11-21')]],
  [
    'US',
    american,
    ['plan every 2 weeks on sun', 'plan', every('2026-11-22', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU')],
  ],
  ['French', { ...berlin, locale: 'fr-FR' }, ['lait demain', 'lait demain']],
  [
    'French',
    { ...berlin, locale: 'fr-FR' },
    ['lait 5/12 17:30 !1', 'lait', { ...on('2026-12-05', '17:30'), priority: 1 }],
  ],
  [
    'French',
    { ...berlin, locale: 'fr-FR' },
    ['lait {2026-12-05} ~90m', 'lait', { deadline: '2026-12-05', duration: 90 }],
  ],
  ['Japanese', { ...berlin, locale: 'ja' }, ['牛乳 12/5', '牛乳', on('2026-12-05')]],
  ['the end of the year', at('2026-12-31T22:00:00Z', 'Europe/Berlin'), ['toast tomorrow', 'toast', on('2027-01-01')]],
  [
    'the end of the year',
    at('2026-12-31T22:00:00Z', 'Europe/Berlin'),
    ['toast 22:30', 'toast', on('2027-01-01', '22:30')],
  ],
  ['the end of the year', at('2026-12-31T23:30:00Z', 'Europe/Berlin'), ['toast today', 'toast', on('2027-01-01')]],
  ['the end of the year', at('2026-12-31T12:00:00Z', 'Europe/Berlin'), ['plan next week', 'plan', on('2027-01-04')]],
  ['the end of the year', at('2026-12-31T12:00:00Z', 'Europe/Berlin'), ['plan w1', 'plan', on('2027-01-04')]],
  ['the end of the year', at('2026-12-31T12:00:00Z', 'Europe/Berlin'), ['plan w53', 'plan', on('2026-12-28')]],
  ['the end of the year', at('2026-12-31T12:00:00Z', 'Europe/Berlin'), ['plan next month', 'plan', on('2027-01-01')]],
  ['a leap day', at('2028-02-28T12:00:00Z', 'Europe/Berlin'), ['leap tomorrow', 'leap', on('2028-02-29')]],
  ['a leap day', at('2028-02-29T12:00:00Z', 'Europe/Berlin'), ['leap in 1 year', 'leap', on('2029-02-28')]],
  ['a leap day', at('2028-02-29T12:00:00Z', 'Europe/Berlin'), ['leap 29 feb', 'leap', on('2028-02-29')]],
  ['a leap day', at('2028-03-01T12:00:00Z', 'Europe/Berlin'), ['leap 29 feb', 'leap', on('2032-02-29')]],
  ['a leap day', at('2096-03-01T12:00:00Z', 'Europe/Berlin'), ['leap 29 feb', 'leap', on('2104-02-29')]],
  [
    'a leap day',
    at('2028-02-29T12:00:00Z', 'Europe/Berlin'),
    ['leap yearly', 'leap', { ...on('2028-02-29'), recurrence: repeats('FREQ=YEARLY', 'schedule', 29) }],
  ],
  ['a month end', at('2027-01-31T12:00:00Z', 'Europe/Berlin'), ['rent in 1 month', 'rent', on('2027-02-28')]],
  [
    'a month end',
    at('2027-01-31T12:00:00Z', 'Europe/Berlin'),
    ['rent monthly', 'rent', { ...on('2027-01-31'), recurrence: repeats('FREQ=MONTHLY', 'schedule', 31) }],
  ],
  ['a Saturday', at('2026-11-21T12:00:00Z', 'Europe/Berlin'), ['clean this weekend', 'clean', on('2026-11-21')]],
  ['a Saturday', at('2026-11-21T12:00:00Z', 'Europe/Berlin'), ['reply in 1 workday', 'reply', on('2026-11-23')]],
  ['a Sunday', at('2026-11-22T12:00:00Z', 'Europe/Berlin'), ['clean this weekend', 'clean', on('2026-11-22')]],
  ['a Sunday', at('2026-11-22T12:00:00Z', 'Europe/Berlin'), ['plan next week', 'plan', on('2026-11-23')]],
  ['behind UTC', at('2026-11-18T03:00:00Z', 'America/Los_Angeles'), ['milk today', 'milk', on('2026-11-17')]],
  ['ahead of UTC', at('2026-11-18T13:00:00Z', 'Pacific/Kiritimati'), ['milk today', 'milk', on('2026-11-19')]],
];

test.for(ELSEWHERE)('%s: %o', ([, context, example]) => {
  expect(parsed(example, context)).toEqual(expected(example));
});

/** Gaps and overlaps of four zones, one of them of half an hour, one at midnight. */
const CLOCKS = [
  ['Europe/Berlin', '2026-03-28T12:00:00Z', 'call tomorrow 2:30', '2026-03-29 03:30', 'gap'],
  ['Europe/Berlin', '2026-03-28T12:00:00Z', 'call tomorrow 3:00', '2026-03-29 03:00', undefined],
  ['Europe/Berlin', '2026-03-28T12:00:00Z', 'call tomorrow 1:59', '2026-03-29 01:59', undefined],
  ['Europe/Berlin', '2026-10-24T12:00:00Z', 'call tomorrow 2:30', '2026-10-25 02:30', 'overlap'],
  ['Europe/Berlin', '2026-10-24T12:00:00Z', 'call tomorrow 3:00', '2026-10-25 03:00', undefined],
  ['America/New_York', '2026-03-07T12:00:00Z', 'call tomorrow 2:15', '2026-03-08 03:15', 'gap'],
  ['America/New_York', '2026-10-31T12:00:00Z', 'call tomorrow 1:15', '2026-11-01 01:15', 'overlap'],
  ['Australia/Lord_Howe', '2026-10-03T00:00:00Z', 'call tomorrow 2:15', '2026-10-04 02:45', 'gap'],
  ['Australia/Lord_Howe', '2026-04-04T00:00:00Z', 'call tomorrow 1:45', '2026-04-05 01:45', 'overlap'],
  ['Africa/Cairo', '2026-04-23T12:00:00Z', 'call tomorrow 0:30', '2026-04-24 01:30', 'gap'],
  ['Africa/Cairo', '2026-10-29T12:00:00Z', 'call today 23:30', '2026-10-29 23:30', 'overlap'],
  ['Europe/Berlin', '2026-03-29T00:30:00Z', 'call in 45 min', '2026-03-29 03:15', undefined],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', 'call in 45 min', '2026-10-25 02:15', 'overlap'],
  ['Europe/Berlin', '2026-03-28T12:00:00Z', 'call every day 2:30', '2026-03-29 02:30', 'gap'],
] as const;

test.for(CLOCKS)('when the clock changes: %s, %s, %s', ([timeZone, now, text, wanted, note]) => {
  const { fields, tokens } = parseQuickAdd(text, at(now, timeZone));
  expect(`${fields.date} ${fields.time}`).toBe(wanted);
  expect(tokens[0]?.note).toBe(note);
});

/** Half past one at night, on Thursday by the clock; a day of this person begins at four. */
const NIGHT = at('2026-11-19T00:30:00Z', 'Europe/Berlin', { dayStart: 240 });
const AT_NIGHT = [
  ['call today', '2026-11-18 null'],
  ['call tomorrow', '2026-11-19 null'],
  ['call tomorrow 9:00', '2026-11-19 09:00'],
  ['call thursday', '2026-11-19 null'],
  ['call in 2 days', '2026-11-20 null'],
  ['call tonight', '2026-11-18 null'],
  ['call every day', '2026-11-18 null'],
  // A time is one of the clock: the next that it will show.
  ['call 9:00', '2026-11-19 09:00'],
  ['call 2:00', '2026-11-19 02:00'],
  ['call 1:00', '2026-11-20 01:00'],
  ['call every day 9:00', '2026-11-19 09:00'],
  ['call every day at 1:00, 2:00', '2026-11-19 02:00'],
  ['call in 25 min', '2026-11-19 01:55'],
  // The rest of this night is still today.
  ['call today 2:00', '2026-11-19 02:00'],
  ['call 2:00 today', '2026-11-19 02:00'],
  ['call today 23:00', '2026-11-18 23:00'],
  ['call 2026-11-18 2:00', '2026-11-18 02:00'],
] as const;

test.for(AT_NIGHT)('before the day begins: %s is %s', ([text, wanted]) => {
  const { fields } = parseQuickAdd(text, NIGHT);
  expect(`${fields.date} ${fields.time}`).toBe(wanted);
});

test('the night that follows is a part of today', () => {
  const day = parseQuickAdd('call today 1:30', at('2026-11-18T11:00:00Z', 'Europe/Berlin', { dayStart: 240 })).fields;
  expect(`${day.date} ${day.time}`).toBe('2026-11-19 01:30');
});
