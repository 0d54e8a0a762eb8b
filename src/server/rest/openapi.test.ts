import type {} from '@fastify/swagger';
import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly unknown[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

test('every operation of the API has a name, a summary, an answer and the errors in the document', async () => {
  await using app = await createTestApp();
  const response = await app.app.inject({ url: '/openapi.json' });
  const document = response.json<Document>();
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, each]) => ({ at: `${method} ${path}`, ...each })),
    );
  for (const { at, operationId, summary, tags, responses } of operations) {
    expect(operationId, at).toMatch(/^[a-z][A-Za-z]+$/);
    expect(summary, at).not.toBe('');
    expect(tags, at).toHaveLength(1);
    expect(Object.keys(responses), at).toContain('default');
    if (operationId !== 'streamEvents')
      expect(
        Object.keys(responses).some((status) => status.startsWith('2')),
        at,
      ).toBe(true);
  }
  const names = operations.map((each) => each.operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('every reference in the document leads somewhere', async () => {
  await using app = await createTestApp();
  const { body } = await app.app.inject({ url: '/openapi.json' });
  const { components } = JSON.parse(body) as Document;
  const references = Array.from(body.matchAll(/"\$ref":"([^"]+)"/g), (match) => match[1]);
  expect(references.length).toBeGreaterThan(20);
  for (const reference of new Set(references)) {
    const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(reference ?? '') ?? [];
    expect(Object.keys(components.schemas), reference).toContain(name);
  }
});
