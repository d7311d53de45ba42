import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';

/**
 * What Chrome's translation does to a page: every text outside `translate="no"` is taken out and two `<font>`s with other words stand in
 * its place; so is every text that comes later.
 */
const translate = (page: Page) =>
  page.evaluate(() => {
    const originals = new Map<Element, Text>();
    const isKept = (node: Text) =>
      node.parentElement?.closest('[translate=no], script, style, textarea, font') instanceof Element;
    const all = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
      if (root instanceof Text) texts.push(root);
      for (const text of texts) {
        if (text.data.trim() === '' || isKept(text)) continue;
        const font = document.createElement('font');
        font.append(Object.assign(document.createElement('font'), { textContent: `«${text.data.trim()}»` }));
        text.parentNode?.replaceChild(font, text);
        originals.set(font, text);
      }
    };
    document.documentElement.lang = 'xx';
    document.documentElement.classList.add('translated-ltr');
    all(document.body);
    const later = new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        for (const node of type === 'characterData' ? [target] : addedNodes) if (node.isConnected) all(node);
      }
    });
    later.observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, {
      showOriginal: () => {
        later.disconnect();
        document.documentElement.classList.remove('translated-ltr');
        for (const [font, text] of originals) if (font.isConnected) font.parentNode?.replaceChild(text, font);
      },
    });
  });

test('[L7] a page that the browser translates goes on: clock, step, own words, words of others', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = await takeSeat(await arrive('Aida'), forum);
  const other = (await takeSeat(await arrive('Timur'), forum)).page;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await translate(page);
  await translate(organizer.page);
  const notice = page.locator('form[action="/locale"][role="status"]');
  await expect(notice).toContainText('«Your browser is translating this page.');
  await expect(notice.getByRole('button', { name: 'Русский' })).toBeVisible();

  // Everything that a translation must leave alone is left alone.
  for (const text of await page.locator('font').allTextContents())
    expect(text).not.toMatch(/^«(Saved|Welcome|One|\d.*)»$/);

  await organizer.page.getByRole('button', { name: /Next: Write together/ }).click();
  await expect(page.locator('main header strong').first()).toHaveText('Write together');
  const clock = page.getByRole('timer').or(page.locator('main header time')).first();
  if (await clock.isVisible()) {
    const was = await clock.textContent();
    await expect.poll(() => clock.textContent()).not.toBe(was);
  }

  await other.getByRole('textbox', { name: 'Your idea' }).fill('Words of another');
  await other.getByRole('button', { name: 'Add idea' }).click();
  await expect(page.getByText('Words of another', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Your idea' }).fill('Own words');
  await page.keyboard.press('Enter');
  await expect(other.getByText('Own words', { exact: true })).toBeVisible();
  await other.getByRole('button', { name: 'Edit idea 1' }).click();
  await other.getByRole('textbox', { name: 'Text of idea 1' }).press('End');
  await other.keyboard.type(', and more');
  await expect(page.getByText('Words of another, and more', { exact: true })).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  // Outside of what is left alone, texts change and go too: nothing old stays, nothing new is missing.
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await expect(
    page.getByText('«No network. What you write on a board is sent when the network is back.»'),
  ).toBeVisible();
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText(/No network\./)).toHaveCount(0);

  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: test.info().outputPath(`translated-${width}.png`) });
  }
  await page.evaluate(() => (window as unknown as { showOriginal(): void }).showOriginal());
  await expect(notice).toContainText('Your browser is translating this page.');
  await expect(page.locator('font')).toHaveCount(0);
  await notice.getByRole('button', { name: 'Русский' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByText('Words of another, and more', { exact: true })).toBeVisible();
  expect(errors.filter((error) => !/Failed to load resource|WebSocket/.test(error))).toEqual([]);
});
