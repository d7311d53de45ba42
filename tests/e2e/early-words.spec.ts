import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { BuiltChunk } from '../../server/vite/chunks.ts';
import { expect, test } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { holdBack, letGo } from './hold-back.ts';
import { addIdea } from './ideas.ts';

const EDITOR = new Set(['src/lib/board/ItemEditor.svelte', 'src/lib/editor/mount.ts']);
const STANDING = 'src/lib/board/standing.ts';
const DELAYS = [0, 100, 800, 3_000]; // ms
const BETWEEN_KEYS = [25, 80, 150]; // ms
const TYPED = 'm0123456789'; // `m` would be a command

const chunks = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../build/weight.json'), 'utf8'),
) as readonly BuiltChunk[];
const isEditor = ({ pathname }: URL) =>
  chunks.some(({ entry, file }) => EDITOR.has(entry ?? '') && pathname === `/${file}`);
const isStanding = ({ pathname }: URL) =>
  chunks.some(({ modules, file }) => STANDING in modules && pathname === `/${file}`);
const box = (page: Page) => page.getByRole('textbox', { name: /^Text of/ });

/** A page whose editor, or what else is `late`, is not there yet, and comes so late, in ms or when something is done. Returns how many of its files were asked for. */
async function fresh(page: Page, delay: number | Promise<void>, late = isEditor): Promise<() => number> {
  let asked = 0;
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route(late, async (route) => {
    asked += 1;
    await (typeof delay === 'number' ? new Promise((resolve) => setTimeout(resolve, delay)) : delay);
    await route.continue();
  });
  await page.reload();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  return () => asked;
}

test('[B100] what is typed from the click on is in the idea, in its order and at its place, however late the editor is', async ({
  server,
  arrive,
}) => {
  const { forum, organizer } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida', { serviceWorkers: 'block' }), forum);
  const { page } = aida;
  const all = DELAYS.flatMap((delay) => BETWEEN_KEYS.map((between) => ({ delay, between })));
  const cases = process.env.EARLY_WORDS === 'all' ? all : all.filter((_, at) => at % 4 === 1); // 30 s or 100
  for (const at of cases.keys()) await addIdea(aida, `<${at}>`);

  for (const [at, { delay, between }] of cases.entries())
    await test.step(`the editor ${delay} ms late, a key every ${between} ms`, async () => {
      const asked = await fresh(page, delay);
      await page.getByText(`<${at}>`).click();
      await page.keyboard.type(TYPED, { delay: between });
      await expect(box(page)).toHaveText(`<${at}>${TYPED}`);
      await expect(box(page)).toBeFocused();
      expect(asked()).toBeGreaterThan(0);
      await page.keyboard.type('!');
      await expect(box(page)).toHaveText(`<${at}>${TYPED}!`);
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    });

  await test.step('where it was clicked, and with its lines', async () => {
    await addIdea(aida, 'Clean water');
    await fresh(page, 800);
    const idea = page.getByText('Clean water', { exact: true });
    await idea.click({ position: { x: 1, y: 8 } });
    await page.keyboard.type('Very');
    await page.keyboard.press('Enter');
    await page.keyboard.type('x');
    await page.keyboard.press('Backspace');
    await expect(box(page).locator('p')).toHaveText(['Very', 'Clean water']);
    await page.keyboard.press('Escape');
  });

  await test.step('a second wish to edit does not cancel the first', async () => {
    for (const delay of [0, 800]) {
      await fresh(page, delay);
      await page.getByText('<0>').click();
      await page.keyboard.type('a');
      await page.getByRole('group', { name: /<0>/ }).getByRole('button', { name: /^Edit/ }).click();
      await page.keyboard.type('b');
      await expect(box(page)).toBeFocused();
      await expect(box(page)).toHaveText(/ab$/);
      await page.keyboard.press('Escape');
      await expect(box(page)).toHaveCount(0);
    }
  });

  await test.step('[H42] what is done before the board’s code has come is done once it is there', async () => {
    const item = (name: RegExp) => page.getByRole('group', { name });
    const tap = (target: Locator) =>
      target.evaluate((element) => {
        element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }));
        (element as HTMLElement).click();
      });
    const early: readonly { does: () => Promise<void>; typed: string; text: RegExp | readonly string[] }[] = [
      {
        // an idea is added meanwhile
        does: async () => {
          await page.getByRole('textbox', { name: 'Your idea' }).fill('At once');
          await page.keyboard.press('Enter');
          await page.getByText('<2>').click();
        },
        typed: 'ab',
        text: /^<2>.*ab$/,
      },
      {
        does: () => page.getByText('Clean water', { exact: true }).click({ position: { x: 1, y: 8 } }),
        typed: 'Oh ',
        text: ['Very', 'Oh Clean water'],
      },
      {
        // by keys, from the idea above
        does: async () => {
          await item(/<1>/).focus();
          await page.keyboard.press('ArrowDown');
          await page.keyboard.press('Enter');
        },
        typed: 'cd',
        text: /abcd$/,
      },
      // as a screen reader clicks
      { does: () => item(/<1>/).evaluate((element) => (element as HTMLElement).click()), typed: 'ef', text: /ef$/ },
      {
        does: async () => {
          for (let taps = 0; taps < 2; taps += 1) await tap(item(/<0>/).locator('p').first());
        },
        typed: 'gh',
        text: /gh$/,
      },
    ];
    for (const { does, typed, text } of early) {
      const { promise: isTyped, resolve: come } = Promise.withResolvers<void>();
      const asked = await fresh(page, isTyped, isStanding);
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('[role=group]')) Object.assign(element, { isFirst: true });
      });
      await does();
      await page.keyboard.type(typed, { delay: 40 });
      await expect(box(page)).toHaveCount(0);
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
      come();
      await expect(box(page)).toBeFocused();
      await expect(typeof text === 'object' && 'length' in text ? box(page).locator('p') : box(page)).toHaveText(text);
      const isFirst = await box(page).evaluate((element) => 'isFirst' in element.closest('[role=group]')!);
      expect(isFirst, 'the elements that the server wrote stay').toBe(true);
      expect(asked()).toBe(1);
      await page.keyboard.press('Escape');
      await expect(page.locator('main section').getByText('At once')).toBeVisible();
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    }
    await fresh(page, 1_500, isStanding);
    await tap(item(/<0>/).locator('p').first());
    await expect(item(/<0>/).getByRole('button', { name: /^Comment on/ })).toBeVisible();
    await expect(box(page)).toHaveCount(0);
  });

  await test.step('[H42] nor is it lost while that code does not come, or when the page goes', async () => {
    const missing = page.getByText(/^A part of this page/);
    const idea = page.getByRole('textbox', { name: 'Your idea' });
    await fresh(page, 0, isStanding);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.route(isStanding, (route) => route.abort());
    await page.reload();
    await page.getByText('<1>').click();
    await page.keyboard.type('later');
    await expect(missing).toBeVisible();
    await page.reload();
    await expect(idea).toHaveValue('later');
    await idea.fill('');
    await page.getByText('<1>').click();
    await page.keyboard.type('in time');
    await expect(missing).toBeVisible();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await expect(box(page)).toHaveText(/in time$/);
    await expect(box(page)).toBeFocused();
    await expect(missing).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('[H42] a board that is gone to within the page is there, whether its code is or not', async () => {
    for (const delay of [800, 0]) {
      if (delay > 0) {
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await page.route(isStanding, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, delay));
          await route.continue();
        });
        await page.goto(`/forums/${forum.slug}`);
        await page.waitForLoadState('networkidle');
        await page.evaluate(() => Object.assign(window, { isSame: true }));
      } else {
        await page.goBack();
        await expect(page.getByText('<1>')).toHaveCount(0);
      }
      await page.locator(`a[href="${forum.workshop}"]`).first().click();
      await page.getByText('<1>').click();
      await page.keyboard.type('z');
      await expect(box(page)).toHaveText(/z$/);
      await page.keyboard.press('Escape');
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
      expect(await page.evaluate(() => 'isSame' in window), 'no page was loaded').toBe(true);
    }
  });

  await test.step('who turns to something else before it came is not called back', async () => {
    await fresh(page, 800);
    await page.getByText('<1>').click();
    await page.getByRole('textbox', { name: 'Your idea' }).click();
    await page.keyboard.type('Roads');
    await page.waitForTimeout(1_500); // by then it would have come
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toHaveValue('Roads');
    await expect(box(page)).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Your idea' }).fill('');
  });

  await test.step('[H42] when the document is replaced meanwhile, the board is there to read, and the words are kept', async () => {
    let come = () => {};
    const held = new Promise<void>((resolve) => (come = resolve));
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.route(isStanding, (route) => held.then(() => route.continue()));
    await page.reload();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await holdBack(page);
    await addIdea(aida, 'Never taken');
    await page.getByText('<1>').click();
    await page.keyboard.type('half a word');
    await organizer.page.getByRole('button', { name: 'Close the workshop' }).click();
    await organizer.page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click();
    await expect(page.getByText('Closed', { exact: true })).toBeVisible();
    await letGo(page);
    await page.waitForTimeout(4_000); // the late words are set aside after 2 s
    await expect(page.getByText('<1>')).toBeVisible();
    come();
    await expect(page.getByText('Saved, but some changes were not taken')).toBeVisible();
    await expect(page.getByText('<1>')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toHaveValue('half a word');
  });
});
