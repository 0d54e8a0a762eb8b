import { Type } from 'typebox';
import { Id, Nullable } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { authzFor } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import { search } from './search-repository.ts';

const Kind = Type.Enum(['task', 'project', 'comment']);

const Highlighted = Type.Object({
  text: Type.String(),
  ranges: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()]), {
    description: 'Where words of the query are, as [start, end) in UTF-16 code units',
  }),
});

const SearchHit = Type.Object(
  {
    kind: Kind,
    id: Id,
    projectId: Id,
    taskId: Nullable(Id),
    title: Highlighted,
    snippet: Nullable(Highlighted),
    completed: Nullable(Type.Boolean()),
  },
  { title: 'SearchHit' },
);

const SearchQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 200, description: 'Words, of which the last may be unfinished' }),
    kind: Type.Optional(Kind),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
  },
  { additionalProperties: false },
);

export function registerSearchRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/search',
    {
      schema: {
        operationId: 'search',
        tags: ['search'],
        summary: 'Search tasks, projects and comments',
        description: 'What has all words, without regard to case and accents, best first. Nothing in the trash.',
        querystring: SearchQuery,
        response: { 200: Page(SearchHit) },
      },
      config: { ...authzFor('search')('read'), rateLimit: 'search' },
    },
    async (request) => {
      const { q, kind, limit = 20 } = request.query;
      const hits = await search(ctx.database, { userId: principalOf(request).userId, text: q, kind, limit });
      return { items: hits as never, nextCursor: null };
    },
  );
}
