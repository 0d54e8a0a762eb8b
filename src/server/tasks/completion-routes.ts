import { Type } from 'typebox';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { createCursorCodec } from '#server/rest/cursor.ts';
import { authzFor, IdParams } from '#server/rest/operation.ts';
import { Page, pageOf, pageParams } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { type CompletionPlace, listCompletions } from './completion-repository.ts';
import { CompletionRef, presentCompletion } from './completion-wire.ts';

const cursors = createCursorCodec<CompletionPlace>(
  'completions',
  Type.Tuple([Type.Integer({ minimum: 0 }), Type.String({ maxLength: 80 })]),
);

export function registerCompletionRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/tasks/:id/completions',
    {
      schema: {
        operationId: 'listCompletions',
        tags: ['tasks'],
        summary: 'List what was done of a repeating task, latest first',
        description:
          'One entry for each date that was completed. After the last date the task is completed itself, as one that ' +
          'does not repeat is, and has `completedAt`.',
        params: IdParams,
        querystring: Type.Object(pageParams, { additionalProperties: false }),
        response: { 200: Page(CompletionRef) },
      },
      config: authzFor('completion')('list', ['id']),
    },
    async (request) => {
      const { limit = 50, cursor } = request.query;
      const completions = await listCompletions(ctx.database, {
        userId: principalOf(request).userId,
        taskId: request.params.id,
        limit: limit + 1,
        after: cursor === undefined ? undefined : cursors.decode(cursor),
      });
      return pageOf(completions, limit, presentCompletion, (last) =>
        cursors.encode([Date.parse(last.completedAt), last.id]),
      );
    },
  );
}
