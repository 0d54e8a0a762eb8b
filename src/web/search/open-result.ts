import { navigate, openTask } from '#web/navigation.ts';
import type { Replica } from '#web/replica/replica.ts';
import { projectHref, routes, withTask } from '#web/routes.ts';
import { requestDetailFocus } from '#web/tasks/detail-focus.ts';
import type { SearchTarget } from './search-rows.ts';

/** Goes where a result leads: a task opens over the view, or in its project, at the comment that was found. */
export function openResult(replica: Replica, target: SearchTarget, inProject: boolean): void {
  if ('href' in target) return navigate(target.href);
  const { taskId, commentId } = target;
  requestDetailFocus(taskId, commentId === undefined ? 'panel' : { commentId });
  const project = replica.get('project', replica.get('task', taskId)?.projectId ?? '');
  if (!inProject || !project) return openTask(taskId);
  const href = project.inbox ? routes.inbox.href({}) : projectHref(project);
  return navigate(withTask(href, '', taskId));
}
