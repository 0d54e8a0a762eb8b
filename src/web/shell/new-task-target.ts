import type { DraftBase } from '#web/quick-add/draft.ts';
import { idOfRef, routes } from '#web/routes.ts';

export interface NewTaskTarget {
  readonly projectId?: string;
  readonly today?: true;
  readonly base?: DraftBase;
}

let offered: DraftBase | null = null;

/** For as long as a page knows better than its path what a new task begins with; returns the end of it. */
export function offerNewTaskBase(base: DraftBase): () => void {
  offered = base;
  return () => {
    if (offered === base) offered = null;
  };
}

/** What a task added from the current page begins with. */
export function targetOfNewTask(pathname: string = location.pathname): NewTaskTarget {
  if (offered) return { base: offered };
  const ref = routes.project.parse(pathname)?.params.ref;
  const projectId = ref === undefined ? undefined : idOfRef(ref);
  if (projectId !== undefined) return { projectId };
  return routes.today.parse(pathname) || routes.upcoming.parse(pathname) ? { today: true } : {};
}
