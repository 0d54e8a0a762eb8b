import { expect, test } from 'vitest';
import { QUICK_ADD_DEFAULT, type QuickAddSettings } from '#core/users/settings.ts';
import { optionsFor } from './quick-add-settings.ts';
import { parseQuickAdd } from './parse-quick-add.ts';
import { PREFIXES, type QuickAddOptions, type Token } from './quick-add.ts';
import { moveSpans } from './spans.ts';
import { berlin, WORK } from './testing/examples.ts';

const parse = (text: string, options?: QuickAddOptions) => parseQuickAdd(text, berlin, options);
const shown = (text: string, tokens: readonly Token[]) =>
  tokens.map(({ start, end, kind, strength }) => `${strength} ${kind} "${text.slice(start, end)}"`);

test('tokens say where they are, what they are and how sure that is', () => {
  const text = 'Prepare Friday demo #Work tomorrow 9:00 !30m // with slides';
  expect(shown(text, parse(text).tokens)).toEqual([
    'weak when "Friday"',
    'strong project "#Work"',
    'strong when "tomorrow 9:00"',
    'strong reminder "!30m"',
    'strong description "// with slides"',
  ]);
});

test('a token that is turned back into text belongs to the title, as a whole', () => {
  const text = 'Watch tomorrow 9:00 friday';
  const [first] = parse('Watch tomorrow 9:00').tokens;
  expect(parse(text, { suppressed: first ? [first] : [] }).fields).toMatchObject({
    title: 'Watch tomorrow 9:00',
    date: '2026-11-20',
    time: null,
  });
});

test('an earlier date counts again when the last one is turned back into text', () => {
  const text = 'Call tomorrow or friday';
  expect(parse(text).fields.date).toBe('2026-11-20');
  expect(parse(text, { suppressed: [{ start: 17, end: 23 }] }).fields).toMatchObject({
    title: 'Call or friday',
    date: '2026-11-19',
  });
});

test('an accepted suggestion is applied', () => {
  const text = 'Prepare Friday demo';
  expect(parse(text, { accepted: [{ start: 8, end: 14 }] }).fields).toMatchObject({
    title: 'Prepare demo',
    date: '2026-11-20',
  });
});

test('a plain line is a title', () => {
  expect(parse('Buy milk tomorrow !1 // now', { plain: true })).toMatchObject({
    fields: { title: 'Buy milk tomorrow !1 // now', date: null, priority: null, description: '' },
    tokens: [],
  });
});

test('dates can be suggested only, or left alone', () => {
  const text = 'Buy milk tomorrow !1';
  const suggested = parse(text, { dates: 'suggest' });
  expect(suggested.fields).toMatchObject({ title: 'Buy milk tomorrow', date: null, priority: 1 });
  expect(shown(text, suggested.tokens)).toEqual(['weak when "tomorrow"', 'strong priority "!1"']);
  expect(parse(text, { dates: 'suggest', accepted: [{ start: 9, end: 17 }] }).fields.date).toBe('2026-11-19');
  expect(shown(text, parse(text, { dates: 'off' }).tokens)).toEqual(['strong priority "!1"']);
});

test('a kind that is off stays text', () => {
  expect(parse('Buy @milk #Work !1', { off: ['label', 'priority'] }).fields).toMatchObject({
    title: 'Buy @milk !1',
    projectId: WORK,
    labels: [],
  });
});

test('symbols of other programs can be chosen', () => {
  expect(parse('Buy *errand +Work', { prefixes: PREFIXES.vikunja }).fields).toMatchObject({
    title: 'Buy',
    labels: ['errand'],
    projectId: WORK,
  });
  expect(parse('Buy #errand ~Work', { prefixes: PREFIXES.ticktick }).fields).toMatchObject({
    title: 'Buy',
    labels: ['errand'],
    projectId: WORK,
  });
});

test('the project at hand lends its sections and people', () => {
  const { fields } = parseQuickAdd('Fix login /backlog +anna', { ...berlin, projectId: WORK });
  expect(fields).toMatchObject({ title: 'Fix login', sectionId: 's-backlog', assigneeId: 'u-anna', projectId: null });
});

test('what does not exist yet is named by its token', () => {
  const { tokens } = parse('Buy @post #Podcast');
  expect(tokens.map(({ kind, creates }) => [kind, creates])).toEqual([
    ['label', 'post'],
    ['project', 'Podcast'],
  ]);
});

const spans = [{ start: 4, end: 12 }];

test.for([
  ['text typed before it moves it', 'see tomorrow', 'to see tomorrow', [{ start: 7, end: 15 }]],
  ['text typed behind it leaves it', 'see tomorrow', 'see tomorrow and', spans],
  ['a change of its own text drops it', 'see tomorrow', 'see tomorow', []],
  ['a letter at its edge drops it', 'see tomorrow', 'see tomorrows', []],
  ['an emptied line drops it', 'see tomorrow', '', []],
  ['no change leaves it', 'see tomorrow', 'see tomorrow', spans],
] as const)('of a span turned back into text: %s', ([, before, after, wanted]) => {
  expect(moveSpans(spans, before, after)).toEqual(wanted);
});

const withSettings = (text: string, given: Partial<QuickAddSettings>) =>
  parse(text, optionsFor({ ...QUICK_ADD_DEFAULT, ...given }));

test('what a person has set decides how their lines are read', () => {
  const text = 'Milch kaufen morgen !1 @calls';
  expect(withSettings(text, {}).fields).toMatchObject({ title: 'Milch kaufen morgen', priority: 1, date: null });
  expect(withSettings(text, { words: 'de' }).fields).toMatchObject({ title: 'Milch kaufen', date: '2026-11-19' });
  expect(withSettings('Buy milk tomorrow #work', { off: ['project'] }).fields).toMatchObject({
    title: 'Buy milk #work',
    projectId: null,
    date: '2026-11-19',
  });
  expect(withSettings('Call *calls +work', { signs: 'vikunja' }).fields).toMatchObject({
    title: 'Call',
    labels: ['calls'],
    projectId: WORK,
  });
});

test('without suggestions there are none, and dates are not suggested either', () => {
  const weak = 'Prepare Friday demo #Podcast';
  expect(withSettings(weak, {}).tokens.map(({ strength }) => strength)).toEqual(['weak', 'weak']);
  expect(withSettings(weak, { suggestions: false })).toMatchObject({ tokens: [], fields: { title: weak } });
  const text = 'Buy milk tomorrow';
  expect(withSettings(text, { dates: 'suggest' }).tokens).toMatchObject([{ strength: 'weak' }]);
  expect(withSettings(text, { dates: 'suggest', suggestions: false })).toMatchObject({
    tokens: [],
    fields: { title: text, date: null },
  });
});
