import { UUID_PATTERN } from '#core/ids.ts';
import type {} from '@fastify/swagger';
import type { World } from './world.ts';

interface SchemaLike {
  readonly pattern?: string;
  readonly anyOf?: readonly SchemaLike[];
  readonly properties?: Readonly<Record<string, SchemaLike>>;
  readonly additionalProperties?: unknown;
  readonly $ref?: string;
}

interface OperationObject {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: SchemaLike }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: SchemaLike }>> };
  readonly 'x-authz'?: { readonly idParams?: readonly string[] };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaLike>> };
}

export interface DescribedOperation {
  /** As in `operations.ts`. */
  readonly route: string;
  readonly body: SchemaLike | undefined;
  /** Names of parameters and fields whose schema is that of an id. */
  readonly idFields: readonly string[];
  /** What the policy of the route says they are. */
  readonly idParams: readonly string[];
}

export function describedOperations(world: World): DescribedOperation[] {
  const { paths } = world.app.app.swagger() as unknown as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const body = operation.requestBody?.content['application/json']?.schema;
      const parameters = (operation.parameters ?? []).filter((each) => each.in !== 'header' && isId(each.schema));
      const fields = Object.entries(body?.properties ?? {}).filter(([, schema]) => isId(schema));
      return {
        route: `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
        body,
        idFields: [...parameters.map((each) => each.name), ...fields.map(([name]) => name)],
        idParams: operation['x-authz']?.idParams ?? [],
      };
    }),
  );
}

/** Every field that any answer has. */
export function answeredFields(world: World): string[] {
  const { components } = world.app.app.swagger() as unknown as Document;
  return [...new Set(Object.values(components.schemas).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function isId(schema: SchemaLike): boolean {
  return schema.pattern === UUID_PATTERN || (schema.anyOf?.some(isId) ?? false);
}
