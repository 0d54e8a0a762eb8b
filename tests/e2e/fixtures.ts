import { test as base, expect } from '@playwright/test';
import { startTend, type TendProcess } from '#tests/support/tend-process.ts';
import { leaveSafely } from './leaving.ts';

interface TestFixtures {
  /** Errors of the page, refused content included. A test that expects one takes it out. */
  readonly pageErrors: string[];
}

interface WorkerFixtures {
  /** A server per worker, with a database of its own. Tests that share it make users of their own. */
  readonly server: TendProcess;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
    async ({}, provide) => {
      const server = await startTend({ env: { RATE_LIMIT_FACTOR: '10000' } });
      await provide(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, provide) => provide(server.url),
  page: async ({ page }, provide) => {
    leaveSafely(page);
    await provide(page);
  },
  pageErrors: [
    async ({ page }, provide) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(`${error}`));
      page.on('console', (message) => {
        // Chromium reports answers of the server with 4xx here; those are for the test to judge.
        const isAnswer = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isAnswer) errors.push(message.text());
      });
      await provide(errors);
      expect(errors, 'errors in the console of the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
