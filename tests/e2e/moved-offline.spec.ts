import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];

test('[B36] who is moved while offline is told so, and finds the words that were not sent', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page, context } = await takeSeat(await arrive('Aida'), forum);
  await beginWriting(organizer);
  const write = async (text: string) => {
    await page.getByRole('textbox', { name: 'Your idea' }).fill(text);
    await page.getByRole('button', { name: 'Add idea' }).click();
  };
  await write('Saved in Walnut');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await context.setOffline(true);
  await write('Never sent from Walnut');
  await expect(page.getByText(/Not saved yet/)).toBeVisible();
  await organizer.page.getByRole('button', { name: /Aida/ }).click();
  await organizer.page.getByLabel('Room', { exact: true }).selectOption({ index: 1 });
  await organizer.page.getByRole('button', { name: 'Move to Poplar' }).click();
  await expect(organizer.page.getByText('Aida now sits in Poplar.')).toBeVisible();
  await context.setOffline(false);

  await test.step('the old board takes no more words', async () => {
    await expect(page.getByRole('heading', { name: 'You now sit in Poplar' })).toBeVisible();
    await expect(page.getByText(/not on (the|a) board, but kept on this device/)).toBeVisible();
    await expect(page.getByText('The server cannot be reached', { exact: false })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
  });

  await test.step('the new one offers what was not sent, and does not call it saved', async () => {
    await page.getByRole('alert').getByRole('link', { name: 'Go to Poplar' }).click();
    await expect(page.getByRole('heading', { name: 'What do we do?' })).toBeFocused();
    await expect(page.getByText('Saved, but some changes were not taken')).toBeVisible();
    for (const size of [
      { width: 1280, height: 800 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(size);
      await page.screenshot({ path: test.info().outputPath(`elsewhere-${size.width}.png`) });
    }
    await page.getByRole('button', { name: 'Show what was kept' }).click();
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(['Never sent from Walnut']);
    await page.keyboard.press('Escape');
  });

  await test.step('[B37] a device whose seat is gone is told so', async () => {
    await context.setOffline(true);
    await write('Never sent from Poplar');
    await context.clearCookies();
    await context.setOffline(false);
    await expect(page.getByRole('heading', { name: 'Your seat is no longer at this table' })).toBeVisible();
    await page.getByRole('button', { name: 'Show what was kept' }).click();
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(['Never sent from Poplar']);
  });
});

test('[B36][B81] who is moved or removed while writing is told so there, and finds every word', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = await takeSeat(await arrive('Aida', PHONE), forum);
  await beginWriting(organizer);
  const idea = page.getByRole('textbox', { name: 'Your idea' });
  await idea.fill('Half a sent');
  await organizer.page.getByRole('button', { name: /Aida/ }).click();
  await organizer.page.getByLabel('Room', { exact: true }).selectOption({ index: 1 });
  await organizer.page.getByRole('button', { name: 'Move to Poplar' }).click();

  await test.step('moved: told where one writes, and the words go along', async () => {
    const told = page.locator('form').filter({ has: idea });
    await expect(told).toContainText('You now sit in Poplar. What you wrote is kept.');
    await expect(page.getByText('Writing has closed')).toHaveCount(0);
    await expect(page.getByText('no longer at this table')).toHaveCount(0);
    await expect(told.getByRole('link', { name: 'Go to Poplar' })).toBeInViewport();
    await page.screenshot({ path: test.info().outputPath('moved.png') });
    const control = organizer.page;
    await control.getByRole('button', { name: 'Write a message' }).click();
    await control.getByRole('textbox', { name: 'Message' }).fill('Lunch is ready');
    await control.getByLabel('To', { exact: true }).selectOption({ label: 'Poplar' });
    await control.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expect(page.getByRole('region', { name: 'Message from Alyona' })).toContainText('Lunch is ready'); // [W132] of the room that is theirs now
    await page.waitForTimeout(700); // a press just after it came counts for nothing
    await page.getByRole('button', { name: /^I have read it/ }).tap();
    await expect(control.getByText('Read by 1 of 1')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Finished? Help?' })).toBeVisible();
    await idea.press('End');
    await idea.pressSequentially('en'); // whoever writes does not look up in mid-word
    await told.getByRole('link', { name: 'Go to Poplar' }).click();
    await expect(page).toHaveTitle(/Poplar/);
    await expect(idea).toHaveValue('Half a senten');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('removed: told so, and back by itself with the caret in the field', async () => {
    await idea.press('End');
    await idea.pressSequentially('ce');
    const people = organizer.page;
    await people.goto(`/forums/${forum.slug}/people`);
    await people.getByRole('button', { name: 'Remove Aida' }).click();
    await people.getByRole('button', { name: 'Keep this device out' }).click();
    await expect(page.getByText('Your seat was removed from this table. What you wrote is kept.')).toBeInViewport();
    await expect(page.getByText('Writing has closed')).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('removed.png') });
    await people.getByRole('button', { name: 'Let in again: Aida' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(idea).toHaveValue('Half a sentence');
    await expect(idea).toBeEditable();
  });

  const byKey = async (way: Locator) => {
    await page.keyboard.press('Tab');
    await expect(way).toBeFocused();
    await page.keyboard.press('Enter');
  };
  for (const [room, by, go] of [
    ['Walnut', 'tap', (way: Locator) => way.tap()],
    ['Poplar', 'key', byKey],
    [
      'Walnut',
      'click, after the text was left',
      (way: Locator) => page.keyboard.press('Escape').then(() => way.click()),
    ],
  ] as const)
    await test.step(`moved while a text is open: its way to ${room} works by ${by}`, async () => {
      await idea.fill('Open');
      await page.getByRole('button', { name: 'Add idea' }).click();
      const item = page.getByRole('group', { name: /Open/ }).last();
      await item.getByText('Open').click();
      await expect(item.getByRole('textbox')).toBeFocused();
      await organizer.page.goto(`${forum.workshop}/control`);
      await organizer.page.getByRole('button', { name: /Aida/ }).click();
      const rooms = organizer.page.getByLabel('Room', { exact: true });
      await rooms.selectOption(await rooms.locator('option', { hasText: room }).getAttribute('value'));
      await organizer.page.getByRole('button', { name: `Move to ${room}` }).click();
      const way = item.getByRole('link', { name: `Go to ${room}` });
      await expect(way).toBeInViewport();
      await go(way);
      await expect(page).toHaveTitle(new RegExp(room));
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    });
});
