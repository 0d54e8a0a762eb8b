import { describe, expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { parseRule } from './parse-rule.ts';
import { printRule } from './rule.ts';

function refusal(text: string): string {
  try {
    parseRule(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect([error.code, error.data.errors?.[0]?.path]).toEqual(['validation_failed', '/recurrence/rule']);
    return error.message;
  }
  return 'accepted';
}

test('the parts of a rule are read in any order and printed in one', () => {
  const text = 'WKST=SU;BYDAY=TU,-1FR,2MO;UNTIL=20271231;FREQ=MONTHLY;INTERVAL=2;BYMONTH=12,1;BYSETPOS=-1,1';
  const printed = 'FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,12;BYDAY=-1FR,TU,2MO;BYSETPOS=-1,1;UNTIL=20271231;WKST=SU';
  expect(printRule(parseRule(text))).toBe(printed);
  expect(parseRule(printed)).toEqual(parseRule(text));
});

test('what a rule says twice or by default is printed once or not at all', () => {
  expect(printRule(parseRule('FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,MO,TU;WKST=MO'))).toBe('FREQ=WEEKLY;BYDAY=MO,TU');
  expect(printRule(parseRule('FREQ=MONTHLY;BYDAY=+1TU;BYMONTHDAY=01'))).toBe('FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=1TU');
});

test.each(['UNTIL=20271231', 'UNTIL=20271231T235900', 'UNTIL=20271231T225900Z', 'COUNT=7'])('%s is kept', (end) => {
  expect(printRule(parseRule(`FREQ=DAILY;${end}`))).toBe(`FREQ=DAILY;${end}`);
});

describe('a faulty rule is refused with the part at fault', () => {
  test.each([
    ['', '"" is not a part of a recurrence rule: write NAME=VALUE.'],
    ['INTERVAL=2', 'A recurrence rule needs FREQ.'],
    ['FREQ=DAILY;', '"" is not a part of a recurrence rule: write NAME=VALUE.'],
    ['FREQ=DAILY;COUNT', '"COUNT" is not a part of a recurrence rule: write NAME=VALUE.'],
    ['FREQ=DAILY;COUNT=', '"COUNT=" is not a part of a recurrence rule: write NAME=VALUE.'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ stands twice in the recurrence rule.'],
    ['FREQ=FORTNIGHTLY', 'FREQ=FORTNIGHTLY is not known: it is one of DAILY, WEEKLY, MONTHLY, YEARLY.'],
    ['FREQ=DAILY;BYEASTER=0', 'BYEASTER is not a part of a recurrence rule.'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0 is out of range: INTERVAL takes whole numbers from 1 to 9999.'],
    ['FREQ=DAILY;COUNT=1e3', 'COUNT=1e3 is out of range: COUNT takes whole numbers from 1 to 9999.'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=32',
      'BYMONTHDAY=32 is out of range: BYMONTHDAY takes whole numbers from 1 to 31 or -31 to -1.',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=1,0',
      'BYMONTHDAY=0 is out of range: BYMONTHDAY takes whole numbers from 1 to 31 or -31 to -1.',
    ],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH=13 is out of range: BYMONTH takes whole numbers from 1 to 12.'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR=24 is out of range: BYHOUR takes whole numbers from 0 to 23.'],
    [
      'FREQ=WEEKLY;BYDAY=XX',
      'BYDAY=XX is not a weekday: write MO to SU, with an ordinal from 1 to 53 or -53 to -1 before it.',
    ],
    [
      'FREQ=MONTHLY;BYDAY=0MO',
      'BYDAY=0MO is not a weekday: write MO to SU, with an ordinal from 1 to 53 or -53 to -1 before it.',
    ],
    ['FREQ=WEEKLY;WKST=1', 'WKST=1 is not a weekday: it is one of MO, TU, WE, TH, FR, SA, SU.'],
    [
      'FREQ=DAILY;UNTIL=20260230',
      'UNTIL=20260230 is not a date: write YYYYMMDD, or YYYYMMDDTHHMMSS with or without Z.',
    ],
    [
      'FREQ=DAILY;UNTIL=20260228T246000',
      'UNTIL=20260228T246000 is not a date: write YYYYMMDD, or YYYYMMDDTHHMMSS with or without Z.',
    ],
    ['FREQ=DAILY;COUNT=2;UNTIL=20260228', 'A recurrence rule ends by COUNT or by UNTIL, not by both.'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY cannot stand in a weekly rule.'],
    ['FREQ=WEEKLY;BYDAY=2TU', 'BYDAY takes ordinals such as 2TU only in monthly and yearly rules.'],
    ['FREQ=MONTHLY;BYDAY=6TU', 'No month has more than 5 of a weekday.'],
    [
      'FREQ=MONTHLY;BYSETPOS=1',
      'BYSETPOS picks from what another BY part lists: add BYDAY, BYMONTHDAY, BYMONTH or BYHOUR.',
    ],
    [
      `FREQ=DAILY;BYHOUR=9,10;BYMINUTE=${Array.from({ length: 60 }, (_, n) => n).join(',')}`,
      'There can be at most 96 times a day.',
    ],
  ])('%s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('what is not supported is named, with what to write instead', () => {
  test.each([
    ['FREQ=HOURLY', 'FREQ=HOURLY is not supported: for several times a day use FREQ=DAILY with BYHOUR and BYMINUTE.'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'BYWEEKNO is not supported: use FREQ=WEEKLY or BYMONTH.'],
    ['FREQ=YEARLY;BYYEARDAY=100', 'BYYEARDAY is not supported: use BYMONTH and BYMONTHDAY.'],
    ['FREQ=DAILY;BYSECOND=0', 'BYSECOND is not supported: times of day are whole minutes.'],
    ['RSCALE=HEBREW;FREQ=YEARLY', 'RSCALE is not supported: only the Gregorian calendar is known.'],
  ])('%s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
