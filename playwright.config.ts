import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from '#tests/support/chromium.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  // A journey that needs a second try is a defect of the page or of the test.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunchOptions(),
    viewport: { width: 1280, height: 800 },
    // Its requests would pass by those that journeys watch; tests/e2e/pwa.spec.ts tests the real one.
    serviceWorkers: 'block',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    // Recording takes a third of the time of a journey. Without it a failure leaves a picture and the page's outline.
    trace: process.env['CI'] ? 'off' : 'retain-on-failure',
  },
});
