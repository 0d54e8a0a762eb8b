import type { MutatorTx } from '#core/mutation/transaction.ts';

/** What hangs on a task goes where it goes, whoever wrote it: comments and what was done. */
export function moveBelongings(tx: MutatorTx, taskId: string, projectId: string): void {
  for (const comment of tx.list('taskComments', taskId)) tx.put('comment', { ...comment, projectId });
  for (const completion of tx.list('taskCompletions', taskId)) tx.put('completion', { ...completion, projectId });
}
