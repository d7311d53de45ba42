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
  title: { en: 'Report' },
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'write', kind: 'draft', minutes: 10 },
    { id: 'ask', kind: 'ask', minutes: 5, title: { en: 'Questions' }, place: 'plenary' },
    { id: 'report', kind: 'report', minutes: 10, settings: { seconds: 90 } },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'odd.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const EMOJI = '🌾'.repeat(1_999);
const MARKS = '\u0301'.repeat(260);
/** A press just after a button came to mean something else is not counted. */
const settle = (page: Page) => page.waitForTimeout(1_500);
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

test('words that are wider or higher than others leave everybody else their place', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('Report', { exact: true }).first()).toBeVisible();
  await page.goto(`${forum.workshop}/control`);
  const inWalnut = await takeSeat(await arrive('Aida', ON_PHONE), forum);
  const inPoplar = await takeSeat(await arrive('Bolat'), forum);
  await page.getByRole('button', { name: 'Next: Draft' }).click();
  await addIdea(inPoplar, `Wheat: ${EMOJI}`);
  await addIdea(inPoplar, `Tower ${'\u0301'.repeat(400)} of marks`);
  await expect(inPoplar.page.getByText('Saved', { exact: true })).toBeVisible();

  await test.step('[W95] a question is shown up to a height, and whole where somebody wants it', async () => {
    await page.getByRole('button', { name: 'Next: Questions' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    for (const text of ['﷽'.repeat(12), 'W'.repeat(280), `Why a${MARKS}?`, 'Who pays for this?']) {
      await inPoplar.page.getByLabel('Your question').fill(text);
      await inPoplar.page.getByLabel('Your question').press('Enter');
      await expect(inPoplar.page.getByLabel('Your question')).toHaveValue('');
    }
    const asked = inWalnut.page.getByRole('region', { name: 'Questions' });
    await expect(asked.getByText('Who pays for this?')).toBeVisible();
    await expect(asked.getByText(/^Why/)).toHaveText(`Why \u00e1${'\u0301'.repeat(12)}?`);
    const wide = asked.getByRole('listitem').filter({ hasText: 'WWW' });
    const high = () =>
      wide
        .locator('p')
        .first()
        .evaluate((node) => node.clientHeight);
    const folded = await high();
    await look(inWalnut.page, 'odd-questions-phone');
    await look(page, 'odd-questions-control');
    expect(await wrongs(inWalnut.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await wide.getByRole('button', { name: 'Show the whole question' }).tap();
    expect(await high()).toBeGreaterThan(folded * 1.5);
    await wide.getByRole('button', { name: 'Show less' }).tap();
    expect(await high()).toBe(folded);
    const short = asked.getByRole('listitem').filter({ hasText: 'Who pays' });
    await expect(short.getByRole('button', { name: 'Show the whole question' })).toHaveCount(0);
  });

  await test.step('[W164] a long idea is its beginning on the wall, and is opened where it is read along', async () => {
    await settle(page);
    await page.getByRole('button', { name: 'Next: Report' }).click();

    const screen = await organizer.context.newPage();
    await screen.setViewportSize({ width: 1280, height: 720 });
    await screen.goto(`${forum.workshop}/screen`);
    const reports = page.getByRole('region', { name: 'Which room reports' });
    await reports.getByText(/rooms wait$/).click();
    await settle(page);
    await reports.getByRole('button', { name: 'Poplar: Let it report' }).click();
    const onWall = screen.getByRole('listitem').filter({ hasText: '🌾' });
    await expect(onWall).toHaveText(/^Wheat: 🌾+ …$/u);
    expect((await onWall.textContent())!.length).toBeLessThan(1_000);
    await look(screen, 'odd-report-screen');
    await inWalnut.page.getByText('Read what Poplar has written').tap();
    const along = inWalnut.page.getByRole('listitem').filter({ hasText: '🌾' });
    await look(inWalnut.page, 'odd-report-phone');
    await along.getByRole('button', { name: /^Show all/ }).tap();
    await expect(along.locator('p').first()).toHaveText(`Wheat: ${EMOJI}`);
  });
});
