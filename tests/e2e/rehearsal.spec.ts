import { expect, test } from './fixtures.ts';
import { forumOn, takeControl } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];

test('[F30] [F32] an organizer rehearses a script with simulated people, and nothing of it stays', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { title: 'One river', agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const banner = page.getByRole('complementary', { name: 'Rehearsal' });

  await test.step('what cannot be is said at its field', async () => {
    await page.goto(`${forum.workshop}/script`);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByLabel('People', { exact: true }).fill('4000');
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await expect(page.getByLabel('People', { exact: true })).toBeFocused();
    await expect(page.getByText('From 1 to 100 people.')).toBeVisible();
  });

  await test.step('the control room of a copy opens, and people come into its rooms', async () => {
    await page.getByLabel('People', { exact: true }).fill('6');
    await page.getByLabel('Their pace').selectOption('30');
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await page.waitForURL(/rehearsal-one-river\/workshops\/.*\/control$/);
    await expect(banner).toContainText('All people here are simulated');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rehearsal: What do we do?');
    await expect(page.getByText('5 of 5')).toBeVisible({ timeout: 20_000 });
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Next: Write together' }).click();
    await page.getByRole('button', { name: 'Next: Close' }).waitFor();
  });

  await test.step('it says so on its other pages, shows no code and is in no list', async () => {
    const home = new URL(page.url()).pathname.split('/workshops/')[0]!;
    const groups = new URL(page.url()).pathname.replace(home, '').replace(/control$/, 'groups');
    for (const path of ['', '/people', '/outcome', '/settings', groups]) {
      await page.goto(`${home}${path}`);
      await expect(banner).toBeVisible();
      await expect(page.getByText(/[A-Z0-9]{4}-[A-Z0-9]{4}/)).toHaveCount(0);
    }
    await expect(page.getByText('Rehearsal: One river').first()).toBeVisible();
    await page.goto('/forums');
    await expect(page.getByText('One river')).toHaveCount(1);
  });

  await test.step('the script says that it runs, and it ends there', async () => {
    await page.goto(`${forum.workshop}/script`);
    const control = await page.getByRole('link', { name: 'Go to its control room' }).getAttribute('href');
    await page.getByRole('button', { name: 'End the rehearsal' }).click();
    await expect(page.getByRole('button', { name: 'Rehearse' })).toBeVisible();
    expect((await page.request.get(control!)).status()).toBe(404);
  });
});
