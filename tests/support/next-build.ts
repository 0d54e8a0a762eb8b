import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface NextBuild extends AsyncDisposable {
  readonly directory: string;
}

/**
 * The built web app as the next release would have it: each file with a hash in its name has another name, as after a
 * change that reaches all of them, and the old names are gone. Its pages say `data-build="next"`.
 */
export async function makeNextBuild(): Promise<NextBuild> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-next-build-'));
  await cp(join(root, 'dist/web'), directory, {
    recursive: true,
    filter: (path) => !/\.(?:br|gz)$|sw\.js$|\.vite/.test(path),
  });
  const assets = await readdir(join(directory, 'assets'));
  const renamed = new Map(assets.map((name) => [name, name.replace(/-.{4}(.{4}\.\w+)$/, '-next$1')]));
  for (const [from, to] of renamed) await rename(join(directory, 'assets', from), join(directory, 'assets', to));
  const code = [...renamed.values()].filter((name) => /\.(?:js|css)$/.test(name));
  const texts = ['index.html', ...code.map((name) => `assets/${name}`)];
  for (const name of texts) {
    let text = await readFile(join(directory, name), 'utf8');
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    await writeFile(join(directory, name), text.replace('<html ', '<html data-build="next" '));
  }
  await promisify(execFile)(process.execPath, [join(root, 'scripts/service-worker.ts'), directory], { cwd: root });
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}
