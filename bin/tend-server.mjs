#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for TypeScript gets to say so, and so that the cache is there before the
// first TypeScript file: with all of them in it, the 15 MiB of the type stripper are never loaded.
import { enableCompileCache, flushCompileCache } from 'node:module';

if (Number(process.versions.node.split('.', 1)[0]) < 26) {
  process.stderr.write(`Tend needs Node 26 or newer; this is ${process.versions.node}. "npm start" brings its own.\n`);
  process.exit(1);
}
enableCompileCache();
await import('#server/main.ts');
// Now instead of at the end, which a crash would skip.
flushCompileCache();
