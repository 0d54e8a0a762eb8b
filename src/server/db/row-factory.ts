/**
 * A function that makes one object from another by a fixed list of fields, each a JavaScript expression over `v`.
 * Generated, because a loop over field names costs as much as the query whose rows it copies
 * (115 µs against 58 µs for 20 rows of 24 columns). Names and expressions come from our own source only.
 */
export function compileFactory<In, Out>(
  fields: readonly (readonly [name: string, expression: string])[],
  helpers: Readonly<Record<string, unknown>> = {},
): (value: In) => Out {
  const body = fields.map(([name, expression]) => `${JSON.stringify(name)}: ${expression}`).join(', ');
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- see above; no input of any caller reaches this text
  const build = new Function(...Object.keys(helpers), `'use strict'; return (v) => ({ ${body} })`);
  return build(...Object.values(helpers)) as (value: In) => Out;
}
