import { expect, test } from './fixtures.ts';
import { forumOn } from './forum-on.ts';

test('what is typed before the page’s script has arrived stays', async ({ server, arrive }) => {
  const forum = await forumOn(server);
  const { page } = await arrive('Aida');
  let letThrough = () => {};
  const later = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\.js$/, async (route) => {
    await later;
    await route.continue();
  });

  await page.goto(`/join/${forum.joinCode}`, { waitUntil: 'commit' });
  await page.getByLabel('Your name').fill('Aida');
  await page.getByLabel('Country (if you like)').fill('Kyrgyzstan');
  letThrough();
  await page.waitForFunction(
    () => document.querySelector('datalist option') !== null || document.readyState === 'complete',
  );
  await page.waitForLoadState('networkidle');
  await expect(page.getByLabel('Your name')).toHaveValue('Aida');
  await expect(page.getByLabel('Country (if you like)')).toHaveValue('Kyrgyzstan');
});
