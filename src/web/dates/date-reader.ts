import { LazyModule } from '#web/ui/lazy-module.ts';

/** The grammar of dates, in a chunk of its own. */
export const dateReader = new LazyModule(() => import('./read-date.ts'));
