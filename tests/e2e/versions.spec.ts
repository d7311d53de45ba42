import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { fakeHistory, sampleVersions } from './fake-history.ts';
import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('[Y26] [Y27] a facilitator looks at an earlier version, restores it, and takes that back', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona');
  await takeControl(alyona, forum);
  const aida = await takeSeat(await arrive('Aida'), forum);
  await beginWriting(alyona);
  const { page } = alyona;
  const idea = aida.page.getByRole('textbox', { name: 'Your idea' });
  const saved = aida.page.getByText('Saved', { exact: true });
  const now = page.getByText('Now', { exact: true });

  await idea.fill('The first idea');
  await idea.press('Enter');
  await expect(saved).toBeVisible();
  await page.getByRole('link', { name: 'Earlier versions of One' }).click();
  await expect(now).toBeVisible();
  await expect(page.getByRole('listitem').getByText('Aida')).toBeVisible();

  await test.step('looking at the newest shows the board, without anything to write with', async () => {
    await page.getByRole('link', { name: /Now/ }).click();
    await expect(page.getByRole('heading', { name: 'The board as it is now' })).toBeFocused();
    const sheet = page.getByRole('article');
    await expect(sheet.getByText('The first idea')).toBeVisible();
    await expect(sheet.getByRole('textbox')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Restore this version' })).toHaveCount(0);
  });
  const first = page.url();

  await test.step('two restores later everybody has the first idea, the second, and the choice', async () => {
    // What is on the board now is a version of its own only after a pause; a restore keeps it at once.
    await idea.fill('The second idea');
    await idea.press('Enter');
    await expect(aida.page.getByText('The second idea')).toBeVisible();
    await expect(saved).toBeVisible();
    await page.goto(first);
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await expect(page.getByRole('dialog')).toContainText('the board as it is now is kept as a version');
    await page.getByRole('button', { name: 'Restore for everybody' }).click();
    await expect(page.getByText(/^Everybody now sees the board of/)).toBeVisible();
    await expect(aida.page.getByText('The second idea')).toHaveCount(0);
    await expect(aida.page.getByText('The first idea')).toBeVisible();
    await expect(page.getByText('Kept from just before a restore')).toBeVisible();

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(aida.page.getByText('The second idea')).toBeVisible();
    await expect(page.getByText(/^Undone/)).toBeVisible();
  });
});

test('[Y26] earlier versions are for those who run the forum', async ({ server, arrive }) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona');
  await takeControl(alyona, forum);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const path = await alyona.page.getByRole('link', { name: 'Earlier versions of One' }).getAttribute('href');

  await expect(aida.page.getByRole('heading', { name: 'What do we do?' })).toBeVisible();
  await expect(aida.page.getByRole('link', { name: 'Earlier versions' })).toHaveCount(0);
  expect((await aida.page.goto(path ?? ''))?.status()).toBe(403);

  await alyona.page.getByRole('link', { name: 'Drop into One' }).click();
  await alyona.page.getByRole('link', { name: 'Earlier versions' }).click();
  await expect(alyona.page.getByRole('heading', { name: 'Earlier versions: One' })).toBeVisible();
});

test('[Y26] [Y27] versions by keyboard, on a phone, from right to left, and for a screen reader', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona', { timezoneId: 'UTC' });
  await takeControl(alyona, forum);
  const { page } = alyona;
  const restored: number[] = [];
  await fakeHistory(page, { mayRestore: true, versions: sampleVersions() }, restored);
  await page.getByRole('link', { name: 'Earlier versions of One' }).click();

  await test.step('by keyboard: open, look, restore, undo', async () => {
    await page.getByRole('link', { name: /Kept from just before a restore/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'The board on 1 May 2026, 10:04' })).toBeFocused();
    await expect(page.getByRole('link', { name: /Kept from just/ })).toHaveAttribute('aria-current', 'true');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Restore this version' })).toBeFocused();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Restore the board of 1 May 2026, 10:04?' });
    await expect(dialog).toContainText('The board then had 5 items; now it has 4 items.');
    await page.keyboard.press('Escape');
    expect(restored).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Restore for everybody' }).press('Enter');
    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await expect(page.getByText(/^Undone/)).toBeVisible();
    expect(restored).toEqual([80, 88]);
  });

  for (const [direction, size] of ['ltr', 'rtl'].flatMap((one) => SIZES.map((size) => [one, size] as const))) {
    await test.step(`${size.width} px, ${direction}: nothing overflows, axe finds nothing`, async () => {
      await page.setViewportSize(size);
      await page.goto(page.url().replace(/&version=\d+/, ''));
      await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
      await expect(page.getByText('Now', { exact: true })).toBeVisible();
      expect(await overflow(page)).toBe(0);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole('link', { name: /3 added/ }).click();
      await expect(page.getByText('Train two teachers')).toBeVisible();
      expect(await overflow(page)).toBe(0);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole('button', { name: '1 comment' }).click();
      await expect(page.getByRole('dialog').getByText('Who pays for it?')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Restore this version' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.keyboard.press('Escape');
      if (size.width === 360) await page.getByRole('link', { name: 'All versions' }).click();
    });
  }
});

test('[Y26] [Y27] what fails says so, and what to do', async ({ server, arrive }) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona');
  await takeControl(alyona, forum);
  const { page } = alyona;
  const api = /\/api\/forums\/.*\/versions/;
  const again = page.getByRole('button', { name: 'Try again' });

  await test.step('no answer, then no version yet', async () => {
    await page.route(api, (route) => route.abort());
    await page.getByRole('link', { name: 'Earlier versions of One' }).click();
    await expect(page.getByRole('alert')).toContainText('The server did not answer');
    await page.unroute(api);
    await fakeHistory(page, { mayRestore: true, versions: [] });
    await again.click();
    await expect(page.getByText('Nothing was written on this board yet.')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('a version that was thinned out', async () => {
    await page.unrouteAll();
    await fakeHistory(page, { mayRestore: false, versions: sampleVersions() });
    await page.goto(`${page.url()}&version=999`);
    await expect(page.getByRole('alert')).toContainText('no longer kept');
  });

  await test.step('a closed workshop may be looked at and not restored', async () => {
    await page.getByRole('link', { name: /3 added/ }).click();
    await expect(page.getByText('Train two teachers')).toBeVisible();
    await expect(page.getByText('open the workshop again first')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Restore this version' })).toHaveCount(0);
  });

  await test.step('a restore that cannot be stored', async () => {
    await page.unrouteAll();
    await fakeHistory(page, { mayRestore: true, versions: sampleVersions() });
    await page.route(/\/versions\/41$/, (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, json: { refusal: { kind: 'notStored' } } })
        : route.fallback(),
    );
    await page.reload();
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await page.getByRole('button', { name: 'Restore for everybody' }).click();
    await expect(
      page.getByText('The server cannot store anything at the moment. The board is as it was'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
  });
});
