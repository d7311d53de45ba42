import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import type { Locale } from '#lib/i18n/locales.ts';
import type { ServerProcess } from '../../rig/server-process.ts';
import { expect, type Guest } from '../fixtures.ts';
import type { MadeForum } from '../forum-on.ts';
import type { Texts } from './hall.ts';
import type { Words } from './words.ts';

/** Looks at a page as it stands; `board` for what people write in, which must do in low windows, too. */
export type Look = (page: Page, state: string, where?: 'board') => Promise<void>;

export interface Walk {
  readonly server: ServerProcess;
  readonly arrive: (name: string, options?: BrowserContextOptions) => Promise<Guest>;
  readonly locale: Locale;
  readonly forum: object;
  readonly texts: Texts;
  /** Of every browser. */
  readonly options?: BrowserContextOptions;
  readonly look: Look;
}

export interface At {
  readonly t: Words;
  readonly forum: MadeForum;
  readonly texts: Texts;
  readonly look: Look;
}

export const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const AT_DESK = { viewport: { width: 1280, height: 800 } };

export const button = (page: Page | Locator, name: RegExp) => page.getByRole('button', { name }).first();
export const dialog = (page: Page) => page.locator('dialog:modal');
export const item = (page: Page, at: number) => page.locator('.item').nth(at);

export async function visit(page: Page, path: string, state: string, look: Look): Promise<void> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await look(page, state);
}

export async function inDialog(page: Page, open: Locator, state: string, look: Look): Promise<void> {
  await open.click();
  await dialog(page).waitFor();
  await look(page, state);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
}

/** As a person pastes plain text; a page may not read the clipboard of a test. */
export const paste = (field: Locator, text: string) =>
  field.evaluate((node, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** The id of the first room that a control room shows. */
export async function roomOf(page: Page): Promise<string> {
  const address = await page.locator('a[href*="?room="]').first().getAttribute('href');
  return new URL(address ?? '', page.url()).searchParams.get('room') ?? '';
}
