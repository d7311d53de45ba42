import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { listen } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SCRIPT = {
  script: 1,
  title: { en: 'Talk' },
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'round', kind: 'talk', minutes: 10, title: { en: 'A round' }, settings: { turns: { each: 40 } } },
    {
      id: 'queue',
      kind: 'talk',
      minutes: 10,
      title: { en: 'In the plenary' },
      instruction: { en: 'What did you hear?' },
      place: 'plenary',
      settings: { turns: 'queue' },
    },
    { id: 'ask', kind: 'ask', minutes: 5, title: { en: 'To understand' }, place: 'plenary' },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'talk.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

/** A press just after a button came to mean something else is not counted. */
const settle = (page: Page) => page.waitForTimeout(800);

test('people speak in turn at their tables, and ask to speak before everybody', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('In the plenary')).toBeVisible();
  await page.goto(`${forum.workshop}/control`);
  const guest = await takeSeat(await arrive('Aida', ON_PHONE), forum);
  const { page: phone } = guest;
  const { page: desk } = await takeSeat(await arrive('Bolat'), forum);
  const { page: second } = await takeSeat(await arrive('Chinara'), forum);
  const screen = await organizer.context.newPage();
  await screen.goto(`${forum.workshop}/screen`);
  const heard = await listen(second);
  const floors = page.getByRole('region', { name: 'Who speaks' });

  await test.step('[W90] [W92] a round at a table: begun by anybody, passed on by who speaks, then by anybody', async () => {
    await page.getByRole('button', { name: 'Next: A round' }).click();
    await expect(phone.getByRole('heading', { name: 'You begin' })).toBeVisible();
    await second.getByRole('button', { name: 'Begin' }).focus();
    await second.keyboard.press('Enter');
    await expect(phone.getByRole('heading', { name: 'It is your turn to speak' })).toBeVisible();
    await expect(phone.getByRole('region', { name: 'It is your turn to speak' }).getByRole('timer')).toHaveText(
      /^0:(40|3\d)$/,
    );
    await expect(second.locator('#content').getByText('You are next.')).toBeVisible();
    await expect(second.getByRole('button', { name: /Pass on|I speak now/ })).toHaveCount(0);
    await expect(desk.getByRole('heading', { name: 'You begin' })).toBeVisible();
    await expect(floors.getByText('Aida speaks')).toBeVisible();
    await expect.poll(async () => (await heard()).join('\n')).toMatch(/Aida speaks now\. You are next\./);
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(phone, 'round-phone');
    await look(page, 'round-control');
    await phone.goto('about:blank');
    const away = second.getByRole('region', { name: 'Aida speaks' }).getByText('not connected');
    await expect(away).toBeVisible(); // [W133]
    await expect(floors.getByText('not connected').first()).toBeVisible();
    await phone.goto(forum.workshop);
    await expect(away).toHaveCount(0);
    await phone.getByRole('button', { name: 'I have finished' }).tap();
    await expect(second.getByRole('heading', { name: 'It is your turn to speak' })).toBeVisible();
  });

  await test.step('[W92] [W93] who runs it gives the floor back, and a pause stops the time to speak', async () => {
    await settle(page);
    await floors.getByRole('button', { name: 'Walnut: End this turn' }).click();
    await expect(phone.getByRole('heading', { name: 'Everybody has spoken' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(phone.getByRole('heading', { name: 'Chinara speaks' })).toBeVisible();
    await page.getByRole('button', { name: 'Pause the clock' }).click();
    const timer = phone.getByRole('region', { name: 'Chinara speaks' }).getByRole('timer');
    const stands = await timer.innerText();
    await page.waitForTimeout(1_200); // a clock that ran would show another second
    expect(await timer.innerText()).toBe(stands);
    await page.getByRole('button', { name: 'Let the clock run' }).click();
  });

  await test.step('[W91] [W94] a queue before everybody: raised, seen on the wall, taken back', async () => {
    await page.getByRole('button', { name: 'Next: In the plenary' }).click();
    await desk.getByRole('button', { name: 'I would like to speak' }).focus();
    await desk.keyboard.press('Enter');
    await expect(desk.locator('#content').getByText('You are next.')).toBeVisible();
    await expect(desk.getByRole('heading', { name: 'Nobody speaks now' })).toBeFocused();
    await settle(desk);
    await desk.keyboard.press('Enter'); // takes nothing back
    await expect(desk.getByRole('button', { name: 'I do not want to speak any more' })).toBeVisible();
    await phone.getByRole('button', { name: 'I would like to speak' }).tap();
    await expect(phone.locator('#content').getByText('1 person speaks before you.')).toBeVisible();
    await settle(page);
    await floors.getByRole('button', { name: 'All together: Pass on to Bolat' }).click();
    await expect(screen.getByText('Bolat speaks')).toBeVisible();
    await expect(screen.getByText('Aida')).toBeVisible();
    await expect(second.getByRole('heading', { name: 'Bolat speaks' })).toBeVisible(); // of another table
    await screen.setViewportSize({ width: 1280, height: 720 });
    await look(screen, 'queue-screen');
    await look(desk, 'queue-desk');
    await settle(phone);
    await phone.getByRole('button', { name: 'I do not want to speak any more' }).tap();
    await expect(screen.getByText('Aida')).toHaveCount(0);
    await settle(desk);
    await desk.getByRole('button', { name: 'I have finished' }).click();
    await expect(second.getByRole('heading', { name: 'Nobody speaks now' })).toBeVisible();
    await expect(desk.getByRole('button', { name: 'I would like to speak' })).toBeFocused();
  });

  await test.step('[W95] [W96] a question from a phone, supported by key at another table, shown on the wall', async () => {
    await page.getByRole('button', { name: 'Next: To understand' }).click();
    const field = phone.getByLabel('Your question');
    await field.fill('Who pays for it?');
    await phone.reload(); // nothing that was typed is lost
    await expect(field).toHaveValue('Who pays for it?');
    await phone.getByRole('button', { name: 'Ask', exact: true }).tap();
    await expect(field).toHaveValue('');
    await expect(phone.getByText('Your question', { exact: true }).last()).toBeVisible();
    const support = desk.getByRole('button', { name: 'I would like to know that too: “Who pays for it?”' });
    await expect(support).toBeVisible();
    await phone.getByRole('button', { name: 'Take back “Who pays for it?”' }).tap();
    await expect(support).toHaveCount(0); // what is pressed later is the second one
    await expect(field).toHaveValue('Who pays for it?');
    await expect(field).toBeFocused();
    await phone.getByRole('button', { name: 'Ask', exact: true }).tap();
    await expect(field).toHaveValue('');
    await expect(support).toHaveAttribute('aria-disabled', 'false'); // it has just come to stand there
    await support.focus();
    await desk.keyboard.press('Enter');
    await expect(support).toHaveAttribute('aria-pressed', 'true');
    await second.getByLabel('Your question').fill('یہ کب شروع ہوگا؟');
    await second.getByLabel('Your question').press('Enter');
    const asked = screen.getByRole('region', { name: 'Questions' }).getByRole('listitem');
    await expect(asked).toHaveText([/Who pays for it\?\s*1 supports it/, /یہ کب شروع ہوگا؟/]);
    await expect(asked.nth(1).locator('.text')).toHaveAttribute('dir', 'rtl');
    await look(screen, 'ask-screen');
    await look(phone, 'ask-phone');
    expect(await wrongs(screen, { sizes: [{ width: 1280, height: 720 }] })).toEqual([]);
    expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
  });

  await test.step('[W97] answered, and set aside with a way back', async () => {
    await look(page, 'ask-control');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Answered: “Who pays for it?”' }).click();
    await expect(phone.getByText('1 answered question')).toBeVisible();
    await page.getByRole('button', { name: 'Set aside: “\u2068یہ کب شروع ہوگا؟\u2069”' }).click();
    await expect(second.getByText('Set aside by those who run the workshop', { exact: false })).toBeVisible();
    await expect(phone.getByText('یہ کب شروع ہوگا؟')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(phone.getByText('یہ کب شروع ہوگا؟')).toBeVisible();
  });

  await test.step('[W134] without a network what was asked is as it was then, also on a page that is opened again', async () => {
    const then = phone.getByText(/^As it was at \d\d:\d\d$/);
    const asked = phone.getByText('یہ کب شروع ہوگا؟');
    await expect
      .poll(() => phone.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith('live/'))?.[1]))
      .toContain('یہ کب شروع ہوگا؟');
    await phone.evaluate(async () => {
      while (!(await (await caches.open('dastarkhan-pages')).match(location.href)))
        await new Promise(requestAnimationFrame);
    });
    await guest.context.setOffline(true);
    await expect(then).toHaveCount(1);
    await expect(asked).toBeVisible();
    await phone.reload();
    await expect(then).toHaveCount(1);
    await expect(asked).toBeVisible();
    await expect(phone.getByText('No connection: the board stands here', { exact: false })).toBeVisible();
    await guest.context.setOffline(false);
    await expect(then).toHaveCount(0, { timeout: 15_000 });
    await expect(asked).toBeVisible();
  });
});
