#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for TypeScript gets to say so.
if (Number(process.versions.node.split('.', 1)[0]) < 26) {
  process.stderr.write(`Tend needs Node 26 or newer; this is ${process.versions.node}. "npm start" brings its own.\n`);
  process.exit(1);
}
await import('#cli/main.ts');
