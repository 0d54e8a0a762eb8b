import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { deleteComment, updateComment } from '#core/comments/comment-mutators.ts';
import { COMMENT_MAX, type Comment } from '#core/comments/comment.ts';
import { memberId } from '#core/projects/member.ts';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { Markdown } from '#web/markdown/markdown.tsx';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { UnconfirmedMark } from '#web/sync-status/unconfirmed-mark.tsx';
import { useCan } from '#web/tasks/use-task-facts.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button } from '#web/ui/button.tsx';
import { MenuButton } from '#web/ui/menu.tsx';
import { useAutoGrow } from '#web/ui/use-auto-grow.ts';
import { useUnsaved } from '#web/ui/use-unsaved.ts';

interface CommentItemProps {
  comment: Comment;
  writable: boolean;
}

export function CommentItem({ comment, writable }: CommentItemProps) {
  const replica = useReplica();
  const calendar = useCalendar();
  const author = useRow('member', memberId(comment.projectId, comment.authorId));
  const moderates = useCan(comment.projectId, 'comment.moderate');
  const [editing, setEditing] = useState(false);
  const own = comment.authorId === replica.account.userId;
  const name = author?.displayName ?? 'Somebody who left';
  const edit = { id: 'edit', label: 'Edit', icon: <Pencil className="size-4" />, onSelect: () => setEditing(true) };
  const remove = {
    id: 'delete',
    label: 'Delete',
    icon: <Trash2 className="size-4" />,
    tone: 'danger' as const,
    onSelect: () => replica.mutate(deleteComment, { id: comment.id }),
  };

  return (
    // Found by a search, it gets the focus.
    <li className="comment" data-comment={comment.id} tabIndex={-1}>
      <Avatar decorative name={name} />
      <div className="min-w-0 flex-1">
        <div className="comment-head">
          <span className="truncate font-medium">{name}</span>
          <time dateTime={comment.createdAt} className="shrink-0 text-meta text-fg-tertiary">
            {momentWords(comment.createdAt, Date.now(), calendar)}
            {comment.editedAt === null ? '' : ' · edited'}
          </time>
          <UnconfirmedMark kind="comment" id={comment.id} />
          <span className="flex-1" />
          {writable && (own || moderates) && !editing ? (
            <MenuButton
              size="sm"
              label={`Actions for the comment of ${name}`}
              icon={<Ellipsis className="size-4" />}
              sections={() => [{ id: 'comment', items: own ? [edit, remove] : [remove] }]}
            />
          ) : null}
        </div>
        {editing ? (
          <CommentEditor comment={comment} onClose={() => setEditing(false)} />
        ) : (
          <div className="text-body">
            <Markdown text={comment.body} />
          </div>
        )}
      </div>
    </li>
  );
}

function CommentEditor({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  const replica = useReplica();
  const [body, setBody] = useState(comment.body);
  const growRef = useAutoGrow(body, undefined);
  useUnsaved(body !== comment.body);
  const save = () => {
    if (body.trim() === '') return;
    if (body.trim() !== comment.body) replica.mutate(updateComment, { id: comment.id, body: body.trim() });
    onClose();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!sends && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (sends) save();
    else onClose();
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={growRef}
        // Opened by the person to type into.
        autoFocus
        rows={2}
        aria-label="Comment"
        value={body}
        maxLength={COMMENT_MAX}
        className="comment-field auto-grow"
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={handleKey}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" tone="primary" disabled={body.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}
