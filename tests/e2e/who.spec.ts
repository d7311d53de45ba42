import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { forumOn } from './forum-on.ts';

const PASSWORD = 'a long table cloth';
const NEW_PASSWORD = 'another long table cloth';

const RIVERS = {
  title: 'Rivers Without Borders',
  language: 'en',
  from: '2027-05-20',
  to: '2027-05-20',
  joinForm: { country: 'hidden', organisation: 'hidden', namesInOutcome: true },
  agenda: [{ kind: 'workshop', title: 'One river', rooms: [{ name: 'Upstream' }] }],
};

const ready = (page: Page) => page.waitForLoadState('networkidle');

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

async function signUp(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await ready(page);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').first().fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Create an account and accept' }).click();
  await page.waitForURL('**/forums/**');
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/sign-in?next=/account');
  await ready(page);
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function join_(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/join/${code}`);
  await ready(page);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.waitForURL('**/workshops/**');
}

test('[A33] an account changes its password and ends its other devices, and an organizer’s link sets a new one once', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, RIVERS);
  const [organizer, second, helper] = await Promise.all([arrive('Aigul'), arrive('Aigul at home'), arrive('Bolot')]);
  await signUp(organizer.page, forum.organizerPath, 'Aigul');
  await signIn(second.page, 'Aigul', PASSWORD);
  await second.page.waitForURL(({ pathname }) => pathname === '/account');

  const { page } = organizer;
  await page.goto('/account');
  await ready(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Linux' })).toHaveCount(2);
  await look(page, 'account');
  await expectAccessible(page);
  await page.getByText('Change the password').first().click();
  await page.getByLabel('Current password').first().fill('not this one');
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('This is not your current password.')).toBeVisible();
  await page.getByLabel('Current password').first().fill(PASSWORD);
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('The password is changed.')).toBeVisible();
  await second.page.goto('/account');
  await second.page.waitForURL('**/sign-in**');

  // Bolot has an account in this forum alone, and forgot the password.
  await page.goto(`/forums/${forum.slug}/people`);
  await ready(page);
  await page
    .getByRole('button', { name: 'Make link' })
    .or(page.getByRole('button', { name: 'Make a link' }))
    .first()
    .click();
  const invitation = await page.getByRole('status').getByText('/invite/').textContent();
  await signUp(helper.page, invitation!.trim(), 'Bolot');
  await page.reload();
  await ready(page);
  await look(page, 'people');
  await page.getByRole('button', { name: 'Make a link for a new password for Bolot' }).click();
  const link = (await page.getByRole('status').getByText('/new-password/').textContent())!.trim();
  await look(page, 'people-link');

  const elsewhere = await arrive('Bolot on another device');
  await elsewhere.page.goto(link);
  await ready(elsewhere.page);
  await look(elsewhere.page, 'new-password');
  await expectAccessible(elsewhere.page);
  await elsewhere.page.getByLabel('New password').fill(NEW_PASSWORD);
  await elsewhere.page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await elsewhere.page.waitForURL(({ pathname }) => pathname === '/account');
  await expect(elsewhere.page.getByText('Aigul made a link')).toBeVisible();
  await helper.page.goto('/account');
  await helper.page.waitForURL('**/sign-in**');
  await helper.page.goto(link);
  await expect(helper.page.getByRole('heading', { name: 'This link is spent' })).toBeVisible();
});

test('[A52] who leaves a device leaves no seat, copy, page or name on it', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page, context } = await arrive('Canary Guest', { serviceWorkers: 'allow' });
  await join_(page, forum.joinCode, 'Canary Guest');
  await ready(page);
  await page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
  await page.goto(`/forums/${forum.slug}/people`);
  await ready(page);
  await expect(page.getByRole('listitem').filter({ hasText: '· this device' })).toHaveCount(1);
  await look(page, 'seat');
  await expectAccessible(page);
  await page.evaluate(() => localStorage.setItem('sync:seat:board/room', JSON.stringify({ unsaved: { tab: 3 } })));
  await page.getByRole('link', { name: 'Leave this device' }).last().click();
  await page.waitForURL('**/leave');
  await expect(page.getByText('Some changes are on this device only')).toBeVisible();
  await look(page, 'leave');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Leave, and keep nothing here' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing of you is on this device' })).toBeVisible();
  await look(page, 'left');
  const left = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    pages: (
      await Promise.all(
        (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
    ).flat(),
  }));
  expect(left.local).toEqual([]);
  expect(left.databases).toEqual([]);
  expect(left.pages.filter((url) => url.includes('/forums/'))).toEqual([]);
  expect((await context.cookies()).map(({ name }) => name).filter((name) => /seat|session|device/.test(name))).toEqual(
    [],
  );
  const answer = await page.goto(`/forums/${forum.slug}`);
  expect(answer?.status()).toBe(404);
  const kept = await page.request.get('/offline');
  expect(await kept.text()).not.toContain('Canary');
});
