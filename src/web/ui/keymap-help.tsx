import { lazyLayer } from './lazy-part.tsx';

export const KeymapHelp = lazyLayer(() =>
  import('./keymap-help-overlay.tsx').then((module) => module.KeymapHelpOverlay),
);
