import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { addIdea } from './ideas.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const SCRIPT = {
  script: 1,
  title: { en: 'River' },
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'a', kind: 'draft', minutes: 10, instruction: { en: 'Word four of them.', ur: 'ان میں سے چار لکھیں۔' } },
    { id: 'b', kind: 'draft', minutes: 10, instruction: { en: 'Word two more.', ur: 'دو اور لکھیں۔' } },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'river.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const WALLS = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

/** The smallest letters of a page, as a part of the window's height. */
const smallest = (page: Page) =>
  page.evaluate(() => {
    const sizes: number[] = [];
    const walk = document.createTreeWalker(document.querySelector('.screen')!, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { parentElement: of, textContent } = walk.currentNode as Text;
      if (!textContent?.trim() || !of?.checkVisibility() || of.closest('.heard, [aria-hidden=true]')) continue;
      sizes.push(Number.parseFloat(getComputedStyle(of).fontSize) / innerHeight);
    }
    return Math.min(...sizes);
  });

test('a projector becomes the screen by a link, and shows what is wanted', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA, languages: ['en', 'ur'] });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('River')).toBeVisible();
  await page.goto(`${forum.workshop}/control`);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const wall = await arrive('Projector', { viewport: WALLS[0]! });
  const dialog = page.getByRole('dialog', { name: 'What is on the screen' });
  const isReadable = async () => {
    for (const size of WALLS) {
      await wall.page.setViewportSize(size);
      expect(await smallest(wall.page)).toBeGreaterThanOrEqual(0.0349);
    }
    expect(await wrongs(wall.page, { sizes: WALLS })).toEqual([]);
  };

  await test.step('[W166] the link is opened on another machine, once, and nobody signs in there', async () => {
    await page.getByRole('button', { name: 'What is on the screen' }).click();
    await dialog.getByRole('button', { name: 'Make a link for it' }).click();
    const link = await dialog.getByText(/\/seat\//).innerText();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'screen-settings');
    await wall.page.goto(new URL(link).pathname);
    await wall.page.getByRole('button', { name: 'Show the screen here' }).click();
    await expect(wall.page).toHaveURL(new RegExp(`${forum.workshop}/screen$`));
    await expect(wall.page.getByText('1 person at the table')).toBeVisible();
    await isReadable();
    const again = await (
      await arrive('Somebody')
    ).page.request.post(new URL(link).pathname, {
      headers: { origin: server.origin },
      form: {},
    });
    expect(await again.text()).not.toContain(`${forum.workshop}/screen`);
    await wall.page.goto(`${forum.workshop}/control`);
    await expect(wall.page.getByRole('button', { name: 'Next' })).toHaveCount(0);
    await wall.page.goto(`${forum.workshop}/screen`);
  });

  await test.step('[W165] a board, the code, the outcome: shown now, and the step when it begins', async () => {
    await addIdeaIn(page, aida);
    const show = dialog.getByLabel('Show now');
    await show.selectOption({ label: 'The board of Walnut' });
    await expect(wall.page.getByText('Open the reading rooms')).toBeVisible();
    await isReadable();
    await look(wall.page, 'screen-board');
    await show.selectOption({ label: 'The code, as large as can be' });
    await expect(wall.page.getByText('Open the reading rooms')).toHaveCount(0);
    await expect(wall.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toHaveCount(1);
    await isReadable();
    await look(wall.page, 'screen-code');
    await show.selectOption({ label: 'Where the outcome is read' });
    await expect(wall.page.getByText(/\/outcome$/)).toBeVisible();
    await isReadable();
    await look(wall.page, 'screen-outcome');
    await dialog.getByLabel('Also in').selectOption('ur');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Next: Draft/ }).click();
    await expect(wall.page.getByText('Word two more.')).toBeVisible();
    await expect(wall.page.getByText('دو اور لکھیں۔')).toHaveAttribute('dir', 'rtl');
    await isReadable();
    await look(wall.page, 'screen-two-languages');
  });

  await test.step('a guest at the control room is shown the way back to their board', async () => {
    await aida.page.goto(`${forum.workshop}/control`);
    await expect(aida.page.getByRole('heading', { level: 1 })).toHaveText('This page is not for your seat');
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(aida.page, 'not-for-seat');
    await expect(aida.page.getByText('join with its code')).toHaveCount(0);
    await aida.page.getByRole('link', { name: 'To your board' }).click();
    await expect(aida.page.getByText('Open the reading rooms')).toBeVisible();
  });

  await test.step('where all have gone to sleep, the wall says who has a seat, and not that nobody has come yet', async () => {
    await aida.page.close();
    await expect(wall.page.getByText('1 person has a seat here')).toBeVisible();
    await expect(wall.page.getByText('Nobody is here yet')).toHaveCount(0);
    await isReadable();
    await look(wall.page, 'screen-asleep');
  });
});

async function addIdeaIn(page: Page, guest: Parameters<typeof addIdea>[0]): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Next: Draft/ }).click();
  await guest.page.getByRole('textbox', { name: 'Your idea' }).waitFor();
  await addIdea(guest, 'Open the reading rooms');
  await page.getByRole('button', { name: 'What is on the screen' }).click();
}
