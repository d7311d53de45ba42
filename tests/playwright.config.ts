import { defineConfig } from '@playwright/test';
import { keepCompiled } from '../server/process/keep-compiled.ts';
import { BROWSER_FLAGS, findBrowser } from './browser.mjs';

keepCompiled();

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  workers: 2,
  // For what never comes: a machine may be slow, or have other work.
  timeout: 480_000,
  expect: { timeout: 60_000 },
  // A machine that is busy with something else is no defect; what passes the second time is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    actionTimeout: 180_000, // a press that cannot be made is tried again before the time of the whole is over
    launchOptions: { executablePath: findBrowser(), args: BROWSER_FLAGS },
    screenshot: 'only-on-failure',
    // A fifth of the processor goes into traces: TRACE=on, where one looks for a failure.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
});
