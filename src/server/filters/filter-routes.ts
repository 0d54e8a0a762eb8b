import { Type } from 'typebox';
import { type Filter, QUERY_MAX } from '#core/filters/filter.ts';
import { Nullable, Text } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { authzFor } from '#server/rest/operation.ts';
import { readFilter } from './read-filter.ts';

const Fault = Type.Object({
  code: Type.String(),
  start: Type.Integer({ description: 'In UTF-16 code units' }),
  end: Type.Integer({ description: 'Behind the last code unit' }),
  message: Type.String(),
  fixes: Type.Array(
    Type.Object(
      { label: Type.String(), start: Type.Integer(), end: Type.Integer(), text: Type.String() },
      { description: 'Replaces [start, end) of the query; the likeliest first' },
    ),
  ),
});

const Pane = Type.Object({
  title: Nullable(Type.String()),
  where: Type.Object({ kind: Type.String() }, { description: 'A tree of `and`, `or`, `not` and terms' }),
  sort: Type.Array(Type.Object({ key: Type.String(), descending: Type.Boolean() })),
  group: Nullable(Type.String()),
  limit: Nullable(Type.Integer()),
  with: Type.Array(Type.Enum(['subtasks', 'parents'])),
});

const ParsedFilter = Type.Object(
  {
    ast: Type.Unsafe<Filter>(Type.Object({ panes: Type.Array(Pane) })),
    query: Type.String({ description: 'The same in its usual spelling' }),
    words: Type.String({ description: "What it shows, as a sentence in the user's language" }),
    warnings: Type.Array(Fault, { description: 'Names that nothing has' }),
  },
  { title: 'ParsedFilter' },
);

const Query = Type.Object(
  { query: Text(QUERY_MAX) },
  { additionalProperties: false, examples: [{ query: '(today | overdue) & #Work sort:priority' }] },
);

export function registerFilterRoutes(api: App, ctx: ServerContext): void {
  api.post(
    '/filters/parse',
    {
      schema: {
        operationId: 'parseFilter',
        tags: ['filters'],
        summary: 'Read a query of the filter language',
        description:
          'The language is in docs/filters.md. A query that is wrong answers 422 with `position`, `suggestion` (the ' +
          'query as it may have been meant) and all `faults`, each with its place and its fixes.',
        body: Query,
        response: { 200: ParsedFilter },
      },
      config: { ...authzFor('filter')('parse'), rateLimit: 'search' },
    },
    async (request) => {
      const { query } = request.body;
      const { filter, warnings, context } = await readFilter(ctx, principalOf(request).userId, query, '/query');
      const [{ printFilter }, { describeFilter }] = await Promise.all([
        import('#core/filters/print-filter.ts'),
        import('#core/filters/describe-filter.ts'),
      ]);
      const { locale } = context;
      return {
        ast: filter,
        query: printFilter(filter, context, locale),
        words: describeFilter(filter, context, locale),
        warnings: warnings as never,
      };
    },
  );
}
