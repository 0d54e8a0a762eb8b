import { renderToStaticMarkup } from 'react-dom/server';
import { Minus } from 'lucide-react';
import { expect, test } from 'vitest';
import { createIcon } from './create-icon.ts';

const Lean = createIcon({ node: [['path', { d: 'M5 12h14' }]] });

/** Attributes in one order; the classes of the library, which no style names, left out. */
function attributesOf(markup: string): readonly string[] {
  const [, attributes = ''] = /^<svg (.*?)>/.exec(markup) ?? [];
  return attributes
    .replace(/lucide lucide-minus ?/, '')
    .split(/(?<=") /)
    .filter((each) => each !== 'class=""')
    .sort();
}

test('an icon is drawn as the library would draw it', () => {
  for (const props of [
    {},
    { className: 'size-4', strokeWidth: 2.5 },
    { 'aria-label': 'Less' },
    { 'aria-hidden': true },
  ]) {
    const ours = renderToStaticMarkup(<Lean {...props} />);
    const theirs = renderToStaticMarkup(<Minus {...props} />);
    expect(attributesOf(ours)).toEqual(attributesOf(theirs));
    expect(ours.slice(ours.indexOf('>'))).toBe(theirs.slice(theirs.indexOf('>')));
  }
});
