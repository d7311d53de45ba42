import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { ServerProcess } from '../rig/server-process.ts';

/** A person with a browser of their own. */
export interface Guest {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Opens a browser of one's own on the test's server. */
export type Arrive = (name: string, options?: Parameters<Browser['newContext']>[0]) => Promise<Guest>;

interface Fixtures {
  /** A server of this test's own, first run, nobody there yet. */
  server: ServerProcess;
  arrive: Arrive;
}

export const test = base.extend<Fixtures>({
  server: async ({ browser: _ }, use) => {
    const server = new ServerProcess();
    await server.start();
    await use(server);
    await server.remove();
  },
  arrive: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, options) => {
      const context = await browser.newContext({ baseURL: server.origin, locale: 'en-GB', ...options });
      contexts.push(context);
      return { name, context, page: await context.newPage() };
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from '@playwright/test';
