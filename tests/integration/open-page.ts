import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from '../browser.mjs';

/** A page in a real browser, and how to end both. */
export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** `answers`: what is served, by path; the front page is opened. */
export async function openPage(answers: Readonly<Record<string, string>>): Promise<OpenPage> {
  const server = createServer((req, res) => {
    res.setHeader('content-type', req.url?.endsWith('.js') ? 'text/javascript' : 'text/html');
    res.end(answers[req.url ?? ''] ?? '');
  }).listen(0);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
