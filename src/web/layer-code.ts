import { LazyModule } from './ui/lazy-module.ts';

/** Fetched while the first screen is drawn: toasts, tooltips and hints come later than it. */
export const layerCode = new LazyModule(() => import('./layers.tsx'));
