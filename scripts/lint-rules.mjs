/** Rules of our own for oxlint: what none of its rules can say. */

/**
 * `[{ allow: [regex], deny: [regex], message }, …]`: an import must match one `allow` of every entry and none of its
 * `deny`. oxlint's no-restricted-imports can only forbid, so a new package would pass it; it also skips `import()`.
 */
const imports = {
  meta: {
    type: 'problem',
    docs: { description: 'which folder may import what (STYLE.md)' },
    schema: { type: 'array', items: { type: 'object' } },
  },
  create(context) {
    const rules = context.options.map(({ allow = ['.*'], deny = [], message }) => ({
      allow: new RegExp(allow.join('|')),
      deny: deny.length > 0 ? new RegExp(deny.join('|')) : undefined,
      message,
    }));
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      for (const { allow, deny, message } of rules) {
        if (!allow.test(source.value) || deny?.test(source.value)) {
          context.report({ node: source, message: `'${source.value}' may not be imported here. ${message}` });
        }
      }
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    };
  },
};

const noAmbientDate = {
  meta: {
    type: 'problem',
    docs: { description: 'core takes the time as an argument and never reads a clock' },
    schema: [],
  },
  create(context) {
    const message = 'The time comes in as an argument: core never reads a clock.';
    const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;
    const report = (node) => context.report({ node, message });
    return {
      NewExpression(node) {
        if (isNamed(node.callee, 'Date') && node.arguments.length === 0) report(node);
      },
      CallExpression(node) {
        // `Date()` gives the current time as text, whatever its arguments are.
        if (isNamed(node.callee, 'Date')) report(node);
      },
      MemberExpression(node) {
        if (isNamed(node.object, 'Temporal') && isNamed(node.property, 'Now')) report(node);
      },
    };
  },
};

export default {
  meta: { name: 'tend' },
  rules: { imports, 'no-ambient-date': noAmbientDate },
};
