import { type Chosen, type Draft, type DraftBase, type Made, withText } from './draft.ts';
import type { NameQuery } from './name-query.ts';
import { type DraftReader, parseDraft, readDraft } from './read-draft.ts';
import type { SuggestedName } from './suggested-names.tsx';

/** How a name comes into a draft: as text in place of what was typed, or as a choice where no text says it. */
export interface Acceptance {
  readonly text: string;
  readonly draft: Draft;
}

/** Puts the name where it was begun. What is to be made belongs to the draft from then on. */
export function acceptName(
  draft: Draft,
  query: NameQuery,
  { suggestion, base, reader }: { suggestion: SuggestedName; base: DraftBase; reader: DraftReader },
): Acceptance {
  const { kind, name } = suggestion;
  const id = suggestion.id ?? reader.replica.newId();
  const made =
    suggestion.id === null ? [...draft.made, thing(suggestion, id, readDraft(draft, base, reader))] : draft.made;
  const grown = { ...draft, made };
  const isFollowed = /^\s/u.test(draft.text.slice(query.end));
  for (const spelled of [name, `"${name}"`]) {
    const text = `${query.sign}${spelled}${isFollowed ? '' : ' '}`;
    const after = withText(grown, draft.text.slice(0, query.start) + text + draft.text.slice(query.end));
    const { fields, tokens } = parseDraft(after, base, reader);
    const token = tokens.find((each) => each.start === query.start);
    if (token?.strength !== 'strong' || token.kind !== kind) continue;
    const meant = { project: fields.projectId, section: fields.sectionId, person: fields.assigneeId, label: id }[kind];
    if (meant === id && token.end === query.start + text.trimEnd().length) return { text, draft: grown };
  }
  return { text: '', draft: { ...grown, chosen: { ...draft.chosen, ...choiceOf(grown, base, kind, id) } } };
}

function thing({ kind, name }: SuggestedName, id: string, { place }: { place: { projectId: string } }): Made {
  return kind === 'section' ? { kind, id, name, projectId: place.projectId } : { kind: 'project', id, name };
}

/** Two things of the same name: the text would mean the other one. */
function choiceOf({ chosen }: Draft, base: DraftBase, kind: SuggestedName['kind'], id: string): Chosen {
  switch (kind) {
    case 'project':
      return { place: { projectId: id, sectionId: null } };
    case 'section':
      return { place: { projectId: (chosen.place ?? base.place).projectId, sectionId: id } };
    case 'person':
      return { assigneeId: id };
    case 'label':
      return { labels: [...(chosen.labels ?? base.content.labels ?? []), id] };
  }
}
