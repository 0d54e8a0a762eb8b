import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { docsPage } from './scripts/docs-page.ts';
import { leanIcons } from './scripts/lean-icons.ts';
import { precompress } from './scripts/precompress.ts';
import { serviceWorker } from './scripts/service-worker.ts';
import { withoutSchemas } from './scripts/without-schemas.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '8000'}`;

export default defineConfig({
  root: 'src/web',
  plugins: [
    withoutSchemas(),
    leanIcons(),
    react(),
    tailwindcss(),
    serviceWorker(),
    precompress(),
    docsPage('dist/docs'),
  ],
  // React has it, and the stand-in for older ones is CommonJS.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim\/index\.js$/, replacement: 'react' }] },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    // The content security policy allows no data: URL in scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What the first chunk loads later it mostly loads ahead of need: naming all that this imports would cost it 3 kB.
      resolveDependencies: (_file, imported, { hostId }) =>
        hostId.startsWith('assets/index-') ? imported.filter((file) => file.endsWith('.css')) : imported,
    },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: ['../..'] },
    proxy: Object.fromEntries(
      ['/api', '/docs', '/openapi.json', '/healthz', '/readyz'].map((path) => [path, { target: server }]),
    ),
  },
});
