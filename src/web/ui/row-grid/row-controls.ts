import type { KeyboardEvent } from 'react';

const CONTROLS =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [contenteditable="true"], [data-row-control]';

export function isEditable(target: EventTarget): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Whether a click inside `row` belongs to a control of its own. */
export function isInteractive(target: EventTarget, row: HTMLElement): boolean {
  const control = target instanceof Element ? target.closest(`${CONTROLS}, label, summary`) : null;
  return control !== null && control !== row && row.contains(control);
}

/** Moves between a row and its controls: Tab in and along, Escape and Shift+Tab back. True when it has acted. */
export function handleControlKey(event: KeyboardEvent<HTMLElement>, row: HTMLElement): boolean {
  const controls = [...row.querySelectorAll<HTMLElement>(CONTROLS)].filter(isShown);
  const position = controls.indexOf(event.target as HTMLElement);
  const target = controlTarget(event, row, controls, position);
  if (!target) return false;
  event.preventDefault();
  target.focus();
  return true;
}

function controlTarget(
  event: KeyboardEvent<HTMLElement>,
  row: HTMLElement,
  controls: readonly HTMLElement[],
  position: number,
): HTMLElement | undefined {
  const inControl = event.target !== row;
  if (event.key === 'Escape') return inControl ? row : undefined;
  if (event.key === 'Tab' && !event.altKey && !event.ctrlKey && !event.metaKey) {
    if (!event.shiftKey) return controls[position + 1];
    if (inControl) return controls[position - 1] ?? row;
    return undefined;
  }
  if (!inControl || isEditable(event.target)) return undefined;
  if (event.key === 'ArrowRight') return controls[position + 1];
  if (event.key === 'ArrowLeft') return controls[position - 1] ?? row;
  return undefined;
}

function isShown(element: HTMLElement): boolean {
  return typeof element.checkVisibility === 'function'
    ? element.checkVisibility({ visibilityProperty: true })
    : !element.hidden;
}
