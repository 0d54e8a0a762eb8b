import { type Draft, EMPTY_DRAFT } from './draft.ts';

/** The title of a task that exists: its words are text, only what is written anew may say something. */
export function titleDraft(title: string): Draft {
  const words = [...title.matchAll(/\S+/gu)];
  const suppressed = words.map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  return { ...EMPTY_DRAFT, text: title, suppressed, isTitle: true };
}
