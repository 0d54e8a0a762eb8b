import swagger from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import type { App } from './type-provider.ts';
import { PROBLEM_TYPE } from './problem.ts';

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence for people' },
    code: { type: 'string', description: 'For programs' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'JSON Pointer into the input' },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

/** OpenAPI 3.1 from the schemas that check the requests. Must be installed before the routes. */
export async function installOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tend',
        version,
        description:
          'Errors are RFC 9457 problems with a `code`. Lists take `limit` and `cursor`. ' +
          'Writes take `Idempotency-Key`, and `If-Match` with the revision that they expect.',
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        schemas: { Problem: PROBLEM_SCHEMA as never },
      },
    },
    hideUntagged: false,
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, i) =>
        typeof schema['$id'] === 'string' ? schema['$id'] : `schema-${i}`,
    },
    transform: ({ schema, url, route }) => ({ schema: describeRoute(schema, route), url }),
  });
  let document: string | undefined;
  app.get(
    '/openapi.json',
    { schema: { hide: true }, config: { authz: { access: 'public', resource: 'documentation', action: 'read' } } },
    async (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.type('application/json').send(document);
    },
  );
}

type RouteSchema = NonNullable<RouteOptions['schema']>;

function describeRoute(schema: RouteSchema | undefined, route: RouteOptions): RouteSchema {
  const { authz } = route.config ?? {};
  const problem = {
    description: 'Problem',
    content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const { response, ...rest } = (schema ?? {}) as RouteSchema & { response?: Record<string, TSchema> };
  return {
    ...rest,
    ...(authz && { 'x-authz': authz, ...(authz.access !== 'public' && { security: [{ bearer: [] }] }) }),
    ...(!schema?.hide && { response: { ...response, default: problem } }),
  };
}
