import { expect, test } from 'vitest';
import { ANNA, BACKLOG, berlin, type Example, expected, HOME, parsed, repeats, WORK } from './testing/examples.ts';

const date = (day: string, time: string | null = null) => ({ date: `2026-${day}`, time });

const EXAMPLES: readonly Example[] = [
  ['Buy milk', 'Buy milk'],
  ['Buy milk tomorrow', 'Buy milk', date('11-19')],
  ['Call mom today 17:30', 'Call mom', date('11-18', '17:30')],
  ['Standup 9:30', 'Standup', date('11-19', '09:30')],
  ['Review PR at 15', 'Review PR', date('11-18', '15:00')],
  ['Flight 05:40 fri', 'Flight', date('11-20', '05:40')],
  ['Lunch with Sam at noon', 'Lunch with Sam', date('11-18', '12:00')],
  ['Meditate tonight', 'Meditate', { ...date('11-18'), evening: true }],
  ['Pack tomorrow evening', 'Pack', { ...date('11-19'), evening: true }],
  ['Dentist friday 14:00', 'Dentist', date('11-20', '14:00')],
  ['Demo this friday', 'Demo', date('11-20')],
  ['Plan sprint next week', 'Plan sprint', date('11-23')],
  ['Clean garage this weekend', 'Clean garage', date('11-21')],
  ['Budget next month', 'Budget', date('12-01')],
  ['Pay invoice in 10 days', 'Pay invoice', date('11-28')],
  ['Check oven in 25 min', 'Check oven', date('11-18', '10:25')],
  ['Angebot senden 5.12.', 'Angebot senden', date('12-05')],
  ['Deploy 2026-12-01 22:00', 'Deploy', date('12-01', '22:00')],
  ['Party dec 24', 'Party', date('12-24')],
  ['Fix login !1 #Work', 'Fix login', { priority: 1, projectId: WORK }],
  ['Fix login p2 #work /backlog', 'Fix login', { priority: 2, projectId: WORK, sectionId: BACKLOG }],
  ['Paint fence #home', 'Paint fence', { projectId: HOME }],
  ['Idea #Podcast', 'Idea #Podcast', {}, ['#Podcast']],
  ['Call bank @calls %errand', 'Call bank', { labels: ['calls', 'errand'] }],
  ['Buy stamps @post', 'Buy stamps', { labels: ['post'] }],
  ['Mail bob@example.com', 'Mail bob@example.com'],
  ['Ask about budget #Work +anna', 'Ask about budget', { projectId: WORK, assigneeId: ANNA }],
  ['Call +49 30 1234', 'Call +49 30 1234'],
  ['Write spec tomorrow 10:00 for 90m', 'Write spec', { ...date('11-19', '10:00'), duration: 90 }],
  ['Demo thu 15:00-15:45', 'Demo', { ...date('11-19', '15:00'), endTime: '15:45', duration: 45 }],
  ['Dentist fri 9:00 !30m', 'Dentist', { ...date('11-20', '09:00'), reminders: [30] }],
  ['Dentist fri 9:00 !1', 'Dentist', { ...date('11-20', '09:00'), priority: 1 }],
  ['Submit VAT {10 dec}', 'Submit VAT', { deadline: '2026-12-10' }],
  ['Water plants every 3 days', 'Water plants', { ...date('11-18'), recurrence: repeats('FREQ=DAILY;INTERVAL=3') }],
  [
    'Water plants every! 3 days',
    'Water plants',
    { ...date('11-18'), recurrence: repeats('FREQ=DAILY;INTERVAL=3', 'completion') },
  ],
  [
    'Standup every workday 9:15',
    'Standup',
    { ...date('11-19', '09:15'), recurrence: repeats('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR') },
  ],
  ['Rent every 1st', 'Rent', { ...date('12-01'), recurrence: repeats('FREQ=MONTHLY;BYMONTHDAY=1') }],
  [
    'Review every 3rd fri 16:00',
    'Review',
    { ...date('11-20', '16:00'), recurrence: repeats('FREQ=MONTHLY;BYDAY=3FR') },
  ],
  ['Report monthly', 'Report', { ...date('11-18'), recurrence: repeats('FREQ=MONTHLY') }],
  ['Create monthly report', 'Create monthly report', {}, ['monthly']],
  ['Prepare Friday demo', 'Prepare Friday demo', {}, ['Friday']],
  ['Meet with Friday', 'Meet with Friday', {}, ['Friday']],
  ['Move old monitor to attic', 'Move old monitor to attic'],
  ['May the force be with you', 'May the force be with you'],
  ['Buy 40th birthday gift', 'Buy 40th birthday gift'],
  ['Call Tom', 'Call Tom'],
  ['call tom', 'call tom', {}, ['tom']],
  ['"Call me tomorrow" by Adele', '"Call me tomorrow" by Adele'],
  ['Call \\tomorrow', 'Call tomorrow'],
  ['Buy bread fri // the dark one', 'Buy bread', { ...date('11-20'), description: 'the dark one' }],
];

test.for(EXAMPLES)('%s', (example) => {
  expect(parsed(example, berlin)).toEqual(expected(example));
});

test('an unknown label is created with the task, an unknown project only when asked for', () => {
  const creates = (text: string) => parsed([text, ''], berlin);
  expect(creates('Buy stamps @post').fields.labels).toEqual(['post']);
  expect(creates('Idea #Podcast').fields.projectId).toBeNull();
});
