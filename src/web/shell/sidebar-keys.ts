import type { KeyboardEvent } from 'react';

/**
 * Arrow keys in the sidebar: up and down go from link to link, right opens, left closes or goes to the parent.
 * The links stay links; this only adds to what Tab does.
 */
export function handleSidebarKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement))
    return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-sidebar-link]')];
  const row = event.target.closest<HTMLElement>('.sidebar-row');
  const index = links.findIndex((link) => row?.contains(link));
  if (row === null || index < 0) return;
  const next = nextFocus(event.key, links, index, row);
  if (!next) return;
  event.preventDefault();
  if (next === 'toggle') row.querySelector<HTMLElement>('.sidebar-disclosure')?.click();
  else next.focus();
}

function nextFocus(
  key: string,
  links: readonly HTMLElement[],
  index: number,
  row: HTMLElement,
): HTMLElement | 'toggle' | undefined {
  const expanded = row.dataset['expanded'];
  switch (key) {
    case 'ArrowDown':
      return links[index + 1];
    case 'ArrowUp':
      return links[index - 1];
    case 'Home':
      return links[0];
    case 'End':
      return links.at(-1);
    case 'ArrowRight':
      return expanded === 'false' ? 'toggle' : expanded === 'true' ? links[index + 1] : undefined;
    case 'ArrowLeft':
      return expanded === 'true' ? 'toggle' : parentLink(row);
    default:
      return undefined;
  }
}

function parentLink(row: HTMLElement): HTMLElement | undefined {
  const above = row.closest('ul')?.closest('li')?.querySelector<HTMLElement>('[data-sidebar-link]');
  return above ?? undefined;
}
