import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

test('people choose their room; a step is parked', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const { page: phone } = await takeSeat(await arrive('Aida', ON_PHONE), forum);

  await test.step('[W167] they choose their room once they may', async () => {
    await takeSeat(await arrive('Bolat'), forum);
    await expect(phone.getByText('Walnut', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Mix the rooms' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mix the rooms' });
    await dialog.getByLabel('People choose their room themselves').check();
    await expect(page.getByText('People may choose their room now.').first()).toBeVisible();
    await look(page, 'choosing-control');
    const choice = phone.getByRole('region', { name: 'Choose your room' });
    await choice.getByRole('combobox').selectOption({ label: 'Poplar (1 person)' });
    await look(phone, 'choosing-phone');
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await choice.getByRole('button', { name: 'Go there' }).tap();
    await expect(phone.getByText('Poplar', { exact: true })).toBeVisible();
    await dialog.getByLabel('People choose their room themselves').uncheck();
    await expect(choice).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('article', { name: 'Poplar' })).toContainText('2 people');
  });

  await test.step('[W168] a step is parked below the others, and brought in again', async () => {
    await page.getByRole('button', { name: 'Put a step in' }).click();
    await page.getByRole('dialog').getByLabel('Title').first().fill('Stretch');
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in' }).click();
    await page.getByRole('button', { name: 'Move, skip or reword “Stretch”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Park it' }).click();
    await expect(page.getByRole('button', { name: 'Next: Write together' })).toBeVisible();
    const parked = page.getByRole('list', { name: 'Parked' });
    await expect(parked).toContainText('Stretch');
    await look(page, 'parked');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await parked.getByRole('button', { name: 'Stretch: Bring it in' }).click();
    await expect(page.getByRole('button', { name: 'Next: Stretch' })).toBeVisible();
    await expect(parked).toHaveCount(0);
  });
});
