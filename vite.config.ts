import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { docsPage } from './scripts/docs-page.ts';
import { precompress } from './scripts/precompress.ts';
import { serviceWorker } from './scripts/service-worker.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '8000'}`;

export default defineConfig({
  root: 'src/web',
  plugins: [react(), tailwindcss(), serviceWorker(), precompress(), docsPage('dist/docs')],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    // The content security policy allows no data: URL in scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
