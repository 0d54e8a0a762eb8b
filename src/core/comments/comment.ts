import { Type, type Static } from 'typebox';
import { Id, Instant, Nullable, rowFields, TEXT_PATTERN } from '#core/schema.ts';

export const COMMENT_MAX = 15_000;

export const CommentBody = Type.String({
  minLength: 1,
  maxLength: COMMENT_MAX,
  pattern: TEXT_PATTERN,
  description: 'Markdown',
});

export const Comment = Type.Object({
  ...rowFields,
  projectId: Id,
  taskId: Id,
  authorId: Id,
  body: CommentBody,
  editedAt: Nullable(Instant),
  deletedAt: Nullable(Instant),
});
export type Comment = Static<typeof Comment>;
