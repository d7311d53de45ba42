import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }, { name: 'Elm' }, { name: 'Oak' }, { name: 'Lime' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', startsAt: '14:00', endsAt: '15:00', rooms: ROOMS }];
const SHARED = {
  script: 1,
  title: { en: 'One river', ur: 'ایک دریا' },
  steps: [
    { id: 'hear', kind: 'brief', minutes: 5, note: 'the microphone is under the desk' },
    { id: 'word', kind: 'draft', minutes: 10, instruction: { en: 'Word four of them.' } },
    { id: 'others', kind: 'talk', minutes: 10, seating: 'shuffle', settings: { turns: { each: 120 } } },
    { id: 'choose', kind: 'vote', minutes: 4 },
    { id: 'end', kind: 'close', minutes: null },
  ],
};
const file = (json: unknown) => ({
  name: 'river.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(json)),
});
const rows = (page: Page) => page.getByRole('region', { name: 'Steps' }).locator('li');
const stored = async (page: Page) => {
  const answer = await page.request.get(`/api${new URL(page.url()).pathname}/script.json`);
  return (await answer.json()) as typeof SHARED;
};
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('.bar .saved')).toHaveText(/^Saved at/);
};

test('an organizer keeps, writes, shares and uses scripts of their own', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA, languages: ['en', 'ur'] });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;

  await test.step('[W115] [W117] the library: begun, copied, taken from a file, deleted and brought back', async () => {
    await page.goto('/scripts');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: /^Copy to your scripts ?: World Café/ }).click();
    await page.waitForURL(/\/scripts\/[a-z0-9]{24}$/);
    await page.getByRole('link', { name: 'Your scripts' }).click();
    await page.getByRole('button', { name: /^Duplicate ?: World Café/ }).click();
    await expect(page.getByRole('heading', { name: 'World Café 2' })).toBeVisible();
    await page.goto('/scripts');
    await page.getByRole('button', { name: /^Delete ?: World Café 2/ }).click();
    await expect(page.getByRole('status').filter({ hasText: /^Deleted. It can be brought back/ })).toBeFocused();
    await page
      .getByRole('button', { name: /^Bring back ?: World Café 2/ })
      .first()
      .click();
    await expect(page.getByRole('link', { name: 'World Café 2', exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Delete ?: World Café 2/ }).click();
    await expect(page.getByRole('link', { name: 'World Café 2', exact: true })).toHaveCount(0);
    await page.getByText('Add a script from a file').click();
    await page.getByLabel('File').setInputFiles(file({ ...SHARED, steps: [{ kind: 'fly', minutes: 5 }] }));
    await page.getByRole('button', { name: 'Check and add it' }).click();
    await expect(page.getByRole('alert')).toContainText('steps[0].kind');
    await page.getByLabel('File').setInputFiles(file(SHARED));
    await page.getByRole('button', { name: 'Check and add it' }).click();
    await expect(page.getByRole('heading', { name: 'One river' })).toBeVisible();
  });

  await test.step('[W119] it is looked at for a forum', async () => {
    const check = page.getByRole('region', { name: 'Will it work?' });
    await expect(check).toContainText('at least 10 pairs meet again');
    await expect(check).toContainText('7 people with 120 seconds each need 14 minutes');
    await check.getByLabel('For').selectOption({ label: 'A forum: Recommendations' });
    const begins = check.getByLabel('Begins at');
    await expect(begins).toHaveValue('14:00');
    await expect(rows(page).nth(1)).toContainText('14:05');
    for (const [typed, time, next] of [
      ['945', '09:45', '09:50'],
      ['25:70', '09:45', '09:50'],
      ['2 pm', '14:00', '14:05'],
    ] as const) {
      await begins.fill(typed);
      await begins.press('Tab');
      await expect(begins).toHaveValue(time);
      await expect(rows(page).nth(1)).toContainText(next);
    }
    await expect(check).toContainText('Words are missing in: Urdu');
    await check.getByLabel('People').fill('36');
    await check.getByLabel('Rooms').fill('6');
    await expect(check).not.toContainText('meet again');
    await check.getByLabel('People').fill('35');
    await check.getByLabel('Rooms').fill('5');
  });

  await test.step('[W120] [W121] by keyboard alone: moved, worded, set in sentences, undone', async () => {
    await page.getByRole('button', { name: 'Talk', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(rows(page).nth(1)).toContainText('Talk');
    await expect(page.getByText('Talk: now step 2 of 5.')).toBeAttached();
    await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    const seconds = page.getByLabel('Seconds for each person');
    await seconds.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('60');
    await expect(rows(page).nth(1)).toContainText('60 seconds for each');
    await expect(page.getByRole('region', { name: 'Will it work?' })).not.toContainText('120 seconds');
    const urdu = rows(page).nth(1).getByRole('group', { name: 'Urdu' });
    await urdu.getByLabel('Title').focus();
    await page.keyboard.type('گفتگو');
    await expect(urdu.getByLabel('Title')).toHaveAttribute('dir', 'rtl');
    await page.getByLabel('Private note').focus();
    await page.keyboard.type('bring the bell');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await expect(page.getByLabel('Private note')).toHaveValue('');
    await page.getByRole('button', { name: 'Redo', exact: true }).press('Enter');
    await expect(page.getByLabel('Private note')).toHaveValue('bring the bell');
    await page.getByRole('button', { name: 'Add a step', exact: true }).press('Enter');
    await page.getByLabel('Kind of the new step').selectOption('vote');
    await page.getByRole('button', { name: 'Add it' }).press('Enter');
    await page.getByLabel('Dots for each person').fill('6');
    await expect(rows(page).nth(4)).toContainText('6 dots each, at most 2 on one item');
    await save(page);
    const { steps } = await stored(page);
    expect(steps.map(({ id }) => id)).toEqual(['hear', 'others', 'word', 'choose', 'vote', 'end']);
  });
});
