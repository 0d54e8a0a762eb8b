import { Type } from 'typebox';
import { QUERY_MAX } from '#core/filters/filter.ts';
import { SavedFilter } from '#core/filters/saved-filter.ts';
import { createFilter, deleteFilter, updateFilter } from '#core/filters/saved-filter-mutators.ts';
import { Text } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { readFilterContext } from './filter-context.ts';
import { readFilter } from './read-filter.ts';
import { getFilter, listFilters, rankForFilter } from './saved-filter-repository.ts';
import { FilterRef, presentFilter, type WireFilter } from './saved-filter-wire.ts';

const strict = { additionalProperties: false };
const tags = ['filters'];
const authz = authzFor('filter');
const { name, color } = SavedFilter.properties;
const query = Text(QUERY_MAX);
const position = Type.Optional(Type.Enum(['start', 'end'], { description: 'Where among the filters' }));

export const NewFilter = Type.Object(
  { name, query, color: Type.Optional(color), position },
  { ...strict, examples: [{ name: 'Now', query: '(today | overdue) & p1' }] },
);

export const FilterChanges = Type.Object(
  { name: Type.Optional(name), query: Type.Optional(query), color: Type.Optional(color), position },
  { ...strict, examples: [{ query: 'today | overdue' }] },
);

export function registerSavedFilterRoutes(api: App, ctx: ServerContext): void {
  registerReads(api, ctx);
  registerCreateFilter(api, ctx);
  registerUpdateFilter(api, ctx);
  registerDeleteFilter(api, ctx);
}

/** Stored queries name things by id; people read the names of today. */
async function presentAll(ctx: ServerContext, userId: string, filters: readonly SavedFilter[]): Promise<WireFilter[]> {
  const [{ shownQuery }, context] = await Promise.all([
    import('#core/filters/stored-filter.ts'),
    readFilterContext(ctx, userId),
  ]);
  return filters.map((filter) => presentFilter(filter, shownQuery(filter.query, context)));
}

async function presentOne(ctx: ServerContext, userId: string, id: string): Promise<WireFilter> {
  const filter = await getFilter(ctx.database, userId, id);
  const [shown = presentFilter(filter, filter.query)] = await presentAll(ctx, userId, [filter]);
  return shown;
}

async function storedQuery(ctx: ServerContext, userId: string, text: string): Promise<string> {
  const { filter } = await readFilter(ctx, userId, text, '/query');
  const { storeFilter } = await import('#core/filters/print-filter.ts');
  return storeFilter(filter);
}

function registerReads(api: App, ctx: ServerContext): void {
  api.get(
    '/filters',
    {
      schema: {
        operationId: 'listFilters',
        tags,
        summary: 'List filters',
        description: 'Those that the user keeps, in their order.',
        response: { 200: Page(FilterRef) },
      },
      config: authz('list'),
    },
    async (request) => {
      const { userId } = principalOf(request);
      const filters = await listFilters(ctx.database, userId);
      return { items: await presentAll(ctx, userId, filters), nextCursor: null };
    },
  );

  api.get(
    '/filters/:id',
    {
      schema: {
        operationId: 'getFilter',
        tags,
        summary: 'Read a filter',
        params: IdParams,
        response: { 200: FilterRef },
      },
      config: authz('read', ['id']),
    },
    async (request, reply) => sendRevised(reply, await presentOne(ctx, principalOf(request).userId, request.params.id)),
  );
}

function registerCreateFilter(api: App, ctx: ServerContext): void {
  api.post(
    '/filters',
    {
      schema: {
        operationId: 'createFilter',
        tags,
        summary: 'Keep a filter',
        description: 'The query is read as `POST /filters/parse` reads it. Names in it follow what they name.',
        headers: ChangeHeaders,
        body: NewFilter,
        response: { 201: FilterRef },
      },
      config: authz('create'),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { position: at = 'end', ...given } = request.body;
      const id = ctx.newId();
      const stored = await storedQuery(ctx, userId, given.query);
      const rank = await rankForFilter(ctx.database, userId, at);
      const steps = [step(createFilter, { ...given, query: stored, id, rank })];
      const changed = await carryOut(ctx, request, reply, { steps });
      const created = firstWritten(changed, 'filter')?.id ?? id;
      reply.code(201).header('location', `/api/v1/filters/${created}`);
      return sendRevised(reply, await presentOne(ctx, userId, created));
    },
  );
}

function registerUpdateFilter(api: App, ctx: ServerContext): void {
  api.patch(
    '/filters/:id',
    {
      schema: {
        operationId: 'updateFilter',
        tags,
        summary: 'Change a filter',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: FilterChanges,
        response: { 200: FilterRef },
      },
      config: authz('update', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const { position: at, query: text, ...given } = request.body;
      await getFilter(ctx.database, userId, id);
      const stored = text === undefined ? {} : { query: await storedQuery(ctx, userId, text) };
      const rank = at && (await rankForFilter(ctx.database, userId, at));
      const steps = [step(updateFilter, { ...given, ...stored, id, ...(rank && { rank }) })];
      await carryOut(ctx, request, reply, { steps, target: { kind: 'filter', id } });
      return sendRevised(reply, await presentOne(ctx, userId, id));
    },
  );
}

function registerDeleteFilter(api: App, ctx: ServerContext): void {
  api.delete(
    '/filters/:id',
    {
      schema: {
        operationId: 'deleteFilter',
        tags,
        summary: 'Delete a filter',
        description: '`POST /undo` brings it back.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('delete', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await getFilter(ctx.database, principalOf(request).userId, id);
      await carryOut(ctx, request, reply, { steps: [step(deleteFilter, { id })], target: { kind: 'filter', id } });
      return reply.code(204).send(null);
    },
  );
}
