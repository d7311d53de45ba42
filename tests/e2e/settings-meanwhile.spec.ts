import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl } from './forum-on.ts';

test('[B77] settings that two save at once keep what both changed, without scripts too', async ({
  server,
  arrive,
  browser,
}) => {
  const forum = await forumOn(server);
  const organizer = await arrive('Alyona');
  const { page, context } = organizer;
  await takeControl(organizer, forum);
  const settings = new URL(`/forums/${forum.slug}/settings`, page.url()).href;
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const still = await plain.newPage();
  await still.goto(settings);
  await page.goto(settings);
  const other = await context.newPage();
  await other.goto(settings);
  const title = (of: Page) => of.getByLabel('Title', { exact: true }).first();
  const save = (of: Page) => of.getByRole('button', { name: 'Save settings' }).click();
  await title(other).fill('A forum of theirs');
  await save(other);
  await expect(other.getByText(/Saved/).first()).toBeVisible();
  await title(still).fill('A forum of mine');
  for (let time = 0; time < 2; time += 1) {
    await save(still);
    await expect(still.locator('[type=checkbox][name=version]')).toBeVisible();
    await expect(title(still)).toHaveValue('A forum of mine');
  }
  await title(page).fill('My A forum');
  await save(page);
  await expect(title(page)).toHaveValue('My A forum of theirs');
  await still.goto(settings);
  await expect(title(still)).toHaveValue('A forum of theirs');
  await plain.close();
});
