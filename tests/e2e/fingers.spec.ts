import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { addIdea } from './ideas.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const RESTS = 500; // ms; longer than the board waits for
const idea = (page: Page, words: string) => page.getByRole('group', { name: new RegExp(`: ${words}$`) });
const order = (page: Page) => page.locator('.outline .item .text').allInnerTexts();

/** One finger, as the browser is told of it. */
class Finger {
  readonly #devtools: CDPSession;
  readonly #page: Page;
  constructor(devtools: CDPSession, page: Page) {
    this.#devtools = devtools;
    this.#page = page;
  }

  async down(on: Locator, fraction = 0.2): Promise<void> {
    const { x, y, height } = (await on.boundingBox())!;
    await this.#touch('touchStart', [{ x: x + 80, y: y + height * fraction }]);
  }
  async to(on: Locator, fraction: number): Promise<void> {
    const { x, y, height } = (await on.boundingBox())!;
    for (const part of [fraction - 0.05, fraction])
      await this.#touch('touchMove', [{ x: x + 80, y: y + height * part }]);
  }
  press = (...points: { x: number; y: number; id?: number }[]) => this.#touch('touchStart', points);
  at = (x: number, y: number) => this.#touch('touchMove', [{ x, y }]);
  up = () => this.#touch('touchEnd', []);
  rest = () => this.#page.waitForTimeout(RESTS);

  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number; id?: number }[]) {
    await this.#devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

test('[B191] a finger carries an idea to another place, and scrolls the page as ever', async ({ server, arrive }) => {
  const { forum } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida', PHONE), forum);
  const { page } = aida;
  for (const words of ['One', 'Two', 'Three', 'Four']) await addIdea(aida, words);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  await page.reload();
  await expect(idea(page, 'Four')).toBeVisible();
  await expect(page.locator('[data-state=saved]')).toBeVisible();
  const finger = new Finger(await page.context().newCDPSession(page), page);
  const carried = page.locator('.carried');

  await test.step('the code is there before anybody asks for it', async () => {
    await expect(async () => {
      await finger.down(idea(page, 'One'));
      await finger.rest();
      const isThere = await carried.isVisible();
      await finger.up();
      expect(isThere).toBe(true);
    }).toPass();
    await expect(carried).toHaveCount(0);
  });

  await test.step('it goes where the line shows, for everybody', async () => {
    await finger.down(idea(page, 'One'));
    await finger.rest();
    await finger.to(idea(page, 'Three'), 0.8);
    await expect(page.locator('.landsHere')).toHaveText(/Four/);
    await page.screenshot({ path: test.info().outputPath('carried.png') });
    await finger.up();
    await expect.poll(() => order(page)).toEqual(['Two', 'Three', 'One', 'Four']);
    await expect.poll(() => order(bolat.page)).toEqual(['Two', 'Three', 'One', 'Four']);
    await expect(page.getByRole('textbox', { name: /^Text of/ })).toHaveCount(0);
  });

  await test.step('by the handle of the one that was chosen it goes at once', async () => {
    await idea(page, 'Two').tap();
    const handle = idea(page, 'Two').locator('.handle');
    await expect(handle).toBeVisible();
    const { x, y, width, height } = (await handle.boundingBox())!;
    const at = { x: x + width / 2, y: y + height / 2 };
    await finger.press(at);
    await finger.at(at.x, at.y + 12);
    await finger.to(idea(page, 'Four'), 0.8);
    await finger.up();
    await expect.poll(() => order(page)).toEqual(['Three', 'One', 'Four', 'Two']);
  });

  await test.step('let go where it was, or with a second finger, it stays', async () => {
    const before = await order(page);
    await finger.down(idea(page, 'One'));
    await finger.rest();
    await expect(carried).toBeVisible();
    await finger.to(idea(page, 'One'), 0.7);
    await finger.up();
    await expect(carried).toHaveCount(0);
    await finger.down(idea(page, 'One'));
    await finger.rest();
    await finger.to(idea(page, 'Two'), 0.9);
    await finger.press({ x: 100, y: 300, id: 0 }, { x: 200, y: 400, id: 1 });
    await finger.up();
    await expect(carried).toHaveCount(0);
    expect(await order(page)).toEqual(before);
  });

  await test.step('a finger that moves at once scrolls, and one at the edge of the window does while it carries', async () => {
    const before = await order(page);
    for (let at = 5; at <= 16; at += 1) await addIdea(bolat, `Idea ${at}`);
    await expect(idea(page, 'Idea 16')).toBeAttached();
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    const { y } = (await idea(page, 'Two').boundingBox())!;
    await finger.down(idea(page, 'Two'));
    for (let step = 1; step <= 8; step += 1) await finger.at(100, y - step * 15);
    await finger.up();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(40);
    await expect(carried).toHaveCount(0);
    const scrolled = await page.evaluate(() => scrollY);
    await finger.down(idea(page, 'Four'));
    await finger.rest();
    const bar = (await page.locator('.below').boundingBox())!;
    await finger.at(100, bar.y - 20);
    await finger.at(100, bar.y - 10);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 60);
    await expect(idea(page, 'Idea 16')).toBeInViewport();
    await finger.up();
    await expect.poll(() => order(page)).not.toEqual(before);
    expect((await order(page)).indexOf('Four')).toBeGreaterThan(8);
  });
});

test('[B192] a comment that waits for the network says so, on a phone beside the comment', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida', PHONE), forum);
  const { page } = aida;
  await addIdea(aida, 'Clean water');
  await idea(page, 'Clean water').tap();
  await page.getByRole('button', { name: /^Comment on/ }).tap();
  const dialog = page.getByRole('dialog', { name: /^Comments on/ });
  const waits = dialog.getByText('Not saved yet: waiting for the network', { exact: true });
  await dialog.getByRole('textbox').fill('Who pays?');
  await dialog.getByRole('button', { name: 'Comment', exact: true }).tap();
  await expect(dialog.getByText('Who pays?')).toBeVisible();
  await expect(waits).toBeHidden();
  await aida.context.setOffline(true);
  await dialog.getByRole('textbox').fill('And who repairs it?');
  await dialog.getByRole('button', { name: 'Comment', exact: true }).tap();
  await expect(dialog.getByText('And who repairs it?')).toBeVisible();
  await expect(waits).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('comment-waits.png') });
  await aida.context.setOffline(false);
  await expect(waits).toBeHidden();
});
