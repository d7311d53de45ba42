import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Browser } from '@playwright/test';
import { run, ServerProcess } from '../rig/server-process.ts';

interface Sown {
  readonly strings: number;
  readonly slug: string;
  readonly joinCode: string;
  readonly workshop: string;
  readonly room: string;
  readonly organizer: string;
}

const test = base.extend<object, { hall: { server: ServerProcess; sown: Sown } }>({
  hall: [
    async ({ browser: _ }, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-hostile-'));
      const { stdout, stderr, code } = await run(process.execPath, ['tests/e2e/hostile-forum.ts', dataDir]);
      if (code !== 0) throw new Error(stderr);
      const server = new ServerProcess({}, dataDir);
      await server.start();
      await use({ server, sown: JSON.parse(stdout) as Sown });
      await server.remove();
    },
    { scope: 'worker' },
  ],
});

/** Opens each page and tells what ran, what the policy had to stop, what broke, and what was not shown. */
async function troubles(browser: Browser, origin: string, cookie: string, paths: string[], bypassCSP: boolean) {
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  const context = await browser.newContext({ baseURL: origin, bypassCSP, serviceWorkers: 'block' });
  await context.addCookies([{ name, value, url: origin }]);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  const found: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => message.text().startsWith('policy:') && found.push(message.text()));
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') found.push(`dialog: ${dialog.message()}`);
    void dialog.accept();
  });
  page.on('pageerror', (error) => found.push(`error: ${error.message}`));
  for (const path of paths) {
    const before = found.length;
    const answer = await page.goto(path, { waitUntil: 'load' });
    if (answer?.status() !== 200) found.push(`status ${answer?.status()}`);
    await page.waitForTimeout(0);
    await page.locator('h1, main').first().waitFor();
    const ran = await page.evaluate(() => (window as unknown as { __x?: unknown }).__x);
    if (ran !== undefined) found.push('a script ran');
    const links = await page.locator('a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
    for (const protocol of new Set(links))
      if (/^(javascript|data|vbscript):/.test(protocol)) found.push(`link ${protocol}`);
    found.splice(before, found.length, ...found.slice(before).map((what) => `${path}: ${what}`));
  }
  await context.close();
  return found;
}

/** What tried to run would be told by the policy; `POLICY=off` looks whether something does run without one. */
for (const bypassCSP of process.env.POLICY === 'off' ? [false, true] : [false]) {
  test(`[H15] every hostile string is only text in every page${bypassCSP ? ', also without a policy' : ''}`, async ({
    browser,
    hall: { server, sown },
  }) => {
    expect(sown.strings).toBeGreaterThan(100);
    const forum = `/forums/${sown.slug}`;
    const workshop = `${forum}/workshops/${sown.workshop}`;
    const paths = [
      '/',
      '/forums',
      '/account',
      forum,
      `${forum}/outcome`,
      `${forum}/people`,
      `${workshop}/control`,
      `${workshop}/screen`,
      `${workshop}/versions?room=${sown.room}`,
      `${workshop}?room=${sown.room}`,
      `/join/${sown.joinCode}`,
      `${forum}/settings`,
    ];
    expect(await troubles(browser, server.origin, sown.organizer, paths, bypassCSP)).toEqual([]);
  });
}
