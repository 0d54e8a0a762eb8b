import { type Static, Type } from 'typebox';
import { Comment } from '#core/comments/comment.ts';

const { properties } = Comment;

export const WireComment = Type.Object(
  {
    id: properties.id,
    projectId: properties.projectId,
    taskId: properties.taskId,
    authorId: properties.authorId,
    body: properties.body,
    editedAt: properties.editedAt,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
    deletedAt: properties.deletedAt,
  },
  { $id: 'Comment', title: 'Comment' },
);
export type WireComment = Static<typeof WireComment>;

export const CommentRef = Type.Unsafe<WireComment>({ $ref: 'Comment#' });

export function presentComment(comment: Comment): WireComment {
  return {
    id: comment.id,
    projectId: comment.projectId,
    taskId: comment.taskId,
    authorId: comment.authorId,
    body: comment.body,
    editedAt: comment.editedAt,
    rev: comment.rev,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    deletedAt: comment.deletedAt,
  };
}
