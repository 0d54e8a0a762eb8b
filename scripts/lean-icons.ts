import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const createIcon = fileURLToPath(new URL('../src/web/ui/create-icon.ts', import.meta.url));
const IMPORT = "import createLucideIcon from '../createLucideIcon.mjs';";

/** Vite plugin that draws the icons of lucide-react with src/web/ui/create-icon.ts, and without what only that reads. */
export function leanIcons(): Plugin {
  return {
    name: 'tend-lean-icons',
    apply: 'build',
    transform: {
      filter: { id: /\/lucide-react\/dist\/esm\/icons\/[^?]+\.mjs$/, code: 'createLucideIcon(' },
      handler(code, id) {
        if (!code.includes(IMPORT))
          return this.error(`${id} is written in a way that scripts/lean-icons.ts does not know.`);
        return { code: leanIcon(code), map: null };
      },
    },
  };
}

/** Keys are for React while developing; the children of an icon never change. */
export function leanIcon(code: string): string {
  return code
    .replace(IMPORT, `import { createIcon as createLucideIcon } from ${JSON.stringify(createIcon)};`)
    .replace(/^ {2}(?:name: "[^"]*"|size: 24),$/gm, '')
    .replace(/, key: "[^"]*"/g, '');
}
