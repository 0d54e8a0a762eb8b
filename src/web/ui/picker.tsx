import { lazyOverlay } from './lazy-overlay.tsx';

/** Searchable list in a popover. Open for as long as it is rendered. */
export const Picker = lazyOverlay(() => import('./picker-overlay.tsx').then((module) => module.PickerOverlay));
