import { lazyLayer } from './lazy-part.tsx';

/** Picks a calendar date. Open for as long as it is rendered. */
export const DatePopover = lazyLayer(() =>
  import('./date-popover-overlay.tsx').then((module) => module.DatePopoverOverlay),
);
