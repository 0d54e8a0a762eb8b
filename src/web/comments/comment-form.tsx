import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createComment } from '#core/comments/comment-mutators.ts';
import { COMMENT_MAX } from '#core/comments/comment.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { useAutoGrow } from '#web/ui/use-auto-grow.ts';
import { holdPage } from '#web/ui/use-unsaved.ts';

/** What is written and not sent survives going to another task and coming back. */
const drafts = new Map<string, string>();
holdPage(() => drafts.size > 0);

export function CommentForm({ taskId }: { taskId: string }) {
  const replica = useReplica();
  const [body, setBody] = useState(() => drafts.get(taskId) ?? '');
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const growRef = useAutoGrow(body, areaRef);
  useEffect(() => {
    if (body === '') drafts.delete(taskId);
    else drafts.set(taskId, body);
  }, [taskId, body]);

  const send = () => {
    if (body.trim() === '') return;
    replica.mutate(createComment, { id: replica.newId(), taskId, body: body.trim() });
    setBody('');
    areaRef.current?.focus();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      areaRef.current?.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
    }
  };
  return (
    <form
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={growRef}
        rows={1}
        aria-label="New comment"
        aria-keyshortcuts="Control+Enter"
        placeholder="Comment"
        data-new-comment=""
        value={body}
        maxLength={COMMENT_MAX}
        className="comment-field auto-grow"
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={handleKey}
      />
      {body.trim() === '' ? null : (
        <Button type="submit" size="sm" tone="primary">
          Send
        </Button>
      )}
    </form>
  );
}
