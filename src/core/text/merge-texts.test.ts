import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeTexts, wordsOf } from './merge-texts.ts';

describe('examples', () => {
  test.each([
    ['different lines', 'a\nb\nc', 'A\nb\nc', 'a\nb\nC', 'A\nb\nC'],
    ['neighbouring lines', 'a\nb', 'A\nb', 'a\nB', 'A\nB'],
    ['lines that both append, in the order of arrival', 'a', 'a\nb', 'a\nc', 'a\nb\nc'],
    ['lines that both append, the same one once', 'a', 'a\nb\nx', 'a\nb\ny', 'a\nb\nx\ny'],
    ['a line that is appended to one that is changed', 'a', 'a\nb', 'A', 'A\nb'],
    ['a line that is changed where one is appended', 'a', 'A', 'a\nb', 'A\nb'],
    ['both begin a text', '', 'foo', 'bar', 'foo\nbar'],
    ['an addition to what is deleted otherwise', 'a', '', 'a\nb', 'b'],
    ['both delete', 'a\nb\nc', 'b\nc', 'a\nb', 'b'],
    [
      'different words of a line',
      'call Anna about the roof',
      'call Ben about the roof',
      'call Anna about the door',
      'call Ben about the door',
    ],
    ['a line end at the end', 'a\n', 'a\nb\n', 'A\n', 'A\nb\n'],
    ['empty lines', 'a\n\nb', 'a\n\n\nb', 'a\n\nB', 'a\n\n\nB'],
    [
      'a ticked box and a new one',
      '- [ ] a\n- [ ] b',
      '- [x] a\n- [ ] b',
      '- [ ] a\n- [ ] b\n- [ ] c',
      '- [x] a\n- [ ] b\n- [ ] c',
    ],
    [
      'emoji',
      'roof 🏠 and 👩‍👩‍👧 home',
      'roof 🏡 and 👩‍👩‍👧 home',
      'roof 🏠 and 👩‍👩‍👧 at home',
      'roof 🏡 and 👩‍👩‍👧 at home',
    ],
    [
      'scripts without spaces',
      '今日は天気がいいから散歩しました',
      '昨日は天気がいいから散歩しました',
      '今日は天気がいいから散歩します',
      '昨日は天気がいいから散歩します',
    ],
  ])('%s', (_what, base, theirs, mine, text) => {
    expect(mergeTexts(base, theirs, mine)).toEqual({ text, overlaps: false });
  });

  test.each([
    ['the same word', 'buy milk today', 'buy bread today', 'buy beer today', 'buy beer today'],
    ['neighbouring words', 'meet at 5', 'meet at 6', 'meet in 5', 'meet in 5'],
    ['a line that one deleted', 'a\nb\nc', 'a\nc', 'a\nB\nc', 'a\nB\nc'],
    ['a text that one emptied', 'a b', '', 'a c', 'a c'],
    ['one word among merged lines', 'x\na\ny\nz', 'X\nb\ny\nz', 'x\nc\ny\nZ', 'X\nc\ny\nZ'],
  ])('%s: mine wins, and that is told', (_what, base, theirs, mine, text) => {
    expect(mergeTexts(base, theirs, mine)).toEqual({ text, overlaps: true });
  });

  test('line ends of two kinds are no change', () => {
    expect(mergeTexts('a\r\nb', 'a\r\nb', 'a\nB')).toEqual({ text: 'a\nB', overlaps: false });
    expect(mergeTexts('a\r\nb\r\nc', 'A\r\nb\r\nc', 'a\nb\nC')).toEqual({ text: 'A\nb\nC', overlaps: false });
    expect(mergeTexts('a\r\nb', 'A\r\nb', 'a\nb')).toEqual({ text: 'A\r\nb', overlaps: false });
  });

  test('saving while typing goes on with the own words after an overlap', () => {
    const [base, server] = ['buy milk', 'buy bread'];
    const first = mergeTexts(base, server, 'buy b');
    expect(first).toEqual({ text: 'buy b', overlaps: true });
    expect(mergeTexts('buy b', first.text, 'buy beer')).toEqual({ text: 'buy beer', overlaps: false });
  });
});

const line = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'a b c', '- [ ] milk', '🏠 👩‍👩‍👧', 'x\r'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));

describe('any texts', () => {
  test('the same edit twice is made once', () => {
    fc.assert(
      fc.property(text, text, (base, both) => {
        expect(mergeTexts(base, both, both)).toEqual({ text: both, overlaps: false });
      }),
    );
  });

  test('what only one changed is taken as it is', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeTexts(base, base, changed)).toEqual({ text: changed, overlaps: false });
        expect(mergeTexts(base, changed, base)).toEqual({ text: changed, overlaps: false });
      }),
    );
  });

  test('a merge is the same every time, and its words are those of the three texts', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, mine) => {
        const merged = mergeTexts(base, theirs, mine);
        expect(mergeTexts(base, theirs, mine)).toEqual(merged);
        // Lines that both add are put below each other.
        const known = new Set(['\n', base, theirs, mine].flatMap((each) => wordsOf(each.replaceAll(/\r\n?/g, '\n'))));
        for (const word of wordsOf(merged.text.replaceAll(/\r\n?/g, '\n'))) expect(known).toContain(word);
      }),
    );
  });

  test('splitting into words loses nothing', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(wordsOf(given).join('')).toBe(given);
      }),
    );
  });
});

/** Lines that are all different, and edits of them: what each side makes of the lines that are its own. */
const lineEdits = fc
  .array(
    fc.record({
      owner: fc.constantFrom<'theirs' | 'mine' | 'nobody'>('theirs', 'mine', 'nobody'),
      change: fc.constantFrom<'replace' | 'delete' | 'add'>('replace', 'delete', 'add'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((edits) => edits.map((edit, n) => ({ ...edit, line: `line ${n} as it was`, made: `${edit.owner} ${n} new` })));

type LineEdit = (typeof lineEdits extends fc.Arbitrary<infer T> ? T : never)[number];

/** Lines that nobody changes stand between, so that a difference can be told in one way only. */
function write(edits: readonly LineEdit[], by: readonly LineEdit['owner'][]): string {
  return edits
    .flatMap(({ owner, change, line: was, made }, n) => {
      const fixed = `anchor ${n}`;
      if (!by.includes(owner)) return [was, fixed];
      if (change === 'add') return [was, made, fixed];
      return change === 'delete' ? [fixed] : [made, fixed];
    })
    .join('\n');
}

test('edits of different lines are all kept', () => {
  fc.assert(
    fc.property(lineEdits, (edits) => {
      const [base, theirs, mine] = [write(edits, []), write(edits, ['theirs']), write(edits, ['mine'])];
      const both = { text: write(edits, ['theirs', 'mine']), overlaps: false };
      expect(mergeTexts(base, theirs, mine)).toEqual(both);
      expect(mergeTexts(base, mine, theirs)).toEqual(both);
    }),
  );
});

test('what both add is never lost, wherever they add it', () => {
  const additions = fc.array(fc.nat(10), { maxLength: 5 });
  fc.assert(
    fc.property(fc.nat(10), additions, additions, (length, byThem, byMe) => {
      const lines = Array.from({ length }, (_, n) => `line ${n}`);
      const grown = (places: readonly number[], who: string): string => {
        const own = [...lines];
        for (const [n, place] of places.entries()) own.splice(Math.min(place, own.length), 0, `${who} ${n}`);
        return own.join('\n');
      };
      const merged = mergeTexts(lines.join('\n'), grown(byThem, 'theirs'), grown(byMe, 'mine'));
      expect(merged.overlaps).toBe(false);
      const wanted = [...lines, ...byThem.map((_, n) => `theirs ${n}`), ...byMe.map((_, n) => `mine ${n}`)];
      expect(merged.text === '' ? [] : merged.text.split('\n').toSorted()).toEqual(wanted.toSorted());
    }),
  );
});

describe('100 kB are merged in bounded time', { timeout: 10_000 }, () => {
  const size = 100_000;
  const noise = (seed: number, unit: (n: number) => string, count: number): string => {
    let state = seed;
    return Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return unit(state >>> 16);
    }).join('');
  };
  test.each<[string, (seed: number) => string]>([
    ['of the same line over and over', (seed) => 'same\n'.repeat(size / 5 + seed)],
    ['of empty lines', (seed) => '\n'.repeat(size + seed)],
    ['of one line of equal words', (seed) => 'word '.repeat(size / 5 + seed)],
    ['of marks', (seed) => noise(seed, (n) => '!?.,'.charAt(n % 4), size)],
    ['of random lines of two kinds', (seed) => noise(seed, (n) => (n % 2 ? 'a\n' : 'b\n'), size / 2)],
    ['of random words of three kinds', (seed) => noise(seed, (n) => `w${n % 3} `, size / 3)],
    ['of paragraphs that have nothing in common', (seed) => noise(seed, (n) => `${seed}${n} word\n`, size / 10)],
  ])('%s', (_what, make) => {
    const [base, theirs, mine] = [make(1), make(2), make(3)];
    // Without bounds these take minutes, or all memory.
    const merged = mergeTexts(base, theirs, mine);
    expect(merged.text.length).toBeGreaterThan(0);
  });
});
