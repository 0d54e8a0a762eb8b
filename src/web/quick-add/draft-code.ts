import { LazyModule } from '#web/ui/lazy-module.ts';

/** Pills and suggestions of a field, with the grammar and its words: behind the first screen. */
export const draftAssist = new LazyModule(() => import('./draft-assist.tsx'));

/** What makes tasks of drafts. */
export const draftAdder = new LazyModule(() => import('./add-drafts.ts'));

/** What says what a draft comes to. */
export const draftReading = new LazyModule(() => import('./read-draft.ts'));

/** What takes over what is written into the title of a task. */
export const taskEditor = new LazyModule(() => import('./edit-task.ts'));
