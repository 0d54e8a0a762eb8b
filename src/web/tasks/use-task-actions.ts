import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { createTaskActions, type TaskActions } from './task-actions.ts';

const known = new WeakMap<Replica, TaskActions>();

export function useTaskActions(): TaskActions {
  const replica = useReplica();
  let actions = known.get(replica);
  if (!actions) {
    actions = createTaskActions(replica);
    known.set(replica, actions);
  }
  return actions;
}
