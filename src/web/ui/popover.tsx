import { lazyLayer } from './lazy-part.tsx';

/** Anything that hangs on a control: popover, or bottom sheet on a phone. Open for as long as it is rendered. */
export const Popover = lazyLayer(() => import('./popover-overlay.tsx').then((module) => module.PopoverOverlay));
