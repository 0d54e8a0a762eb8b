const lastFocused = new WeakMap<Element, HTMLElement>();
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]';

/** F6 and Shift+F6 go round everything marked `data-region`; each region remembers where focus was. */
export function watchRegions(): () => void {
  const handleFocus = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const region = event.target.closest('[data-region]');
    if (region && region !== event.target) lastFocused.set(region, event.target);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'F6' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (focusNextRegion(event.shiftKey ? -1 : 1)) event.preventDefault();
  };
  document.addEventListener('focusin', handleFocus);
  document.addEventListener('keydown', handleKey);
  return () => {
    document.removeEventListener('focusin', handleFocus);
    document.removeEventListener('keydown', handleKey);
  };
}

export function focusRegion(region: HTMLElement): void {
  const remembered = lastFocused.get(region);
  const target =
    remembered && region.contains(remembered) && isReachable(remembered)
      ? remembered
      : [...region.querySelectorAll<HTMLElement>(TABBABLE)].find(
          (element) => element.tabIndex >= 0 && isReachable(element),
        );
  (target ?? region).focus();
}

function focusNextRegion(direction: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isReachable);
  if (regions.length === 0) return false;
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const start = here < 0 && direction === -1 ? 0 : here;
  const next = regions[(start + direction + regions.length) % regions.length];
  if (next) focusRegion(next);
  return next !== undefined;
}

function isReachable(element: HTMLElement): boolean {
  if (element.closest('[inert]')) return false;
  return typeof element.checkVisibility !== 'function' || element.checkVisibility({ visibilityProperty: true });
}
