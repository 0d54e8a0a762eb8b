import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { compressFiles } from './precompress.ts';

const page = fileURLToPath(new URL('docs-page/', import.meta.url));
const FROM_SWAGGER = ['swagger-ui.css', 'swagger-ui-bundle.js'];
const OURS = ['index.html', 'start.js'];

/** Vite plugin that puts the page of `/docs` together: Swagger UI as it comes from npm, nothing from elsewhere. */
export function docsPage(target: string): Plugin {
  return {
    name: 'tend-docs-page',
    apply: 'build',
    async writeBundle() {
      const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
      await mkdir(target, { recursive: true });
      for (const name of FROM_SWAGGER) await copyFile(join(swagger, name), join(target, name));
      for (const name of OURS) await copyFile(join(page, name), join(target, name));
      await compressFiles(target);
    },
  };
}
