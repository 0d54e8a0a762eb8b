import { Type } from 'typebox';
import { createComment, deleteComment, restoreComment, updateComment } from '#core/comments/comment-mutators.ts';
import { CommentBody } from '#core/comments/comment.ts';
import { Id } from '#core/schema.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step } from '#server/rest/change.ts';
import { createCursorCodec } from '#server/rest/cursor.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page, pageOf, pageParams } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getComment, listComments } from './comment-repository.ts';
import { CommentRef, presentComment } from './comment-wire.ts';

const strict = { additionalProperties: false };
const tags = ['comments'];
const authz = authzFor('comment');
const cursors = createCursorCodec<readonly [number, string]>(
  'comments',
  Type.Tuple([Type.Integer({ minimum: 0 }), Id]),
);

const ListQuery = Type.Object(pageParams, strict);

export const CommentText = Type.Object(
  { body: CommentBody },
  { ...strict, examples: [{ body: 'The **blue** ones?' }] },
);

export function registerCommentRoutes(api: App, ctx: ServerContext): void {
  registerCommentsOfTask(api, ctx);
  registerComment(api, ctx);
}

function registerCommentsOfTask(api: App, ctx: ServerContext): void {
  registerListComments(api, ctx);
  registerCreateComment(api, ctx);
}

function registerListComments(api: App, ctx: ServerContext): void {
  api.get(
    '/tasks/:id/comments',
    {
      schema: {
        operationId: 'listComments',
        tags,
        summary: 'List the comments of a task, oldest first',
        params: IdParams,
        querystring: ListQuery,
        response: { 200: Page(CommentRef) },
      },
      config: authz('list', ['id']),
    },
    async (request) => {
      const { limit = 50, cursor } = request.query;
      const comments = await listComments(ctx.database, {
        userId: principalOf(request).userId,
        taskId: request.params.id,
        limit: limit + 1,
        after: cursor === undefined ? undefined : cursors.decode(cursor),
      });
      return pageOf(comments, limit, presentComment, (last) => cursors.encode([Date.parse(last.createdAt), last.id]));
    },
  );
}

function registerCreateComment(api: App, ctx: ServerContext): void {
  api.post(
    '/tasks/:id/comments',
    {
      schema: {
        operationId: 'createComment',
        tags,
        summary: 'Comment on a task',
        params: IdParams,
        headers: ChangeHeaders,
        body: CommentText,
        response: { 201: CommentRef },
      },
      config: authz('create', ['id']),
    },
    async (request, reply) => {
      const id = ctx.newId();
      const { body } = request.body;
      const changed = await carryOut(ctx, request, reply, {
        steps: [step(createComment, { id, taskId: request.params.id, body })],
      });
      const created = firstWritten(changed, 'comment')?.id ?? id;
      reply.code(201).header('location', `/api/v1/comments/${created}`);
      return sendRevised(reply, presentComment(await getComment(ctx.database, principalOf(request).userId, created)));
    },
  );
}

function registerComment(api: App, ctx: ServerContext): void {
  registerGetComment(api, ctx);
  registerUpdateComment(api, ctx);
  registerDeleteComment(api, ctx);
  registerRestoreComment(api, ctx);
}

function registerGetComment(api: App, ctx: ServerContext): void {
  api.get(
    '/comments/:id',
    {
      schema: {
        operationId: 'getComment',
        tags,
        summary: 'Read a comment',
        params: IdParams,
        response: { 200: CommentRef },
      },
      config: authz('read', ['id']),
    },
    async (request, reply) =>
      sendRevised(
        reply,
        presentComment(await getComment(ctx.database, principalOf(request).userId, request.params.id)),
      ),
  );
}

function registerUpdateComment(api: App, ctx: ServerContext): void {
  api.patch(
    '/comments/:id',
    {
      schema: {
        operationId: 'updateComment',
        tags,
        summary: 'Change the text of an own comment',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: CommentText,
        response: { 200: CommentRef },
      },
      config: authz('update', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, {
        steps: [step(updateComment, { id, body: request.body.body })],
        target: { kind: 'comment', id },
      });
      return sendRevised(reply, presentComment(await getComment(ctx.database, principalOf(request).userId, id)));
    },
  );
}

function registerDeleteComment(api: App, ctx: ServerContext): void {
  api.delete(
    '/comments/:id',
    {
      schema: {
        operationId: 'deleteComment',
        tags,
        summary: 'Withdraw a comment',
        description: 'An own one, or as admin of the project. `POST /comments/{id}/restore` brings it back.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('delete', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [step(deleteComment, { id })], target: { kind: 'comment', id } });
      return reply.code(204).send(null);
    },
  );
}

function registerRestoreComment(api: App, ctx: ServerContext): void {
  api.post(
    '/comments/:id/restore',
    {
      schema: {
        operationId: 'restoreComment',
        tags,
        summary: 'Bring back a withdrawn comment',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 200: CommentRef },
      },
      config: authz('restore', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [step(restoreComment, { id })], target: { kind: 'comment', id } });
      return sendRevised(reply, presentComment(await getComment(ctx.database, principalOf(request).userId, id)));
    },
  );
}
