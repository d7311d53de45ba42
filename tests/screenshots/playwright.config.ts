import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from '../browser.mjs';

/** `npm run screenshots`: the README's pictures, made anew from a real forum on a real server; `screenshots:states`: all there is to see. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 180_000,
  reporter: [['list']],
  use: { locale: 'en-GB', launchOptions: { executablePath: findBrowser(), args: BROWSER_FLAGS } },
});
