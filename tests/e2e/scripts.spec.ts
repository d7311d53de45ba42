import type { Page } from '@playwright/test';
import { LATER_KINDS } from '#domain/script/step.ts';
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
    const kinds = page.getByLabel('Kind of the new step');
    const later = kinds.getByRole('option', { name: /cannot be run here yet/ });
    expect(await later.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).toEqual(LATER_KINDS);
    await kinds.selectOption('vote');
    await page.getByRole('button', { name: 'Add it' }).press('Enter');
    await page.getByLabel('Dots for each person').fill('6');
    await expect(rows(page).nth(4)).toContainText('6 dots each, at most 2 on one item');
    await save(page);
    const { steps } = await stored(page);
    expect(steps.map(({ id }) => id)).toEqual(['hear', 'others', 'word', 'choose', 'vote', 'end']);
  });

  await test.step('[W120] a move by keyboard is taken back, and what is taken back is said', async () => {
    const talk = page.getByRole('button', { name: 'گفتگو', exact: true });
    await talk.press('Alt+ArrowDown');
    await expect(rows(page).nth(2)).toContainText('گفتگو');
    await page.keyboard.press('Control+z');
    await expect(rows(page).nth(1)).toContainText('گفتگو');
    await expect(page.getByText('Undone: Step 2, گفتگو.')).toBeAttached();
    await expect(talk).toBeFocused();
  });

  await test.step('[W121] a number that cannot be is made the nearest that can, in words', async () => {
    const talk = rows(page).nth(1);
    await talk.locator('.open').click();
    const minutes = talk.getByLabel('Minutes');
    for (const [typed, near] of [
      ['0', '1'],
      ['2.6', '3'],
      ['100000', '600'],
    ] as const) {
      await minutes.fill(typed);
      await minutes.blur();
      await expect(minutes).toHaveValue(near);
      await expect(minutes).toHaveAccessibleDescription(`Whole numbers from 1 to 600: it is ${near} now.`);
      await expect(talk).toContainText(`${near} min`);
    }
    await minutes.fill('');
    await minutes.blur();
    await expect(minutes).toHaveValue('600');
    await minutes.fill('10');
    await expect(talk).not.toContainText('Whole numbers');
    await talk.getByLabel('People are', { exact: true }).selectOption('in groups of 4');
    await talk.getByLabel('Seats').selectOption('mixed anew');
    await expect(talk.locator('.does')).toContainText('In groups of 4, mixed');
    await talk.getByLabel('Seats').selectOption('as they sit');
    await page.getByRole('button', { name: 'Draft', exact: true }).click();
    await page.getByLabel('stands in [brackets]').check();
    await expect(rows(page).nth(2).locator('.does')).toContainText('[brackets]');
  });

  await test.step('[W120] the page is called as the script is, while it is written', async () => {
    await page.getByRole('region', { name: 'Name and languages' }).getByLabel('Name').first().fill('One lake');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One lake');
    await expect(page).toHaveTitle(/One lake/);
    await save(page);
    const now = await stored(page);
    expect([now.title.en, now.steps[2]]).toMatchObject(['One lake', { id: 'word', settings: { brackets: true } }]);
  });

  await test.step('[W117] deleted elsewhere while it is written: it is said, and saved as a new one', async () => {
    const other = await organizer.context.newPage();
    await other.goto('/scripts');
    await other.getByRole('button', { name: /^Delete ?: One lake/ }).click();
    await expect(other.getByRole('status').filter({ hasText: /^Deleted/ })).toBeVisible();
    await other.close();
    const before = page.url();
    await page.getByRole('region', { name: 'Name and languages' }).getByLabel('Name').first().fill('One sea');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('This script was deleted somewhere else');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('This script was deleted somewhere else');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One sea');
    await page.getByRole('button', { name: 'Save as a new script' }).click();
    await page.waitForURL((url) => url.href !== before);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One sea');
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect((await stored(page)).title).toMatchObject({ en: 'One sea' });
    await page.getByRole('link', { name: 'Your scripts' }).click();
    await expect(page.getByRole('link', { name: 'One sea', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'One lake', exact: true })).toHaveCount(0);
  });
});
