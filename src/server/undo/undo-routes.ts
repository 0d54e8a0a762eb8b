import { Type } from 'typebox';
import { UUID_PATTERN } from '#core/ids.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, step } from '#server/rest/change.ts';
import { authzFor } from '#server/rest/operation.ts';
import type { ServerContext } from '#server/context.ts';
import { listMutationsOfRequest } from './undo-repository.ts';

export const UndoRequest = Type.Object(
  {
    uid: Type.String({
      pattern: UUID_PATTERN,
      description: 'The `Mutation-Uid` header of the answer to the change',
    }),
  },
  { additionalProperties: false },
);

export function registerUndoRoutes(api: App, ctx: ServerContext): void {
  api.post(
    '/undo',
    {
      schema: {
        operationId: 'undo',
        tags: ['undo'],
        summary: 'Undo an own change',
        description:
          'Turns back what the change wrote, where it still stands; what others did since stays. Of a repeating task ' +
          'only what was completed last can be undone; before that the answer is `not_undoable`. Undoing the undo does ' +
          'the change again.',
        headers: ChangeHeaders,
        body: UndoRequest,
        response: { 200: Type.Object({ uid: Type.String({ description: 'Of the undo itself' }) }) },
      },
      config: authzFor('mutation')('undo', ['uid']),
    },
    async (request, reply) => {
      const uids = await listMutationsOfRequest(ctx.database, request.body.uid);
      const steps = uids.toReversed().map((uid) => step(undo, { uid }));
      const { uid } = await carryOut(ctx, request, reply, { steps });
      return { uid };
    },
  );
}
