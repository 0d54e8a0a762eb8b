import { expect, test } from 'vitest';
import { MUTATORS } from '#core/mutators.ts';
import { ROW_SCHEMAS } from '#core/rows.ts';
import * as protocol from './protocol.ts';

/** FNV-1a over the JSON of a schema: enough to notice that it changed. */
function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(value)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}

test('a change of what goes over the wire is a decision: raise PROTOCOL_VERSION or SCHEMA_VERSION, or add only', () => {
  const { PushRequest, PushResponse, PullRequest, PullResponse, PageQuery, PageResponse } = protocol;
  expect({
    protocol: protocol.PROTOCOL_VERSION,
    messages: fingerprint([PushRequest, PushResponse, PullRequest, PullResponse, PageQuery, PageResponse]),
    schema: protocol.SCHEMA_VERSION,
    rows: fingerprint(ROW_SCHEMAS),
    mutators: fingerprint(MUTATORS.toSorted((a, b) => a.key.localeCompare(b.key)).map(({ key, args }) => [key, args])),
  }).toMatchInlineSnapshot(`
    {
      "messages": "36545475",
      "mutators": "e3433235",
      "protocol": 1,
      "rows": "df2bf84b",
      "schema": 1,
    }
  `);
});
