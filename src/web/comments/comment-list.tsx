import { useMemo } from 'react';
import type { Comment } from '#core/comments/comment.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery } from '#web/replica/use-query.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentItem } from './comment-item.tsx';

function isLive(comment: Comment): boolean {
  return comment.deletedAt === null;
}

/** The conversation about a task, oldest first. */
export function CommentList({ taskId, writable }: { taskId: string; writable: boolean }) {
  const query = useMemo<Query<'comment'>>(
    () => ({ kind: 'comment', where: { index: 'taskComments', key: taskId }, filter: isLive }),
    [taskId],
  );
  const comments = useLiveQuery(query);
  if (comments.length === 0 && !writable) return null;
  return (
    <section aria-label="Comments" className="detail-section">
      <h2 className="detail-heading">
        Comments
        {comments.length > 0 ? (
          <span className="font-normal text-fg-tertiary tabular-nums">{comments.length}</span>
        ) : null}
      </h2>
      <ul className="flex flex-col">
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} writable={writable} />
        ))}
      </ul>
      {writable ? <CommentForm taskId={taskId} /> : null}
    </section>
  );
}
