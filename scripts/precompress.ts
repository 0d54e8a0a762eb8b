/** Vite plugin that writes .br and .gz beside every text asset, so that the server never compresses one itself. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:html|js|css|svg|json|webmanifest|txt|map)$/;

const encoders: Readonly<Record<string, (data: Buffer) => Promise<Buffer>>> = {
  // The last two steps take seconds for a large file and save two per cent.
  br: (data) =>
    promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: data.length > 500_000 ? 9 : 11 } }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
};

export function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'tend-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    // Last of all plugins; Vite has copied the public files before.
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: () => compressFiles(outDir),
    },
  };
}

export async function compressFiles(directory: string): Promise<void> {
  const files = await readdir(directory, { recursive: true });
  await Promise.all(files.filter((file) => TEXT.test(file)).map((file) => compress(join(directory, file))));
}

async function compress(path: string): Promise<void> {
  const data = await readFile(path);
  for (const [extension, encode] of Object.entries(encoders)) {
    const encoded = await encode(data);
    if (encoded.length < data.length) await writeFile(`${path}.${extension}`, encoded);
  }
}
