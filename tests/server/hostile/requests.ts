import type {} from '@fastify/swagger';
import fc from 'fast-check';
import type { Method, TestApp } from '#tests/support/test-app.ts';
import { almostValid, hostileText, type JsonSchema, validValue } from './arbitraries.ts';

export interface HostileRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly schema: JsonSchema;
}

interface OperationObject {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
}

export interface HostileOperation {
  readonly name: string;
  readonly requests: fc.Arbitrary<HostileRequest>;
}

/** Requests for every operation of the OpenAPI document: some right, most with one thing wrong, some with nothing right. */
export function hostileOperations(app: TestApp, token: string, ids: readonly string[]): HostileOperation[] {
  const { paths } = app.app.swagger() as unknown as Described;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      requests: requestsFor(path, method.toUpperCase() as Method, operation, token, ids),
    })),
  );
}

function requestsFor(
  path: string,
  method: Method,
  operation: OperationObject,
  token: string,
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const parameters = operation.parameters ?? [];
  const body = operation.requestBody?.content['application/json']?.schema;
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const segments = fc.record(Object.fromEntries(inPath.map(({ name }) => [name, pathValue(ids)])));
  const query = fc.dictionary(
    fc.constantFrom(...inQuery.map(({ name }) => name), 'extra'),
    fc.oneof(hostileText, ...inQuery.map(({ schema }) => validValue(schema, ids).map(String))),
    { maxKeys: 4 },
  );
  const repeated = fc.boolean();
  return fc
    .record({
      segments,
      query,
      repeated,
      payload: body ? almostValid(body, ids) : fc.constant(undefined),
      headers: headersFor(token),
    })
    .map(({ segments: values, query: wanted, repeated: twice, payload, headers }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
      const pairs = Object.entries(wanted).map(([name, value]) => `${escape(name)}=${escape(value)}`);
      const text = (twice ? [...pairs, ...pairs.slice(0, 1)] : pairs).join('&');
      return { method, url: text ? `${filled}?${text}` : filled, headers, payload };
    });
}

/** Percent-encoded, also what `encodeURIComponent` refuses. */
function escape(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function pathValue(ids: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...ids), weight: 5 },
    { arbitrary: fc.uuid(), weight: 1 },
    { arbitrary: hostileText.map((text) => escape(text).replaceAll('.', '%2e')), weight: 1 },
    { arbitrary: fc.constantFrom('%', '%zz', '%ff', '%c0%80', '%2F', 'a'.repeat(300)), weight: 1 },
  );
}

/** Node refuses other characters in headers before we see them. */
const headerText = fc.oneof(
  fc.constantFrom('"1"', 'W/"1"', '*', '""', '"-1"', '"99999999999999999999"', 'a'.repeat(300), '%00', '{}'),
  fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\u0020-\u007e]/g, '')),
);

function headersFor(token: string): fc.Arbitrary<Record<string, string>> {
  const authorization = fc.oneof(
    { arbitrary: fc.constant(`Bearer ${token}`), weight: 30 },
    { arbitrary: headerText, weight: 1 },
    { arbitrary: fc.constantFrom('Bearer', 'Bearer a.b.c', 'Basic YTpi', `bearer ${token}x`), weight: 1 },
  );
  return fc.record(
    { authorization, 'if-match': headerText, 'idempotency-key': headerText },
    { requiredKeys: ['authorization'] },
  );
}
