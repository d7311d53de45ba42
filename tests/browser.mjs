// Which Chromium the tests drive: one that is named, one that is installed, or Playwright's own.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = [
  '/usr/bin/chromium-headless-shell', // a third less work than a whole browser, whose windows nobody sees
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a browser, or undefined when there is none yet. */
export function findBrowser() {
  return [process.env.CHROMIUM, ...INSTALLED, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** The sandbox needs privileges that containers lack; the rest keeps the browser from calling its maker. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No page holds another site's: else every second process is one that is kept ready for such a page and never used.
  '--disable-site-isolation-trials',
];
