import { idOfRef, routes } from '#web/routes.ts';

/** What a task added from the current page begins with. */
export function targetOfNewTask(pathname: string = location.pathname): {
  readonly projectId?: string;
  readonly today?: true;
} {
  const ref = routes.project.parse(pathname)?.params.ref;
  const projectId = ref === undefined ? undefined : idOfRef(ref);
  if (projectId !== undefined) return { projectId };
  return routes.today.parse(pathname) || routes.upcoming.parse(pathname) ? { today: true } : {};
}
