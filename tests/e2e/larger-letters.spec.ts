import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Guest } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';

const URDU = 'دریا کے پانی کے اعداد و شمار سب کے لیے کھولیں';
const INSTRUCTION = 'Write together what should be done about the river. Begin with the people who live beside it.';
const FORUM = {
  countries: ['KG', 'KZ', 'PK'],
  languages: ['en', 'ru', 'ur'],
  agenda: [{ kind: 'workshop', title: 'The river', question: 'What do we do?', rooms: [{ name: 'Верховье' }] }],
};
const SCRIPT = {
  script: 1,
  title: { en: 'Pairs' },
  steps: [
    { kind: 'arrive', minutes: null },
    {
      id: 'two',
      kind: 'draft',
      minutes: 10,
      title: { en: 'Two by two' },
      instruction: { en: INSTRUCTION },
      place: 'pairs',
      seating: 'shuffle',
    },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'pairs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const ON_PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const ABOVE_KEYBOARD = { width: 360, height: 320 };
const LETTERS = ['100%', '130%', '150%', '200%'];

const field = (page: Page) => page.locator('.below textarea');
const state = (page: Page, is: string) => page.locator(`.saved [data-state=${is}]`);
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`) });
};
const letters = (page: Page, size: string) =>
  page.evaluate((size) => void (document.documentElement.style.fontSize = size), size);

/** Words of the board's bar that stand on two lines, parts of it that lie over others, and a bar that takes the board's place. */
const wrongsOfBar = (page: Page) =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const bar = document.querySelector('main header')!;
    const texts = document.createTreeWalker(bar, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.parentElement!.checkVisibility() || text.parentElement!.closest('.heard, select')) continue;
      for (const { 0: word, index } of text.textContent!.matchAll(/\p{L}+/gu)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) wrong.push(`broken: ${word}`);
      }
    }
    const parts = [...bar.querySelectorAll(':scope > div, :scope > details')].map((part) => ({
      name: part.className,
      box: part.getBoundingClientRect(),
    }));
    for (const [at, { name, box }] of parts.entries())
      for (const other of parts.slice(at + 1)) {
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (width > 1 && height > 1) wrong.push(`${name} lies over ${other.name}`);
      }
    const below = document.querySelector('.below')?.getBoundingClientRect().height ?? 0;
    const taken = bar.getBoundingClientRect().height + below;
    if (taken > innerHeight / 2) wrong.push(`${Math.round(taken)} of ${innerHeight} are taken`);
    return wrong;
  });

async function eachSize(page: Page, name: string): Promise<void> {
  for (const size of LETTERS) {
    await letters(page, size);
    await look(page, `${name}-${size.slice(0, -1)}`);
    expect.soft(await wrongsOfBar(page), `${name} ${size}`).toEqual([]);
  }
  await letters(page, '');
}

async function pairOf(organizer: Guest, guests: readonly Guest[], workshop: string): Promise<void> {
  const { page } = organizer;
  await page.goto(`${workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('Two by two')).toBeVisible();
  await page.goto(`${workshop}/control`);
  await page.getByRole('button', { name: 'Next: Two by two' }).click();
  for (const guest of guests) await expect(guest.page.locator('[data-group]')).toBeVisible();
}

for (const locale of ['en', 'ru'] as const)
  test(`[B138] a bar of large letters leaves the board its place, and its state stays above a keyboard, ${locale}`, async ({
    server,
    arrive,
  }) => {
    const forum = await forumOn(server, FORUM);
    const organizer = await arrive('Alyona');
    await takeControl(organizer, forum);
    const there = { ...ON_PHONE, locale: locale === 'ru' ? 'ru-RU' : 'en-GB' };
    const guest = await takeSeat(await arrive('Aida', there), forum, locale);
    const mate = await takeSeat(await arrive('Малика Саидова', there), forum, locale);
    await pairOf(organizer, [guest, mate], forum.workshop);
    const { page, context } = guest;
    await expect(state(page, 'saved')).toBeVisible();
    await field(page).fill('Open the data about the river to all countries');
    await field(page).press('Enter');
    await field(page).fill(URDU);
    await field(page).press('Enter');
    await expect(page.locator('.item')).toHaveCount(2);
    await expect(state(page, 'saved')).toBeVisible();
    await field(page).blur();
    await eachSize(page, `${locale}-saved`);

    await test.step('what the step asks is opened by tap and by key', async () => {
      const task = page.locator('.board-task');
      const more = task.locator('.more');
      await expect(more).toBeVisible();
      const low = (await task.boundingBox())!.height;
      await more.tap();
      await expect.poll(async () => (await task.boundingBox())!.height).toBeGreaterThan(low);
      await look(page, `${locale}-task`);
      await page.keyboard.press('Enter');
      await expect(task).not.toHaveAttribute('open');
      await expect(more).toBeVisible();
    });

    await test.step('what can be done with an idea stays in its card, and a comment above the keyboard', async () => {
      const item = page.locator('.item').nth(1);
      await item.tap();
      const buttons = item.locator('.bar button');
      await expect(buttons.first()).toBeVisible();
      await look(page, `${locale}-chosen`);
      const card = (await item.boundingBox())!;
      for (const { x, width } of await Promise.all(
        (await buttons.all()).map(async (one) => (await one.boundingBox())!),
      ))
        expect([x >= card.x, x + width <= card.x + card.width]).toEqual([true, true]);
      await buttons.nth(3).tap();
      const dialog = page.locator('dialog:modal');
      await expect(dialog.locator('textarea')).toBeVisible();
      await look(page, `${locale}-comment`);
      await page.setViewportSize(ABOVE_KEYBOARD);
      await dialog.locator('textarea').fill('A comment');
      await look(page, `${locale}-comment-keyboard`);
      await expect(dialog.locator('textarea')).toBeInViewport({ ratio: 1 });
      await expect(dialog.locator('form button')).toBeInViewport({ ratio: 1 });
      await page.setViewportSize(ON_PHONE.viewport);
      await dialog.locator('textarea').fill('');
      await page.keyboard.press('Escape');
    });

    await context.setOffline(true);
    await expect(state(page, 'offline')).toBeVisible();
    await eachSize(page, `${locale}-offline`);
    await field(page).fill('Written without a network');
    await field(page).press('Enter');
    await expect(state(page, 'waiting')).toBeVisible();
    await field(page).blur();
    await eachSize(page, `${locale}-waiting`);

    await test.step('above a keyboard one low row says what is saved and how much time is left', async () => {
      await page.setViewportSize(ABOVE_KEYBOARD);
      await field(page).fill('One more');
      for (const size of LETTERS) {
        await letters(page, size);
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await look(page, `${locale}-keyboard-${size.slice(0, -1)}`);
        await expect(state(page, 'waiting')).toBeInViewport({ ratio: 1 });
        await expect(page.getByRole('timer')).toBeInViewport({ ratio: 1 });
        expect((await page.locator('main header').boundingBox())!.height).toBeLessThan(80);
      }
    });
  });
