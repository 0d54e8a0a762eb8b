import { PREFIXES, type Span } from '#core/quick-add/quick-add.ts';
import type { QuickAddSettings } from '#core/users/settings.ts';
import type { Draft } from './draft.ts';
import type { DraftRead } from './read-draft.ts';

export type NameKind = 'project' | 'section' | 'label' | 'person';

/** A name that is being typed behind its sign. */
export interface NameQuery extends Span {
  readonly kind: NameKind;
  /** The sign as typed: a label has two. */
  readonly sign: string;
  /** What stands behind the sign and a quotation mark. */
  readonly text: string;
}

/** What begins a name of a kind. */
export interface NameSigns {
  readonly kind: NameKind;
  readonly signs: string;
}

/** The signs that the person has chosen, without those that stay text. */
export function nameSigns({ signs, off }: QuickAddSettings): readonly NameSigns[] {
  const kinds = ['project', 'section', 'label', 'person'] as const;
  return kinds
    .filter((kind) => !off.includes(kind) && PREFIXES[signs][kind] !== '')
    .map((kind) => ({ kind, signs: PREFIXES[signs][kind] }));
}

/** Farther behind its sign than this no name is looked for. */
const LENGTH_MAX = 120;
const BOUNDARY = /[\s({[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * The name that the caret stands behind. With white space in it, it is one only as long as `beginsName` says that
 * something is called so.
 */
export function findNameQuery(
  { text, suppressed, plain }: Draft,
  { tokens }: DraftRead,
  caret: number,
  signs: readonly NameSigns[],
  beginsName: (kind: NameKind, text: string) => boolean,
): NameQuery | null {
  const description = tokens.find(({ kind }) => kind === 'description');
  if (plain || (description && description.start < caret)) return null;
  for (let start = caret - 1; start >= Math.max(0, caret - LENGTH_MAX); start--) {
    const sign = text.charAt(start);
    const kind = signs.find((each) => each.signs.includes(sign))?.kind;
    if (kind === undefined || (start > 0 && !BOUNDARY.test(text.charAt(start - 1)))) continue;
    if (suppressed.some((span) => span.start <= start && start < span.end)) return null;
    const typed = text.slice(start + 1, caret);
    const isQuoted = typed.startsWith('"');
    const name = isQuoted ? typed.slice(1) : typed;
    if (isQuoted ? name.includes('"') : /\s/u.test(name) && !beginsName(kind, name)) return null;
    if (/^\s/u.test(name) || name.includes('\n')) return null;
    return { kind, sign, start, end: caret, text: name };
  }
  return null;
}
