import { Type } from 'typebox';
import { DomainError, forbidden, notFound } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask, roleIn } from '#core/projects/project-permissions.ts';
import { can } from '#core/projects/role.ts';
import { Id } from '#core/schema.ts';
import { CommentBody, type Comment } from './comment.ts';

const strict = { additionalProperties: false };
const ById = Type.Object({ id: Id }, strict);

/** The comment, if the actor wrote it and may still comment, or, where `orModerate`, moderates the project. */
function authorizeComment(tx: MutatorTx, id: string, { orModerate = false } = {}): Comment {
  const comment = tx.get('comment', id);
  if (!comment || !roleIn(tx, comment.projectId)) throw notFound('comment');
  const { role } = authorizeTask(tx, comment.taskId, 'comment.write');
  const own = comment.authorId === tx.actor.userId;
  if (!own && !(orModerate && can(role, 'comment.moderate'))) throw forbidden('Only its author can change a comment.');
  return comment;
}

export const createComment = defineMutator({
  name: 'comment.create',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, taskId: Id, body: CommentBody }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.taskId, 'comment.write'),
  run(tx, args, { task }) {
    if (tx.get('comment', args.id)) throw new DomainError('conflict', 'A comment with this id already exists.');
    const { id, taskId, body } = args;
    const authorId = tx.actor.userId;
    tx.put('comment', { id, projectId: task.projectId, taskId, authorId, body, editedAt: null, deletedAt: null });
  },
});

export const updateComment = defineMutator({
  name: 'comment.update',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, body: CommentBody }, strict),
  authorize: (tx, args) => authorizeComment(tx, args.id),
  run(tx, args, comment) {
    if (comment.deletedAt) throw notFound('comment');
    if (comment.body !== args.body) tx.put('comment', { ...comment, body: args.body, editedAt: tx.now });
  },
});

export const deleteComment = defineMutator({
  name: 'comment.delete',
  version: 1,
  undoable: true,
  args: ById,
  authorize: (tx, args) => authorizeComment(tx, args.id, { orModerate: true }),
  run(tx, _args, comment) {
    if (!comment.deletedAt) tx.put('comment', { ...comment, deletedAt: tx.now });
  },
});

export const restoreComment = defineMutator({
  name: 'comment.restore',
  version: 1,
  undoable: true,
  args: ById,
  authorize: (tx, args) => authorizeComment(tx, args.id, { orModerate: true }),
  run: (tx, _args, comment) => tx.put('comment', { ...comment, deletedAt: null }),
});
