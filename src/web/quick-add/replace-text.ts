import type { Span } from '#core/quick-add/quick-add.ts';
import type { DraftStore } from './draft.ts';

/** Replaces a part of what stands in a field, as if it was typed: the browser's own undo takes it back. */
export function replaceText(field: HTMLTextAreaElement, store: DraftStore, { start, end }: Span, text: string): void {
  field.focus();
  field.setSelectionRange(start, end);
  const isTyped = text === '' ? document.execCommand?.('delete') : document.execCommand?.('insertText', false, text);
  if (isTyped) return;
  field.setRangeText(text, start, end, 'end');
  store.type(field.value, start + text.length);
}
