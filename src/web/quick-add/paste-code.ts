import { lazyLayer } from '#web/ui/lazy-part.tsx';

/** Behind the first screen. */
export const PasteMenu = lazyLayer(() => import('./paste-menu.tsx').then((module) => module.PasteMenu));
