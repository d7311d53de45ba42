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
