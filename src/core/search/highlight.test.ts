import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight, snippet, type Highlighted } from './highlight.ts';
import { parseSearch } from './search-query.ts';

const marked = (part: Highlighted | null) => part?.ranges.map(([start, end]) => part.text.slice(start, end));

test.each([
  ['Buy milk and milkshakes', 'milk', ['milk', 'milk']],
  ['Zug nach München', 'mun', ['Mün']],
  ['Zug nach München', 'muen', ['Mün']],
  ['Zug nach Mu\u0308nchen', 'mu', ['Mu\u0308']],
  ['Straße', 'strass', ['Straß']],
  ['Straße', 'stra', ['Stra']],
  ['Send an E-Mail', 'email', ['E-Mail']],
  ['Send an E-Mail', 'ema', ['E-Ma']],
  ['Send an E-Mail', 'mai', ['Mai']],
  ['東京タワー', '京', ['京']],
  ['nothing here', 'milk', []],
])('in %j, %j marks %j', (text, query, expected) => {
  expect(marked(highlight(text, parseSearch(query), false))).toEqual(expected);
});

test('a word found with a slip of the finger is marked as a whole', () => {
  expect(marked(highlight('Buy milk', parseSearch('mlik'), true))).toEqual(['milk']);
  expect(marked(highlight('Buy milk', parseSearch('mlik'), false))).toEqual([]);
});

test('a snippet is the text around the first place, on one line and without signs of Markdown', () => {
  const found = snippet(
    `# Plan\n\n- [ ] ${'word '.repeat(60)}\n- **get** the [milk](https://example.org) ${'and more '.repeat(40)}`,
    parseSearch('milk'),
    false,
  );
  expect(marked(found)).toEqual(['milk']);
  expect(found?.text).toMatch(/^…(word )+get the milk and more/);
  expect(found?.text.endsWith('…')).toBe(true);
  expect(found?.text.length).toBeLessThan(170);
  expect(snippet('Short milk', parseSearch('milk'), false)?.text).toBe('Short milk');
  expect(marked(snippet('See [here](https://milk.example)', parseSearch('milk'), false))).toEqual(['milk']);
  expect(snippet('No such thing', parseSearch('milk'), false)).toBeNull();
});

test('a place far down in a long text is found', () => {
  const text = `${'x'.repeat(3_000)} ${'word '.repeat(9_000)}milk`;
  expect(snippet(text, parseSearch('milk'), false)?.text).toMatch(/^…(word )+milk$/);
});

test('ranges are in order, apart from each other and within the text', () => {
  const unit = fc.constantFrom(
    'a',
    'ä',
    'Ä',
    'o',
    '\u0308',
    'ß',
    'e',
    'E',
    '-',
    '’',
    ' ',
    '東',
    '🎉',
    'x',
    '2',
    '\u0301',
  );
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 30 }),
      fc.string({ unit, maxLength: 6 }),
      fc.boolean(),
      (text, query, typos) => {
        const { ranges } = highlight(text, parseSearch(query), typos);
        let end = -1;
        for (const [from, to] of ranges) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          end = to;
        }
      },
    ),
  );
});
