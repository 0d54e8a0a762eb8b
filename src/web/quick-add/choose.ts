import { labelKey } from '#core/labels/label.ts';
import type { Token, TokenKind } from '#core/quick-add/quick-add.ts';
import { type Chosen, type Draft, withText } from './draft.ts';
import type { DraftRead } from './read-draft.ts';

/** What the text says of each choice; the choice takes its place. */
const SAYS = {
  place: ['project', 'section'],
  when: ['when', 'range'],
  deadline: ['deadline'],
  duration: ['duration'],
  priority: ['priority'],
  recurrence: ['recur'],
  assigneeId: ['person'],
} as const satisfies Partial<Record<keyof Chosen, readonly TokenKind[]>>;

export type ChoiceName = keyof typeof SAYS;
export type PickerName = ChoiceName | 'labels' | 'repeat-form';

/** A choice made in a picker: what the text said of it is cut out, so that only one of the two counts. */
export function choose<C extends ChoiceName>(draft: Draft, read: DraftRead, name: C, value: Chosen[C]): Draft {
  const kinds: readonly TokenKind[] = SAYS[name];
  const without = cut(
    draft,
    read.tokens.filter((token) => token.strength === 'strong' && kinds.includes(token.kind)),
  );
  return { ...without, chosen: { ...without.chosen, [name]: value } };
}

/** Adds a label, or takes it away from the text and from what was chosen. */
export function toggleLabel(draft: Draft, read: DraftRead, name: string): Draft {
  const key = labelKey(name);
  const said = read.tokens.filter(
    ({ kind, strength, start, end }) =>
      kind === 'label' && strength === 'strong' && labelKey(nameIn(draft.text.slice(start, end))) === key,
  );
  const fromText = new Set(
    read.tokens
      .filter(({ kind }) => kind === 'label')
      .map(({ start, end }) => labelKey(nameIn(draft.text.slice(start, end)))),
  );
  const others = read.task.labels.filter((label) => labelKey(label) !== key && !fromText.has(labelKey(label)));
  const had = read.task.labels.some((label) => labelKey(label) === key);
  const without = cut(draft, said);
  return { ...without, chosen: { ...without.chosen, labels: had ? others : [...others, name] } };
}

/** Without the sign and quotation marks. */
function nameIn(token: string): string {
  return token
    .slice(1)
    .replace(/^"(.*)"$/u, '$1')
    .replace(/[,;:]$/u, '')
    .trim();
}

function cut(draft: Draft, tokens: readonly Token[]): Draft {
  let changed = draft;
  for (const { start, end } of tokens.toReversed()) {
    const { text } = changed;
    const before = text.slice(0, start);
    const after = text.slice(end);
    const joined = before === '' || /\s$/u.test(before) ? before + after.replace(/^[^\S\n]/u, '') : before + after;
    changed = { ...withText(changed, joined), made: draft.made };
  }
  return changed;
}
