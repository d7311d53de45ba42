import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { ServerProcess } from '../rig/server-process.ts';
import { fakeHistory, sampleVersions } from './fake-history.ts';
import { expectAccessible } from './accessible.ts';
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
  const saved = aida.page.getByText('Saved', { exact: true });
  const add = async (idea: string) => {
    await aida.page.getByRole('textbox', { name: 'Your idea' }).fill(idea);
    await aida.page.getByRole('button', { name: 'Add idea' }).click();
    await expect(aida.page.getByText(idea)).toBeVisible();
    await expect(saved).toBeVisible();
  };

  await add('The first idea');
  await server.kill();
  await writtenAnHourEarlier(server);
  await server.start();
  await expect(saved).toBeVisible();
  await add('The second idea');
  await page.goto(`${forum.workshop}/control`);
  await page.getByRole('link', { name: 'Earlier versions of One' }).click();
  const entries = page.getByRole('region', { name: 'Earlier versions' }).getByRole('listitem');
  await expect(entries).toHaveText([/Now.*Aida.*1 added · 2 items/s, /Aida.*1 added · 1 item/s]);

  await test.step('the earlier version is the board of then, without anything to write with', async () => {
    await entries.nth(1).getByRole('link').click();
    const sheet = page.getByRole('article');
    await expect(sheet.getByText('The first idea')).toBeVisible();
    await expect(sheet.getByText('The second idea')).toHaveCount(0);
    await expect(sheet.getByRole('textbox')).toHaveCount(0);
  });

  const editor = aida.page.getByRole('textbox', { name: /^Text of/ });
  await test.step('restored, it is what everybody has, and who writes is told and keeps her words', async () => {
    await aida.page.getByText('The first idea').click();
    await expect(editor).toBeFocused();
    await aida.page.keyboard.press('End');
    await aida.page.keyboard.type(' is longer');
    await expect(saved).toBeVisible();
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await expect(page.getByRole('dialog')).toContainText('then had 1 item; now it has 2 items');
    await page.getByRole('button', { name: 'Restore for everybody' }).click();
    await expect(page.getByText(/^Everybody now sees the board of/)).toBeVisible();
    await expect(aida.page.getByText('The second idea')).toHaveCount(0);
    await expect(aida.page.getByText(/^Alyona restored the board as it was .* Your words are kept/)).toBeVisible();
    await expect(aida.page.getByText(/^These words stood here before Alyona restored/)).toBeVisible();
    await expect(aida.page.getByText('The first idea is longer')).toBeVisible();
    await expect(editor).toHaveText('The first idea');
    await expect(editor).toBeFocused();
    await aida.page.keyboard.type(' since');
    await expect(saved).toBeVisible();
    await expect(entries.getByText('Kept from just before a restore')).toHaveCount(1);
  });

  await test.step('and taken back, the second idea is there again', async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(aida.page.getByText('The second idea')).toBeVisible();
    await expect(aida.page.getByText(/^Alyona took a restore back/)).toBeVisible();
    await expect(editor).toContainText('is longer');
    await expect(editor).toContainText('since');
    await expect(page.getByText(/^Undone/)).toBeVisible();
  });
});

/** A version ends with a pause in the writing; nobody waits for one here. */
async function writtenAnHourEarlier({ dataDir }: ServerProcess): Promise<void> {
  const database = new Database(join(dataDir, 'dastarkhan.db'));
  const { changes } = database.prepare('update document_update set at = at - 3600000').run();
  database.close();
  expect(changes).toBeGreaterThan(0);
}

test('[Y26] earlier versions are for those who run the forum', async ({ server, arrive }) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona');
  await takeControl(alyona, forum);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const path = await alyona.page.getByRole('link', { name: 'Earlier versions of One' }).getAttribute('href');

  await expect(aida.page.getByRole('heading', { name: 'What do we do?' })).toBeVisible();
  await expect(aida.page.getByRole('link', { name: 'Earlier versions' })).toHaveCount(0);
  expect((await aida.page.goto(path ?? ''))?.status()).toBe(403);

  await alyona.page.getByRole('button', { name: 'Drop into One' }).click();
  await alyona.page.getByRole('link', { name: 'Write there' }).click();
  await alyona.page.getByRole('link', { name: 'Earlier versions' }).click();
  await expect(alyona.page.getByRole('heading', { name: 'Earlier versions: One' })).toBeVisible();
});

test('[Y26] [Y27] versions by keyboard, on a phone, from right to left, and for a screen reader', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona', { timezoneId: 'UTC', reducedMotion: 'reduce' });
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
    await expect(page.getByText('The board then had')).toHaveCount(0);
    expect(restored).toEqual([]);
    await expect(page.getByRole('button', { name: 'Restore this version' })).toBeFocused();
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
      await expectAccessible(page);
      await page.getByRole('link', { name: /3 added/ }).click();
      await expect(page.locator('p').getByText('Train two teachers')).toBeVisible();
      expect(await overflow(page)).toBe(0);
      await expectAccessible(page);
      await page.locator('p').getByText('Train two teachers').click(); // what can be done is shown where one is
      await page.getByRole('button', { name: '1 comment' }).click();
      await expect(page.getByRole('dialog').getByText('Who pays for it?')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Restore this version' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
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
    await expect(page.locator('p').getByText('Train two teachers')).toBeVisible();
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

test('[B133] [B135] [B136] a version is kept by name, and what changed is read word by word', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona', { timezoneId: 'UTC', reducedMotion: 'reduce' });
  await takeControl(alyona, forum);
  const aida = await takeSeat(await arrive('Aida'), forum);
  await beginWriting(alyona);
  const { page } = alyona;
  const add = async (idea: string) => {
    await aida.page.getByRole('textbox', { name: 'Your idea' }).fill(idea);
    await aida.page.getByRole('button', { name: 'Add idea' }).click();
    await expect(aida.page.getByText(idea)).toBeVisible();
    await expect(aida.page.getByText('Saved', { exact: true })).toBeVisible();
  };
  await add('The first idea');
  await page.goto(`${forum.workshop}/control`);
  await page.getByRole('link', { name: 'Earlier versions of One' }).click();
  const entries = page.getByRole('region', { name: 'Earlier versions' }).getByRole('listitem');

  await test.step('kept on the real server, under a name that is only words', async () => {
    await page.getByRole('button', { name: 'Keep this state' }).click();
    const name = page.getByRole('dialog').getByRole('textbox');
    await name.fill('<b>Before</b> the vote');
    await name.press('Enter');
    await expect(entries).toHaveText([/Now.*Kept by .Alyona.: .<b>Before<\/b> the vote.*1 added/s]);
    await expect(page.getByRole('button', { name: 'Keep this state' })).toBeFocused();
  });

  await test.step('what was written since is told against it, by the server', async () => {
    await add('The second idea');
    await page.reload();
    await entries.nth(1).getByRole('link').click();
    await page.getByRole('radio', { name: 'What changed from then until now' }).check();
    await expect(page.getByRole('status').getByText('Ideas: 1 new.')).toBeVisible();
    await expect(page.getByRole('insertion')).toHaveText(['The second idea']);
    await page.getByRole('radio', { name: 'What was written up to then' }).check();
    await expect(page.getByRole('insertion')).toHaveText(['The first idea']);
  });

  await test.step('and it is let go of again', async () => {
    await page.getByRole('button', { name: 'Let go' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Let go' }).click();
    await expect(page.getByText('It is a version like others again.')).toBeVisible();
    await expect(entries.getByText('Kept by')).toHaveCount(0);
    await expect(entries.nth(1)).toContainText('Was kept for a while');
    await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toBeFocused();
  });

  await fakeHistory(page, { mayRestore: true, versions: sampleVersions() });
  const list = page.url().replace(/&version=\d+/, '');
  for (const [direction, size] of ['ltr', 'rtl'].flatMap((one) => SIZES.map((size) => [one, size] as const))) {
    await test.step(`${size.width} px, ${direction}: heard, not wider than the screen, and axe finds nothing`, async () => {
      await page.setViewportSize(size);
      await page.goto(list);
      await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
      await expect(entries.nth(2)).toContainText('Before 12 ideas were deleted');
      await expect(entries.nth(2)).toContainText('When the step “Write together” began');
      expect(await overflow(page)).toBe(0);
      await entries.nth(2).getByRole('link').click();
      const radio = page.getByRole('radio', { name: 'What changed since the version before' });
      await radio.focus();
      await page.keyboard.press('Space');
      await expect(
        page
          .getByRole('status')
          .getByText('Ideas: 2 new, 1 deleted, 1 reworded, 1 moved, 2 merged, 1 discussed. Themes: 1 renamed.'),
      ).toBeVisible();
      const first = page.getByRole('article').getByRole('listitem').first();
      await expect(first.getByRole('deletion')).toHaveText('taken out: education');
      await expect(first.getByRole('insertion')).toHaveText('put in: literacy in schools');
      await expect(page.locator('p[lang=ur]').getByRole('insertion')).toHaveText('put in: شہر');
      await expect(page.getByText('7 more changes are not shown here.')).toBeVisible();
      expect(await overflow(page)).toBe(0);
      await expectAccessible(page);
    });
  }
});
