import { lazyOverlay } from './lazy-overlay.tsx';

/** Picks a calendar date. Open for as long as it is rendered. */
export const DatePopover = lazyOverlay(() =>
  import('./date-popover-overlay.tsx').then((module) => module.DatePopoverOverlay),
);
