import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { listen } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { addIdea } from './ideas.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SCRIPT = {
  script: 1,
  title: { en: 'Report' },
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'write', kind: 'draft', minutes: 10 },
    { id: 'report', kind: 'report', minutes: 10, settings: { seconds: 90 } },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

/** A press just after a button came to mean something else is not counted. */
const settle = (page: Page) => page.waitForTimeout(800);

test('rooms report one after another: on phones, in the control room and on the wall', async ({ server, arrive }) => {
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
  const screen = await organizer.context.newPage();
  await screen.goto(`${forum.workshop}/screen`);
  await screen.setViewportSize({ width: 1280, height: 720 });
  const reports = page.getByRole('region', { name: 'Which room reports' });

  await test.step('[W160] the time is set, to less than there was, and is taken back', async () => {
    await page.getByRole('button', { name: 'Next: Draft' }).click();
    await expect(inWalnut.page.getByRole('textbox', { name: 'Your idea' })).toBeVisible();
    await page.getByRole('button', { name: 'Set the time' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Minutes')).toHaveValue('10');
    await dialog.getByLabel('Minutes').fill('3');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await dialog.getByRole('button', { name: 'Set the time' }).click();
    await expect(page.getByRole('timer').first()).toHaveText(/^(3:00|2:5\d)$/);
    await look(page, 'set-time-control');
    await page.getByRole('button', { name: 'Take back the time that was set' }).click();
    await expect(page.getByRole('timer').first()).toHaveText(/^9:\d\d$/);
  });

  await addIdea(inWalnut, 'Open the reading rooms in the evening');
  await addIdea(inPoplar, 'ہر کتب خانے میں ایک تربیت یافتہ فرد');
  await expect(inPoplar.page.getByText('Saved', { exact: true })).toBeVisible();

  await test.step('[W161] the order is seen by all before anybody reports', async () => {
    await page.getByRole('button', { name: 'Next: Report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    const first = inWalnut.page.getByRole('heading', { name: /(reports first|Your room reports first)$/ });
    await expect(first).toBeVisible();
    await expect(screen.getByText(/^(Walnut|Poplar) reports first$/)).toBeVisible();
    await look(screen, 'report-first-screen');
    await look(page, 'report-first-control');
    await look(inWalnut.page, 'report-first-phone');
    expect(await wrongs(screen, { sizes: [{ width: 1280, height: 720 }] })).toEqual([]);
  });

  const heard = await listen(inWalnut.page);
  await test.step('[W162] [W164] a room is called up: its board is read along by the others and seen on the wall', async () => {
    await reports.getByText(/rooms wait$/).click();
    await settle(page);
    await reports.getByRole('button', { name: 'Poplar: Let it report' }).click();
    await expect(inWalnut.page.getByRole('heading', { name: 'Poplar reports' })).toBeVisible();
    await expect.poll(heard).toEqual(expect.arrayContaining([expect.stringContaining('Poplar reports')]));
    await inWalnut.page.getByText('Read what Poplar has written').tap();
    const along = inWalnut.page.getByText('ہر کتب خانے میں ایک تربیت یافتہ فرد');
    await expect(along).toBeVisible();
    await expect(along).toHaveAttribute('dir', 'rtl');
    await expect(screen.getByRole('heading', { name: 'Poplar' })).toBeVisible();
    await expect(screen.getByText('ہر کتب خانے میں ایک تربیت یافتہ فرد')).toBeVisible();
    await expect(screen.getByRole('timer').first()).toHaveText(/^1:[0-3]\d$/);
    // whoever sits there sees nobody who reads along
    await expect(inPoplar.page.getByRole('heading', { name: 'Your room reports' })).toBeVisible();
    await expect(inPoplar.page.locator('#content')).not.toContainText('Aida');
    await look(screen, 'report-screen');
    await look(page, 'report-control');
    await look(inWalnut.page, 'report-phone');
    await look(inPoplar.page, 'report-own');
    expect(
      await wrongs(screen, {
        sizes: [
          { width: 1280, height: 720 },
          { width: 1920, height: 1080 },
        ],
      }),
    ).toEqual([]);
    expect(await wrongs(inWalnut.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
  });

  await test.step('[W162] [W163] on to the next room and back; a restart changes nothing', async () => {
    await settle(page);
    await reports.getByRole('button', { name: 'On to Walnut' }).click();
    await expect(inWalnut.page.getByRole('heading', { name: 'Your room reports' })).toBeVisible();
    await expect(inWalnut.page.getByText('ہر کتب خانے میں')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(inPoplar.page.getByRole('heading', { name: 'Your room reports' })).toBeVisible();
    await server.kill();
    await server.start();
    await expect(reports.getByText('Poplar reports')).toBeVisible();
    await expect(reports.getByRole('button', { name: 'On to Walnut' })).toHaveAttribute('aria-disabled', 'false');
    await settle(page);
    await reports.getByRole('button', { name: 'On to Walnut' }).click();
    await expect(screen.getByText('Open the reading rooms in the evening')).toBeVisible();
  });

  await test.step('[W162] the host says that the room has finished', async () => {
    await page.getByRole('button', { name: /Aida/ }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /host/i }).click();
    await page.keyboard.press('Escape');
    await inWalnut.page.getByRole('button', { name: 'We have finished' }).tap();
    await expect(reports.getByText('All rooms have reported')).toBeVisible();
    await expect(screen.getByText('All rooms have reported')).toBeVisible();
  });
});
