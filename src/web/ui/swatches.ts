/** The twelve colours of labels and projects, by the names that `data-color` takes. */
export const swatches = [
  'ruby',
  'coral',
  'amber',
  'lime',
  'fern',
  'teal',
  'sky',
  'indigo',
  'violet',
  'orchid',
  'stone',
  'slate',
] as const;

export type Swatch = (typeof swatches)[number];

/** A stable colour for something that has none of its own. */
export function swatchFor(text: string): Swatch {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return swatches[hash % swatches.length] ?? 'slate';
}
