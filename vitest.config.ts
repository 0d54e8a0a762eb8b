import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const serverTests = ['src/server/**/*.test.ts', 'src/cli/**/*.test.ts', 'tests/server/**/*.test.ts'];

// Needs npm and the network, and proves nothing about the database engine.
const onceOnly = ['tests/server/deployment.test.ts'];

// Has nothing to do with a database, or with one engine only.
const engineFree = [
  'tests/server/isolation/authorisation-removed.test.ts',
  'src/server/config.test.ts',
  'src/server/auth/sha256-crypt.test.ts',
  'src/server/db/database-errors.test.ts',
  'src/server/db/sqlite-dialect.test.ts',
  'src/server/http/hostile-input.test.ts',
  'src/server/http/static-web.test.ts',
  'src/server/search/search-words.test.ts',
];
const postgresOnly = ['src/server/**/*.pg.test.ts', 'tests/server/**/*.pg.test.ts'];

// The tests whose worth grows with their volume.
const tortureTests = ['tests/server/durability/kill.test.ts'];

export default defineConfig({
  test: {
    // Vitest would leave one core of two idle.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'core', include: ['src/core/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['src/web/**/*.test.{ts,tsx}', 'tests/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['tests/support/web-setup.ts'],
          // A DOM per file would take five times as long as the tests. Each test leaves the document empty.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          include: serverTests,
          exclude: postgresOnly,
          env: { TEST_DATABASE: 'sqlite' },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server-postgres',
          include: serverTests,
          exclude: [...onceOnly, ...engineFree],
          env: { TEST_DATABASE: 'postgres' },
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'sync',
          include: ['tests/sync/**/*.test.ts'],
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'architecture',
          include: ['tests/architecture/**/*.test.ts', 'scripts/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      ...(['sqlite', 'postgres'] as const).map((engine) => ({
        test: {
          name: `torture-${engine}`,
          include: [...tortureTests, ...(engine === 'postgres' ? ['tests/server/processes/proxies.pg.test.ts'] : [])],
          env: { TEST_DATABASE: engine, TEST_VOLUME: process.env['TEST_VOLUME'] ?? '50' },
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          fileParallelism: false,
          testTimeout: 12 * 3_600_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
