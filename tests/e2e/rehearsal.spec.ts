import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const SCRIPT = {
  script: 1,
  title: { en: 'Pairs' },
  steps: [
    { kind: 'arrive', minutes: null },
    { kind: 'draft', minutes: 10, title: { en: 'Two by two' }, place: 'pairs' },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'pairs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

test('[F30] [F32] [F35] an organizer rehearses a script with simulated people, and nothing of it stays', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { title: 'One river', agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const banner = page.getByRole('complementary', { name: 'Rehearsal' });
  const asked = page.getByRole('dialog', { name: 'End the rehearsal?' });

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
    await page.waitForURL(/rehearsal-one-river-\w{6}\/workshops\/.*\/control$/);
    await expect(banner).toContainText('All people here are simulated');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rehearsal: What do we do?');
    await expect(page.getByText('5 of 5')).toBeVisible({ timeout: 20_000 });
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.context().addCookies([{ name: 'locale', value: 'ru', url: page.url() }]);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Репетиция: What do we do?');
    await expect(page.getByRole('link', { name: 'Репетиция: One river' })).toBeVisible();
    await look(page, 'rehearsal-ru');
    await page.context().clearCookies({ name: 'locale' });
    await page.reload();
    await page.getByRole('button', { name: 'Next: Write together' }).click();
    await page.getByRole('button', { name: 'Next: Close' }).waitFor();
  });

  await test.step('it says so on its other pages, shows no code and is in no list', async () => {
    const home = new URL(page.url()).pathname.split('/workshops/')[0]!;
    const groups = new URL(page.url()).pathname.replace(home, '').replace(/control$/, 'groups');
    for (const path of ['', '/people', '/outcome', '/settings', groups]) {
      await page.goto(`${home}${path}`);
      await expect(page).toHaveTitle(/^Rehearsal: /);
      await expect(banner).toBeVisible();
      await expect(page.getByText(/[A-Z0-9]{4}-[A-Z0-9]{4}/)).toHaveCount(0);
    }
    await expect(page.getByText('Rehearsal: One river').first()).toBeVisible();
    await page.goto('/forums');
    await expect(page.getByText('One river')).toHaveCount(1);
  });

  await test.step('the script says that it runs, and it ends there', async () => {
    await page.goto(`${forum.workshop}/script`);
    const control = (await page.getByRole('link', { name: 'Go to its control room' }).getAttribute('href'))!;
    const opened = [];
    for (const path of [control, control.replace(/\/control$/, ''), control.replace(/control$/, 'screen')]) {
      const tab = await page.context().newPage();
      await tab.goto(path);
      await expect(tab).toHaveTitle(/^Rehearsal: /);
      opened.push(tab);
    }
    await page.bringToFront();
    await page.getByRole('button', { name: 'End the rehearsal' }).click();
    await expect(asked).toContainText('all that was written in it');
    await look(page, 'rehearsal-end');
    expect(await wrongs(page, { sizes: [PHONE, DESK] })).toEqual([]);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('link', { name: 'Go to its control room' })).toBeVisible();
    await page.getByRole('button', { name: 'End the rehearsal' }).click();
    await asked.getByRole('button', { name: 'End the rehearsal' }).click();
    await expect(page.getByRole('button', { name: 'Rehearse' })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'The rehearsal has ended' })).toBeVisible();
    for (const tab of opened) {
      await tab.bringToFront();
      await expect(tab.getByRole('heading', { level: 1 })).toHaveText('The rehearsal has ended');
      expect(await wrongs(tab, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
      await look(tab, 'rehearsal-ended');
      await tab.getByRole('link', { name: 'To the forum' }).click();
      await expect(tab.getByRole('heading', { name: 'One river' })).toBeVisible();
    }
  });

  await test.step('whoever ends it from one of its pages is told what it was', async () => {
    await page.getByText('Use a script from a file').click();
    await page.getByLabel('File').setInputFiles(FILE);
    await page.getByRole('button', { name: 'Check and use it' }).click();
    await expect(page.getByText('Two by two')).toBeVisible();
    await page.getByLabel('People', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await banner.waitFor();
    const control = page.url();
    await expect(page.getByText(/^[1-9] of [1-9] connected/)).toBeVisible();
    await page.getByRole('button', { name: 'Next: Two by two' }).click();
    await page
      .getByRole('link', { name: /^Read along with/ })
      .first()
      .click();
    await expect(page).toHaveTitle(/^Rehearsal: Pair 1, /);
    await expect(banner).toContainText('nothing of it is kept');
    await look(page, 'rehearsal-pair');
    await page.goto(control);
    await banner.getByRole('button', { name: 'End the rehearsal' }).click();
    await asked.getByRole('button', { name: 'End the rehearsal' }).click();
    const note = page.getByRole('status').filter({ hasText: 'The rehearsal has ended' });
    await expect(note).toContainText(/^.*2 steps of 3 were run, and (no idea was|\d+ ideas? (was|were)) written\.$/s);
    await look(page, 'rehearsal-note');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
  });
});
