import type { Page } from '@playwright/test';
import { expectAccessible, listen } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('people in rooms and those who run the workshop reach each other', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const aida = await takeSeat(await arrive('Aida', ON_PHONE), forum);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  await beginWriting(organizer);
  const [phone, desk] = [aida.page, bolat.page];
  const [heardHere, heardThere, heardOnPhone] = [await listen(page), await listen(desk), await listen(phone)];
  const hears = (heard: typeof heardHere, line: RegExp) =>
    expect.poll(async () => (await heard()).join('\n')).toMatch(line);
  const walnut = page.getByRole('article', { name: 'Walnut' });
  const dialog = phone.getByRole('dialog', { name: 'How is it going?' });
  const called = dialog.getByRole('group', { name: 'Call for help' });
  const queue = page.getByRole('region', { name: /^Help wanted/ });

  await test.step('[W80] [W81] somebody is done, and then is not: numbers are seen, and no name', async () => {
    await phone.getByRole('button', { name: 'Finished? Help?' }).tap();
    await dialog.getByRole('button', { name: 'I am done' }).tap();
    await expect(dialog.getByRole('button', { name: 'I am done' })).toHaveAttribute('aria-pressed', 'true');
    await expect(walnut.getByText('1 of 1 done')).toBeVisible();
    await expect(page.getByRole('region', { name: /^Step/ }).getByText('1 of 2 done')).toBeVisible();
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await dialog.getByRole('button', { name: 'More time, please' }).tap();
    await expect(walnut.getByText('1 wants more time')).toBeVisible();
    await page.getByRole('button', { name: '+1 min for Walnut' }).click();
    await expect(walnut.getByText('1 wants more time')).toHaveCount(0);
    await expect(dialog.getByRole('button', { name: 'More time, please' })).toHaveAttribute('aria-pressed', 'false');
    await dialog.getByRole('button', { name: 'I am done' }).tap();
    await expect(walnut.getByText('1 of 1 done')).toBeVisible();
  });

  await test.step('[W82] [W83] help is called from a phone, and somebody is on the way: by name', async () => {
    await dialog.getByRole('button', { name: 'Call for help' }).tap();
    await expect(called.getByText('You have called for help. Your room is in the queue.')).toBeVisible();
    await expect(queue.getByText('Aida calls for help')).toBeVisible();
    await expect(page).toHaveTitle(/^\(1\) Help wanted/);
    await hears(heardHere, /Walnut calls for help\./);
    await expect(desk.getByRole('button', { name: 'Help is called' })).toHaveCount(0);
    const screen = await organizer.context.newPage();
    await screen.goto(`${forum.workshop}/screen`);
    await expect(screen.getByRole('heading', { name: 'What do we do?' })).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    const count = page.getByRole('button', { name: '1 room waits for help' });
    await page.setViewportSize(PHONE);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(count).toBeInViewport();
    await count.click();
    await expect(queue.getByRole('heading', { name: 'Help wanted (1)' })).toBeFocused();
    await expect(queue.getByRole('heading', { name: 'Help wanted (1)' })).toBeInViewport();
    const onMyWay = queue.getByRole('button', { name: 'On my way to Walnut' });
    await expect(onMyWay).toBeInViewport({ ratio: 1 });
    // [W145]
    for (const [way, there] of [
      ['Messages', page.getByRole('button', { name: 'Write a message' })],
      ['Rooms', walnut],
      ['Time', page.getByRole('button', { name: '+3 minutes' })],
    ] as const) {
      await page.getByRole('link', { name: way, exact: true }).click();
      await expect(there).toBeInViewport();
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.evaluate(() => scrollTo(0, 0));
    await count.click();
    await expect(onMyWay).toBeInViewport({ ratio: 1 });
    await expect(walnut.getByText('Calls for help')).toBeVisible();
    await onMyWay.click();
    await expect(walnut.getByText('You are on the way.')).toBeVisible();
    await expect(called.getByText('Alyona is on the way')).toBeVisible();
    await hears(heardOnPhone, /Alyona is on the way/);
    await expect(queue.getByText('You are on the way.')).toBeVisible();
    await expect(page).not.toHaveTitle(/Help wanted/);
    expect(await screen.locator('body').innerText()).not.toMatch(/help|Aida/i);
    await screen.close();
  });

  const write = page.getByRole('button', { name: 'Write a message' });
  const field = page.getByRole('textbox', { name: 'Message' });
  const notice = (who: typeof phone) => who.getByRole('region', { name: 'Message from Alyona' });
  await test.step('[W84] [W85] [W86] a message stays until it is read, and who has read it is counted', async () => {
    await write.click();
    await field.fill('<b>Five</b> minutes left');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await field.press('Enter');
    await expect(page.getByText('Read by 0 of 2')).toBeVisible();
    await expect(write).toBeFocused();
    await dialog.getByRole('button', { name: 'Close' }).tap();
    for (const open of [phone, desk]) {
      await expect(notice(open)).toContainText('<b>Five</b> minutes left');
    }
    for (const heard of [heardThere, heardOnPhone])
      await hears(heard, /Message from Alyona: <b>Five<\/b> minutes left/);
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await desk.getByRole('button', { name: 'I have read it: “<b>Five</b> minutes left”' }).focus();
    await desk.waitForTimeout(700); // a second press of the same hand is none
    await desk.keyboard.press('Enter');
    await expect(page.getByText('Read by 1 of 2')).toBeVisible();
    await expect(notice(desk)).toHaveCount(0);
    await expect(desk.getByRole('heading', { name: 'What do we do?' })).toBeFocused();
    await desk.reload();
    await expect(desk.getByRole('button', { name: 'Finished? Help?' })).toBeVisible();
    await expect(notice(desk)).toHaveCount(0);
  });

  await test.step('[W85] the newest message is seen first, each has its own button, and all can be read', async () => {
    await write.click();
    await field.fill('Lunch is ready');
    await field.press('Enter');
    await expect(notice(phone)).toContainText('Lunch is ready');
    await expect(notice(phone)).not.toContainText('Five');
    await phone.getByRole('button', { name: '1 earlier message' }).tap();
    await expect(notice(phone).getByRole('button', { name: /^I have read it: “/ })).toHaveCount(2);
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await phone.getByRole('button', { name: 'I have read it: “Lunch is ready”' }).tap();
    await expect(notice(phone)).not.toContainText('Lunch');
    await expect(notice(phone)).toContainText('Five');
    await expect(phone.getByRole('button', { name: /^I have read it: “<b>Five/ })).toBeFocused();
    await page.getByRole('button', { name: 'Take back “Lunch is ready”' }).click();
    await expect(notice(desk)).toHaveCount(0);
  });

  await test.step('[W131] on a small phone a long message leaves the board its place, and is read whole when asked for', async () => {
    const long = `${'Choose the two ideas that matter most and word each as one clause. '.repeat(3)}Then read aloud.`;
    await write.click();
    await field.fill(long);
    await field.press('Enter');
    await phone.setViewportSize({ width: 360, height: 640 });
    await expect(notice(phone)).toContainText('Choose the two');
    const head = await phone.getByRole('group', { name: 'Step, time and what is saved' }).boundingBox();
    expect(head?.height).toBeLessThanOrEqual(256);
    await notice(phone).getByRole('button', { name: 'More (1 earlier)' }).tap();
    await expect(notice(phone).getByText('Then read aloud.')).toBeInViewport();
    await page.getByRole('button', { name: /^Take back “Choose/ }).click();
    await expect(notice(phone)).not.toContainText('Choose');
    await phone.setViewportSize({ width: 360, height: 740 });
  });

  await test.step('[W82] [W85] [W89] [W141] after a restart all of it is as it was, and offline nothing is sent', async () => {
    await write.click();
    await field.fill('اردو میں ایک پیغام');
    await page.getByLabel('To', { exact: true }).selectOption({ label: 'Poplar' });
    await server.stop();
    await expect(page.getByRole('button', { name: 'No connection: nothing is sent' })).toBeVisible();
    await field.press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const timer = await page.getByRole('timer').textContent();
    const more = page.getByRole('button', { name: '+3 minutes' });
    await expect(more).toBeDisabled();
    await more.press('Enter'); // it is found, and says why
    await expect(page.getByText(/^No connection: not sent\./).first()).toBeVisible();
    await expect(more).toBeFocused();
    await expect(page.getByText(/Nothing can be sent until the connection is back\./)).toHaveCount(3);
    // the bar, the clock, the queue and the tiles
    await expect(page.getByText(/as it was at \d\d:\d\d/i)).toHaveCount(4);
    expect(await greens(page)).toEqual([]);
    await phone.getByRole('button', { name: 'Help is on the way' }).tap();
    await expect(dialog.getByText(/^No connection: this can be pressed once it is back/)).toBeVisible();
    await server.start();
    await expect(page.getByText(/^Live again: .* Nothing was sent since \d\d:\d\d\.$/)).toBeVisible();
    await expect(page.getByText(/as it was/i)).toHaveCount(0);
    await expect(more).toBeEnabled();
    expect(await greens(page)).not.toEqual([]);
    await write.click();
    await expect(field).toHaveValue('اردو میں ایک پیغام');
    await expect(page.getByRole('button', { name: 'Send to Poplar' })).toBeVisible();
    expect(((await page.getByRole('timer').textContent()) ?? '') <= (timer ?? '')).toBe(true);
    await expect(called.getByText('Alyona is on the way')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'I am done' })).toHaveAttribute('aria-pressed', 'true');
    await dialog.getByRole('button', { name: 'Close' }).tap();
    await expect(notice(phone)).toBeVisible();
    await expect(queue.getByText('You are on the way.')).toBeVisible();
    await expect(walnut.getByText('1 of 1 done')).toBeVisible();
    await field.press('Enter');
    const words = notice(desk).getByText('اردو میں ایک پیغام');
    await expect(words).toHaveAttribute('dir', 'rtl');
    await expect(words).toHaveAttribute('lang', 'ur');
    await expect(notice(phone)).not.toContainText('اردو');
    await page.getByRole('button', { name: /^Take back “\u2068اردو/ }).click();
    await expect(notice(desk)).toHaveCount(0);
    await expect(page.getByText('To Poplar · Taken back')).toBeVisible();
  });

  await test.step('[W82] the call is over, and a step that begins knows nothing of who was done', async () => {
    await queue.getByRole('button', { name: 'Done in Walnut' }).click();
    await expect(queue).toHaveCount(0);
    await expect(phone.getByRole('button', { name: 'You are done' })).toBeVisible();
    // [W140]
    const first = page.getByRole('article').first();
    await page.getByLabel('Who needs you first').check();
    await desk.getByRole('button', { name: 'Finished? Help?' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Call for help' }).click();
    await expect(first).toHaveAccessibleName('Poplar');
    await page.getByLabel('Who needs you first').uncheck();
    await expect(first).toHaveAccessibleName('Walnut');
    await queue.getByRole('button', { name: 'Done in Poplar' }).click();
    await expect(queue).toHaveCount(0);
    await expect(notice(phone)).toBeVisible();
    await page.getByRole('button', { name: 'Next: Close' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(phone.getByRole('button', { name: 'Help?' })).toBeVisible();
    await expect(notice(phone)).toHaveCount(0);
    await page.getByRole('button', { name: 'Show all 4' }).click();
    await expect(page.getByText(/Over with its step, Read by 1 of 2/)).toBeVisible();
    await expect(walnut.getByText('1 of 1 done')).toHaveCount(0);
    await expectAccessible(page);
  });
});

/** What says by its colour that it is connected, or saved. */
const greens = (page: Page) =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--pine)';
    const pine = getComputedStyle(probe).color;
    probe.remove();
    return [...document.querySelectorAll('main *')].flatMap((node) => {
      const { color, backgroundColor, borderBlockStartColor, fill } = getComputedStyle(node);
      return [color, backgroundColor, borderBlockStartColor, fill].includes(pine) ? [node.className.toString()] : [];
    });
  });
