/** Builds the web app when its sources have changed since the last build. Runs on any Node from 18 on. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode, root } from './installation.mjs';

const stampFile = join(root, 'dist', 'web.sha256');

/** Ends the process when the build fails. */
export function ensureWebBuild() {
  const hash = sourceHash();
  const isThere = [join(root, 'dist/web/index.html'), join(root, 'dist/docs/index.html'), stampFile].every(existsSync);
  if (isThere && readFileSync(stampFile, 'utf8') === hash) return;
  console.log('Building the web app …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const result = spawnSync(pinnedNode(), [vite, 'build'], { cwd: root, stdio: 'inherit', env: pinnedEnvironment() });
  if (result.status !== 0) process.exit(result.status || 1);
  writeFileSync(stampFile, hash);
}

/** Of contents, not of times: a clone, a copy and an image layer each change the times. */
function sourceHash() {
  const hash = createHash('sha256');
  const plugins = ['docs-page', 'lean-icons', 'precompress', 'service-worker', 'without-schemas'].map(
    (name) => `scripts/${name}.ts`,
  );
  const files = ['package-lock.json', 'vite.config.ts', ...plugins];
  for (const folder of ['src/web', 'src/core', 'scripts/docs-page']) files.push(...filesBelow(folder));
  for (const file of files.filter((name) => existsSync(join(root, name))).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}
