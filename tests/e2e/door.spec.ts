import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';

/** Screenshots for whoever looks at the pages, when LOOK_AT names a folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK_AT;
  if (!folder) return;
  const before = page.viewportSize();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 360, height: 900 });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.screenshot({ path: join(folder, `${name}-rtl.png`), fullPage: true });
  await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  if (before) await page.setViewportSize(before);
}

test('[S34] who comes to a full forum waits, is let in and sees the board by itself; kept out, and let in again', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { seats: 2 });
  const [organizer, first, third] = await Promise.all(['Alyona', 'Aida', 'Chynara'].map((name) => arrive(name)));
  await takeControl(organizer!, forum);
  await takeSeat(first!, forum);

  const { page } = third!;
  await page.goto(`/join/${forum.joinCode}`);
  await page.getByLabel('Your name').fill('Chynara');
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.waitForURL('**/door');
  await expect(page.getByText('You are the next one.')).toBeVisible();
  await expectAccessible(page);
  await look(page, 'door');

  const host = organizer!.page;
  await expect(host.getByText('1 waits at the door')).toBeVisible();
  await look(host, 'control-door');
  await host.getByRole('link', { name: 'Let them in' }).click();
  await expect(host.getByRole('heading', { name: '1 person waits at the door' })).toBeVisible();
  await look(host, 'people-door');
  await expectAccessible(host);
  await host.getByRole('button', { name: 'Let in: Chynara' }).click();
  await page.waitForURL('**/workshops/**');

  await host.getByRole('button', { name: 'Remove Chynara' }).click();
  await look(host, 'people-remove');
  await host.getByRole('button', { name: 'Keep this device out' }).click();
  await expect(host.getByText('kept out')).toBeVisible();
  await look(host, 'people-kept-out');
  await expectAccessible(host);
  await page.goto(`/join/${forum.joinCode}`);
  await page.getByLabel('Your name').fill('Somebody else');
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await expect(page.getByRole('alert')).toContainText('speak to a facilitator');
  await look(page, 'join-kept-out');

  await host.getByRole('button', { name: 'Let in again: Chynara' }).click();
  await expect(host.getByText('kept out')).toBeHidden();
  await page.goto(`/join/${forum.joinCode}`);
  await expect(page.getByRole('heading', { name: 'Welcome back, Chynara' })).toBeVisible();
});

test('[S59] strangers fill the hall: a new code, all kept out, those who wrote nothing removed at once, all of it taken back', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { seats: 6 });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const host = organizer.page;
  const come = (name: string, code = forum.joinCode) =>
    fetch(`${server.origin}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin },
      body: JSON.stringify({ code, name }),
    });
  for (let index = 0; index < 9; index += 1) expect((await come(`Stranger ${index}`)).ok).toBe(true);
  await host.goto(`/forums/${forum.slug}/people`);
  await expect(host.getByRole('heading', { name: '4 people wait at the door' })).toBeVisible();
  await host.getByText('Remove many at once').click();
  await look(host, 'people-crowded');
  await expectAccessible(host);

  await host.getByRole('button', { name: 'Make a new code' }).click();
  await expect(host.getByText('is the new code')).toBeVisible();
  expect((await come('Too late')).status).toBe(404);
  await host.getByRole('button', { name: 'Keep all out' }).click();
  await expect(host.getByText('4 people were sent away.')).toBeVisible();
  await look(host, 'people-sent-away');
  await host.getByRole('button', { name: 'Take it back', exact: true }).first().click();
  await expect(host.getByRole('heading', { name: '4 people wait at the door' })).toBeVisible();
  await host.getByRole('button', { name: 'Keep all out' }).click();
  await expect(host.getByText('4 people were sent away.')).toBeVisible();

  if (!(await host.getByRole('button', { name: 'Show them' }).isVisible()))
    await host.getByText('Remove many at once').click();
  await host.getByLabel('Came in the last').selectOption({ label: '5 minutes' });
  await host.getByRole('button', { name: 'Show them' }).click();
  await expect(host.getByRole('checkbox')).toHaveCount(5);
  await host.getByRole('checkbox', { name: 'Stranger 2' }).uncheck();
  await look(host, 'people-silent');
  await expectAccessible(host);
  await host.getByRole('button', { name: 'Remove 4 guests' }).click();
  await expect(host.getByText('4 people were removed.')).toBeVisible();
  await expect(host.getByRole('checkbox', { name: 'Stranger 2' })).not.toBeChecked();
  await expect(host.getByText('4 people at once')).toHaveCount(2);
  await look(host, 'people-removed-many');
  await expectAccessible(host);
  await host.getByRole('button', { name: 'Take it back', exact: true }).first().click();
  await expect(host.getByRole('button', { name: 'Remove Stranger 0' })).toBeVisible();
});
