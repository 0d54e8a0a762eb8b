/**
 * Vite plugin that writes sw.js: src/web/pwa/worker with the list of the files that it keeps for offline use.
 * Started by itself, with the directory of a finished build as its argument, it does the same for that.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const source = fileURLToPath(new URL('../src/web/pwa/worker/worker.ts', import.meta.url));

/** What the app loads. The manifest and its icons are read by the browser alone, and only to install the app. */
const NEEDED = /^(?:assets\/.+\.(?!map|br|gz)\w+|[^/]+\.(?:html|js|css|svg))$/;

export function serviceWorker(): Plugin {
  let outDir = '';
  return {
    name: 'tend-service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    // Once all other files are there.
    writeBundle: { order: 'post', sequential: true, handler: () => writeServiceWorker(outDir) },
  };
}

async function writeServiceWorker(directory: string): Promise<void> {
  const files = await hashFiles(directory);
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { TEND_BUILD: JSON.stringify({ version, files }) },
    build: {
      outDir: directory,
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}

async function hashFiles(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const needed = names.filter((name) => NEEDED.test(name) && name !== 'sw.js').toSorted();
  const hashed = needed.map(async (name) => {
    const digest = createHash('sha256').update(await readFile(join(directory, name)));
    return [`/${name}`, `sha256-${digest.digest('base64')}`] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

if (import.meta.main) await writeServiceWorker(resolve(process.argv[2] ?? 'dist/web'));
