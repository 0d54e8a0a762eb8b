/** Vite plugin that leaves the schemas of src/core out of the web app, which reads none (docs/adr/0030). */
import { type ESTree, parseSync, type Plugin, Visitor } from 'vite';

/** What mutators and rows hold in place of a schema; some take fields of another one. */
const NOTHING = '({ properties: {} })';

export function withoutSchemas(): Plugin {
  return {
    name: 'tend-without-schemas',
    apply: 'build',
    // Before types are stripped, with which imports of types go.
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/core\/[^?]+\.ts$/, code: 'Type.' },
      handler: (code, id) => ({ code: dropSchemas(code, id), map: null }),
    },
  };
}

/** Takes out TypeBox and puts nothing in the place of each outermost call of it or of a helper of schema.ts. */
export function dropSchemas(code: string, id: string): string {
  const calls: ESTree.CallExpression[] = [];
  const helpers = new Set<string>();
  const parts: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  new Visitor({
    ImportDeclaration({ source, specifiers, start, end }) {
      if (source.value === 'typebox') parts.push({ start, end, text: '' });
      if (source.value === '#core/schema.ts') for (const { local } of specifiers) helpers.add(local.name);
    },
    FunctionDeclaration(node) {
      if (id.endsWith('/src/core/schema.ts') && node.id) helpers.add(node.id.name);
    },
    CallExpression(node) {
      calls.push(node);
    },
  }).visit(parseSync(id, code).program);
  for (const { callee, start, end } of calls) {
    if (isSchemaMaker(callee, helpers)) parts.push({ start, end, text: NOTHING });
  }
  let result = '';
  let done = 0;
  for (const { start, end, text } of parts.toSorted((a, b) => a.start - b.start)) {
    if (start < done) continue;
    result += code.slice(done, start) + text;
    done = end;
  }
  return result + code.slice(done);
}

function isSchemaMaker(callee: ESTree.Expression, helpers: ReadonlySet<string>): boolean {
  if (callee.type === 'Identifier') return helpers.has(callee.name);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Type';
}
