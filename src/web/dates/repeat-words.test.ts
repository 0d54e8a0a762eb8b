import { expect, test } from 'vitest';
import { repeatWords } from './repeat-words.ts';

test.each([
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=DAILY;INTERVAL=3', 'Every 3 days'],
  ['FREQ=WEEKLY', 'Every week'],
  ['FREQ=WEEKLY;BYDAY=FR', 'Every Fri'],
  ['FREQ=WEEKLY;BYDAY=TU,TH,SU', 'Every Tue, Thu and Sun'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every workday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'Every 2 weeks on Mon'],
  ['FREQ=MONTHLY', 'Every month'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'Every month on day 1'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day'],
  ['FREQ=MONTHLY;BYDAY=3FR', 'Every month on the third Fri'],
  ['FREQ=YEARLY;INTERVAL=2', 'Every 2 years'],
])('%s is %s', (rule, words) => {
  expect(repeatWords(rule, 'en')).toBe(words);
});

test.each([
  'FREQ=HOURLY',
  'FREQ=DAILY;COUNT=5',
  'FREQ=YEARLY;BYMONTH=3',
  'FREQ=MONTHLY;BYDAY=FR',
  'FREQ=WEEKLY;BYDAY=2MO',
])('%s says more than words do here, and stays as it is', (rule) => {
  expect(repeatWords(rule, 'en')).toBe(rule);
});
