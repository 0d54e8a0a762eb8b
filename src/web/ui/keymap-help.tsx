import { lazyOverlay } from './lazy-overlay.tsx';

export const KeymapHelp = lazyOverlay(() =>
  import('./keymap-help-overlay.tsx').then((module) => module.KeymapHelpOverlay),
);
