import { Type } from 'typebox';
import { Favourite } from '#core/users/favourite.ts';
import { addFavourite, moveFavourite, removeFavourite } from '#core/users/user-mutators.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, RevisedChangeHeaders, step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getFavourite, listFavourites, rankForFavourite } from './favourite-repository.ts';
import { FavouriteRef, presentFavourite } from './favourite-wire.ts';

const strict = { additionalProperties: false };
const tags = ['favourites'];
const authz = authzFor('favourite');
const { targetKind, targetId } = Favourite.properties;
const Position = Type.Enum(['start', 'end'], { description: 'Where among the favourites' });

export const NewFavourite = Type.Object({ targetKind, targetId, position: Type.Optional(Position) }, strict);
export const FavouriteMove = Type.Object({ position: Position }, { ...strict, examples: [{ position: 'start' }] });

export function registerFavouriteRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/favourites',
    {
      schema: {
        operationId: 'listFavourites',
        tags,
        summary: 'List favourites',
        description: 'A target may have vanished since for this user.',
        response: { 200: Page(FavouriteRef) },
      },
      config: authz('list'),
    },
    async (request) => {
      const favourites = await listFavourites(ctx.database, principalOf(request).userId);
      return { items: favourites.map(presentFavourite), nextCursor: null };
    },
  );

  api.post(
    '/favourites',
    {
      schema: {
        operationId: 'addFavourite',
        tags,
        summary: 'Add a favourite',
        description: 'Adding one a second time changes nothing.',
        headers: ChangeHeaders,
        body: NewFavourite,
        response: { 201: FavouriteRef },
      },
      config: authz('add', ['targetId']),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { position = 'end', ...target } = request.body;
      const rank = await rankForFavourite(ctx.database, userId, position);
      await carryOut(ctx, request, reply, { steps: [step(addFavourite, { ...target, id: ctx.newId(), rank })] });
      const favourite = await getFavourite(ctx.database, userId, (each) => each.targetId === target.targetId);
      return sendRevised(reply.code(201), presentFavourite(favourite));
    },
  );
  registerFavourite(api, ctx);
}

function registerFavourite(api: App, ctx: ServerContext): void {
  api.patch(
    '/favourites/:id',
    {
      schema: {
        operationId: 'moveFavourite',
        tags,
        summary: 'Move a favourite to the start or end',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: FavouriteMove,
        response: { 200: FavouriteRef },
      },
      config: authz('update', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const rank = await rankForFavourite(ctx.database, userId, request.body.position);
      await carryOut(ctx, request, reply, {
        steps: [step(moveFavourite, { id, rank })],
        target: { kind: 'favourite', id },
      });
      return sendRevised(reply, presentFavourite(await getFavourite(ctx.database, userId, (each) => each.id === id)));
    },
  );

  api.delete(
    '/favourites/:id',
    {
      schema: {
        operationId: 'removeFavourite',
        tags,
        summary: 'Remove a favourite',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('remove', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, {
        steps: [step(removeFavourite, { id })],
        target: { kind: 'favourite', id },
      });
      return reply.code(204).send(null);
    },
  );
}
