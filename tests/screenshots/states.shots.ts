import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../e2e/fixtures.ts';
import { LONG_FORUM, LONG_TEXTS, REAL_FORUM, REAL_TEXTS } from '../e2e/states/hall.ts';
import { WAYS } from '../e2e/states/ways.ts';

/** Where the pictures go, to be looked at and not kept. */
const FOLDER = join(import.meta.dirname, '../../playwright-report/states');
const WIDTHS = [360, 1280];

/** `TEXTS=long`: what people should not write, and do. `LOCALE=ru`: the interface in Russian. */
const isLong = process.env.TEXTS === 'long';
const locale = process.env.LOCALE === 'ru' ? 'ru' : 'en';

test.use({ actionTimeout: 30_000 });

for (const [what, walk] of WAYS)
  test(`${what}: every state at two widths, light, dark and from right to left`, async ({ server, arrive }) => {
    test.setTimeout(1_800_000);
    mkdirSync(FOLDER, { recursive: true });
    let at = 0;
    await walk({
      server,
      arrive,
      locale,
      forum: isLong ? LONG_FORUM : REAL_FORUM,
      texts: isLong ? LONG_TEXTS : REAL_TEXTS,
      look: async (page, state) => {
        const own = page.viewportSize()!;
        const name = [what, String((at += 1)).padStart(2, '0'), state]
          .map((part) => part.replace(/[^\w]+/g, '-'))
          .join('-');
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width < 600 ? 740 : 800 });
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await shot(page, `${name}-${width}-${colorScheme}`);
          }
          await page.emulateMedia({ colorScheme: 'light' });
          await turn(page, 'rtl');
          await shot(page, `${name}-${width}-rtl`);
          await turn(page, 'ltr');
        }
        await page.setViewportSize(own);
      },
    });
  });

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });

const turn = (page: Page, direction: 'ltr' | 'rtl') =>
  page.evaluate((dir) => {
    document.documentElement.dir = dir;
  }, direction);
