import { Type } from 'typebox';
import { Id, Nullable } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { createCursorCodec, CursorParam } from '#server/rest/cursor.ts';
import { authzFor } from '#server/rest/operation.ts';
import { Page, pageOf } from '#server/rest/page.ts';
import { type Rank, RankCursor } from './search-ranking.ts';
import { search } from './search-repository.ts';

const Kind = Type.Enum(['task', 'project', 'comment', 'label']);

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
    projectId: Nullable(Id),
    taskId: Nullable(Id),
    title: Highlighted,
    snippet: Nullable(Highlighted),
    foundIn: Type.Array(Type.Enum(['title', 'label', 'description', 'comment', 'name']), {
      description: 'Which texts have words of the query',
    }),
    completed: Nullable(Type.Boolean()),
    archived: Type.Boolean({ description: 'Whether it is in an archived project' }),
  },
  { title: 'SearchHit' },
);

const SearchQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 200, description: 'Words, which may be unfinished' }),
    kind: Type.Optional(Kind),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
    cursor: Type.Optional(CursorParam),
  },
  { additionalProperties: false },
);

const cursors = createCursorCodec<Rank>('search', RankCursor);

export function registerSearchRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/search',
    {
      schema: {
        operationId: 'search',
        tags: ['search'],
        summary: 'Search tasks, comments, projects and labels',
        description:
          'What has all words, each as the beginning of one, without regard to case and accents; where less than three ' +
          'are found, with small slips of the finger too. A single letter has to be a whole word. Completed and archived ' +
          'included, nothing in the trash. What has them in its title or name comes first. Of more than a thousand ' +
          'matches the newest count.',
        querystring: SearchQuery,
        response: { 200: Page(SearchHit) },
      },
      config: { ...authzFor('search')('read'), rateLimit: 'search' },
    },
    async (request) => {
      const { q, kind, limit = 20, cursor } = request.query;
      const hits = await search(ctx.database, {
        userId: principalOf(request).userId,
        text: q,
        kind,
        limit: limit + 1,
        after: cursor === undefined ? undefined : cursors.decode(cursor),
      });
      return pageOf(
        hits,
        limit,
        ({ hit }) => hit as never,
        (last) => cursors.encode(last.rank),
      );
    },
  );
}
