import { marked } from 'marked';
import { expect, test } from 'vitest';
import { isTameMarkdown } from './tame-markdown.ts';

test('what people write is tame', () => {
  const notes =
    '# Plan\n\n- **one** _two_ [link](https://example.org)\n- [ ] three\n\n> quoted\n> > twice\n\n```\ncode\n```\n\n';
  expect(isTameMarkdown(notes.repeat(50))).toBe(true);
  expect(isTameMarkdown('* item\n'.repeat(1000))).toBe(true);
});

const filled = (piece: string, length = 50_000) => piece.repeat(Math.ceil(length / piece.length));

test.each(['*a_', '**__', '~~a', '> ', '[', '![](', '`', '<a ', '[a](b ', 'a\n', ' - a\n', '*a_*a_*a_\n\n'])(
  '50,000 characters of %j are either refused or quick',
  (piece) => {
    const text = filled(piece);
    if (!isTameMarkdown(text)) return;
    const start = performance.now();
    marked.parse(text, { async: false });
    expect(performance.now() - start).toBeLessThan(2_000);
  },
);

test('the worst that passes is quick', () => {
  const text = `${'*a_'.repeat(100)}\n\n`.repeat(15);
  expect(isTameMarkdown(text)).toBe(true);
  const start = performance.now();
  marked.parse(text, { async: false });
  expect(performance.now() - start).toBeLessThan(2_000);
});
