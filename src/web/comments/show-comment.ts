import { loadMarkdown } from '#web/markdown/markdown.tsx';

/** Long enough to be seen by whoever looks up from the keyboard. */
const MARKED_MS = 2_000;

/** Brings a comment into view, gives it the focus and marks it for a moment. False when it is not shown. */
export function showComment(within: HTMLElement, id: string): boolean {
  const item = within.querySelector<HTMLElement>(`[data-comment="${CSS.escape(id)}"]`);
  if (!item) return false;
  const scroll = (): void => item.scrollIntoView({ block: 'center' });
  scroll();
  item.focus({ preventScroll: true });
  item.dataset['found'] = '';
  setTimeout(() => delete item.dataset['found'], MARKED_MS);
  // Texts above have another height once their markdown is shown; without the renderer they keep this one.
  loadMarkdown().then(
    () => requestAnimationFrame(scroll),
    () => {},
  );
  return true;
}
