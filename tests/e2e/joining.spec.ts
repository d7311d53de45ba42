import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { forumOn } from './forum-on.ts';

const PASSWORD = 'a long table cloth';

const RIVERS = {
  title: 'Rivers Without Borders',
  language: 'en',
  from: '2027-05-20',
  to: '2027-05-21',
  place: 'Khujand',
  countries: ['TJ', 'KG'],
  languages: ['en', 'ru', 'tg'],
  joinForm: { country: 'required', organisation: 'hidden', namesInOutcome: true },
  agenda: [{ kind: 'workshop', title: 'One river', rooms: [{ name: 'Upstream' }] }],
};

/** A page that works before its script runs may be typed into too early: the address of the script is not enough. */
const ready = (page: Page) => page.waitForLoadState('networkidle');

test('[A1] the first organizer sets the table once, signs out and in again', async ({ server, arrive }) => {
  const setUp = server.setUpLink ?? '';
  const { page } = await arrive('Aida');
  await page.goto(setUp);
  await ready(page);
  await page.getByLabel('Your name').fill('Aida');
  await page.getByLabel('E-mail').fill('aida@example.org');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('alert')).toContainText('at least 10');
  await expect(page.getByLabel('Password')).toBeFocused();
  await expect(page.getByLabel('Your name')).toHaveValue('Aida');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('heading', { name: 'Your forums' })).toBeVisible();

  const late = await arrive('Late');
  const answer = await late.page.goto(setUp);
  expect(answer?.status()).toBe(410);
  await expect(late.page.getByRole('heading', { name: 'This link is spent' })).toBeVisible();
  await expectAccessible(late.page);

  await page.goto('/account');
  await ready(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Dastarkhan' })).toBeVisible();
  await page.goto('/sign-in?next=/account');
  await ready(page);
  await page.getByLabel('E-mail').fill('AIDA@example.org');
  await page.getByLabel('Password').fill('not that one at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('do not fit');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Aida' })).toBeVisible();
});

test('[A4] an invitation makes an organizer, once', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page } = await arrive('Organizer');
  await page.goto(forum.organizerPath);
  await ready(page);
  await expect(page.getByText('As an organizer')).toBeVisible();
  await page.getByLabel('Your name').fill('Dilbar');
  await page.getByLabel('E-mail').first().fill('dilbar@example.org');
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Create an account and accept' }).click();
  await page.waitForURL(`**/forums/${forum.slug}`);
  const answer = await page.goto(forum.organizerPath);
  expect(answer?.status()).toBe(410);
});

test('[S1] a guest types the code, is asked once for what is missing, and sits at the table', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, RIVERS);
  const { page } = await arrive('Guest', { viewport: { width: 360, height: 740 } });
  await page.goto('/');
  await ready(page);
  await expectAccessible(page);
  await page.getByLabel('Code from the screen').pressSequentially(forum.joinCode.toLowerCase());
  await expect(page.getByLabel('Code from the screen')).toHaveValue(/^\w{4}-\w{4}$/);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'Rivers Without Borders' })).toBeVisible();
  await ready(page);
  await expectAccessible(page);
  await page.getByLabel('Your name').fill('Фарида');
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await expect(page.getByRole('alert')).toContainText('country');
  await expect(page.getByLabel('Your name')).toHaveValue('Фарида');
  await page.getByLabel('Country').fill('tajikistan');
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);

  await page.goto(`/join/${forum.joinCode}`);
  await expect(page.getByRole('heading', { name: 'Welcome back, Фарида' })).toBeVisible();
  await ready(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
});

test('[S57] [S58] a country that is misspelt is asked about once, and kept by whoever keeps it', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, RIVERS);
  for (const [javaScriptEnabled, answer, country] of [
    [true, 'Yes, Pakistan', 'Pakistan'],
    [true, 'Keep what I wrote', 'Pakstan'],
    [false, 'Yes, Pakistan', 'Pakistan'],
    [false, 'Keep what I wrote', 'Pakstan'],
    [true, null, 'Pakstan'],
  ] as const) {
    const { page } = await arrive('Asked', { viewport: { width: 360, height: 740 }, javaScriptEnabled });
    await page.goto(`/join/${forum.joinCode}`);
    await ready(page);
    await page.getByLabel('Your name').fill('Sana');
    await page.getByLabel('Country').fill('Pakstan');
    await page.getByRole('button', { name: 'Take your seat' }).click();
    await expect(page.getByRole('alert')).toContainText('Did you mean Pakistan?');
    await expect(page.getByLabel('Your name')).toHaveValue('Sana');
    await expect(page.getByLabel('Country')).toHaveValue('Pakstan');
    if (javaScriptEnabled) await expect(page.getByRole('alert')).toBeFocused();
    if (javaScriptEnabled && answer === null) await expectAccessible(page);
    if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, 'meant.png'), fullPage: true });
    if (answer) await page.getByRole('button', { name: answer }).click();
    else await page.getByLabel('Your name').press('Enter'); // says nothing about the country
    await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
    await page.goto(`/forums/${forum.slug}/people`);
    await expect(page.getByText(country, { exact: true })).toBeVisible();
  }

  // An organizer finds what was kept, and corrects it for whoever has gone home.
  const { page } = await arrive('Dina');
  await page.goto(forum.organizerPath);
  await ready(page);
  await page.getByLabel('Your name').fill('Dina');
  await page.getByLabel('E-mail address').first().fill('dina@example.org');
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Create an account and accept' }).click();
  await page.waitForURL('**/forums/**');
  await page.goto(`/forums/${forum.slug}/people`);
  await ready(page);
  const misspelt = page.getByRole('region', { name: 'Pakstan' }).getByRole('row');
  await expect(misspelt).toHaveCount(1 + 3);
  await page.getByRole('link', { name: 'Did you mean Pakistan?' }).click();
  await expect(page.getByRole('heading', { name: 'Correct Sana' })).toBeVisible();
  await expectAccessible(page);
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, 'correct.png'), fullPage: true });
  await page.getByRole('button', { name: 'Yes, Pakistan' }).click();
  await expect(misspelt).toHaveCount(1 + 2);
  await page.getByRole('link', { name: 'Correct Sana' }).last().click();
  const asked = page.locator('#correct');
  await expect(asked.getByText(/\byour\b/i)).toHaveCount(0);
  await asked.getByLabel('This person’s name').fill(' ');
  await asked.getByRole('button', { name: 'Save' }).click();
  await expect(asked.getByRole('alert').filter({ hasText: 'cannot stay empty' })).toBeVisible();
  await asked.getByLabel('This person’s name').fill('Sana Mir');
  await asked.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Sana Mir', { exact: true })).toBeVisible();
  await expect(asked).toHaveCount(0);

  // Whoever comes by the organizer's name is asked once, and has no mark.
  const other = (await arrive('Other', { viewport: { width: 360, height: 740 } })).page;
  await other.goto(`/join/${forum.joinCode}`);
  await ready(other);
  await other.getByLabel('Country').fill('Pakistan');
  await other.getByLabel('Your name').fill('DINA');
  await other.getByRole('button', { name: 'Take your seat' }).click();
  await expect(other.getByRole('alert')).toContainText('somebody who runs this forum has this name');
  await other.screenshot({ path: test.info().outputPath('namesake.png') });
  await other.getByRole('button', { name: 'Take your seat' }).click();
  await other.waitForURL(`**/forums/${forum.slug}/workshops/*`);
  await expect(other.getByTitle('DINA', { exact: true })).toBeVisible();
  await page.goto(other.url());
  await expect(page.getByTitle('Dina · organizer', { exact: true })).toBeVisible();

  // The same is asked of whoever takes it later.
  await other.goto(`/forums/${forum.slug}/people`);
  await ready(other);
  await other.getByText('Correct your name or details').click();
  await other.getByLabel('Your name').fill('D1na (organizer)');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('alert')).toContainText('somebody who runs this forum has this name');
  await expect(other.getByRole('alert')).toBeFocused();
  await other.screenshot({ path: test.info().outputPath('namesake-corrected.png') });
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('alert')).toHaveCount(0);
  await expect(other.locator('[aria-labelledby=own-seat] > .name')).toHaveText('D1na (organizer)');
  await page.screenshot({ path: test.info().outputPath('leader.png') });
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  test(`[S47] [S48] ${how} scripts, somebody else in the same browser gets a seat of their own`, async ({
    server,
    arrive,
  }) => {
    const forum = await forumOn(server, RIVERS);
    const { page, context } = await arrive('Shared', { viewport: { width: 360, height: 740 }, javaScriptEnabled });
    const first = await context.request.post('/api/join', {
      data: { code: forum.joinCode, name: 'First Person', country: 'KG' },
    });
    expect(first.status()).toBe(200);
    const [before] = (await context.cookies()).filter(({ name }) => name.includes('seat-'));

    await page.goto(`/join/${forum.joinCode}`);
    await page.getByRole('link', { name: 'I am somebody else' }).click();
    await expect(page.getByText('has the seat of First Person')).toBeVisible();
    await ready(page);
    await page.getByLabel('Your name').fill('Second Person');
    // What is refused at first is somebody else's still.
    await page.getByRole('button', { name: 'Take your seat' }).click();
    await expect(page.getByRole('alert')).toContainText('country');
    await page.getByLabel('Country').fill('Tajikistan');
    await page.getByRole('button', { name: 'Take your seat' }).click();
    await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
    await page.goto(`/join/${forum.joinCode}`);
    await expect(page.getByRole('heading', { name: 'Welcome back, Second Person' })).toBeVisible();

    const other = await arrive('First again');
    await other.context.addCookies([before!]);
    await other.page.goto(`/join/${forum.joinCode}`);
    await expect(other.page.getByRole('heading', { name: 'Welcome back, First Person' })).toBeVisible();

    await page.goto('/');
    await page.getByRole('link', { name: 'Back to Rivers Without Borders' }).click();
    await page.waitForURL(`**/forums/${forum.slug}**`);
  });
}

test('[S8] a seat goes along to another device, once', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page, context } = await arrive('Phone');
  const seat = await context.request.post('/api/join', {
    data: { code: forum.joinCode, name: 'Tilek', country: 'KG' },
  });
  expect(seat.status()).toBe(200);
  const origin = server.origin;
  const made = await context.request.post('/seat', { form: { slug: forum.slug }, headers: { origin } });
  const { link } = (await made.json()) as { link: string };

  const laptop = await arrive('Laptop');
  await laptop.page.goto(link);
  await ready(laptop.page);
  await laptop.page.getByRole('button', { name: 'Use my seat on this device' }).click();
  await laptop.page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
  await laptop.page.goto(`/join/${forum.joinCode}`);
  await expect(laptop.page.getByRole('heading', { name: 'Welcome back, Tilek' })).toBeVisible();
  await page.goto(`/join/${forum.joinCode}`);
  await expect(page.getByRole('heading', { name: 'Welcome back, Tilek' })).toBeVisible();

  const third = await arrive('Third');
  await third.page.goto(link);
  await ready(third.page);
  await third.page.getByRole('button', { name: 'Use my seat on this device' }).click();
  await expect(third.page.getByRole('heading', { name: 'This link is spent' })).toBeVisible();
});

test('[S5] a wrong code says what to do, and a program hears it as a status', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page, context } = await arrive('Guest');
  const answer = await page.goto('/join/ABCD-EFGH');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('No forum has this code');
  await expectAccessible(page);
  const join = (data: unknown, headers = {}) => context.request.post('/api/join', { data, headers });
  expect((await join({ code: 'ABCDEFGH', name: 'x' })).status()).toBe(404);
  expect((await join({ code: forum.joinCode, name: 'x' })).status()).toBe(400);
  expect((await join({ name: 'x' })).status()).toBe(400);
  const foreign = await join(
    { code: forum.joinCode, name: 'x', country: 'KG' },
    { origin: 'https://elsewhere.example' },
  );
  expect(foreign.status()).toBe(403);
  expect(foreign.headers()['set-cookie']).toBeUndefined();
});

test('[S5] a form whose code was changed while it was filled keeps its words and takes the new code', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, RIVERS);
  const late = [];
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await arrive('Late', { viewport: { width: 360, height: 740 }, javaScriptEnabled });
    await page.goto(`/join/${forum.joinCode}`);
    await ready(page);
    await page.getByLabel('Your name').fill('Sana');
    await page.getByLabel('Country').fill('Pakstan');
    await page.getByLabel('You will write in').selectOption('ru');
    late.push(page);
  }
  const organizer = await arrive('Organizer');
  await organizer.page.goto(forum.organizerPath);
  await ready(organizer.page);
  await organizer.page.getByLabel('Your name').first().fill('Dilbar');
  await organizer.page.getByLabel('E-mail').first().fill('dilbar@example.org');
  await organizer.page.getByLabel('Password').first().fill(PASSWORD);
  await organizer.page.getByRole('button', { name: 'Create an account and accept' }).click();
  await organizer.page.waitForURL(`**/forums/${forum.slug}`);
  await organizer.page.request.post(`/forums/${forum.slug}?/rotate`, { headers: { origin: server.origin }, form: {} });
  await organizer.page.reload();
  const code = (await organizer.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? '';
  for (const page of late) {
    const send = () => page.getByRole('button', { name: 'Take your seat' }).click();
    await send();
    await expect(page.getByRole('alert')).toContainText('No forum has this code');
    await page.getByLabel('Code from the screen').fill('ABCD-EFGH');
    await send();
    await expect(page.getByLabel('Code from the screen')).toHaveValue('ABCD-EFGH');
    await expect(page.getByRole('alert')).toContainText('No forum has this code');
    await page.getByLabel('Code from the screen').fill(code);
    await send();
    await page.getByRole('button', { name: 'Keep what I wrote' }).waitFor();
    if (page === late[0]) await expectAccessible(page);
    if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, 'new-code.png'), fullPage: true });
    await expect(page.getByLabel('Your name')).toHaveValue('Sana');
    await expect(page.getByLabel('You will write in')).toHaveValue('ru');
    await page.getByRole('button', { name: 'Keep what I wrote' }).click();
    await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
  }
});

test('[L6] the language changes without a reload, keeps what was typed, and stays', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page } = await arrive('Guest');
  await page.goto(`/join/${forum.joinCode}`);
  await ready(page);
  await page.getByLabel('Your name').fill('Фарида');
  await page.getByRole('button', { name: 'Language and colours' }).click();
  await page.getByLabel('Language of the pages').selectOption('ru');
  await expect(page.getByLabel('Ваше имя')).toHaveValue('Фарида');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Занять место' })).toBeVisible();
});

test('[Y20] a page that was seen opens without a network, another one says so', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page, context } = await arrive('Guest');
  await page.goto('/');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.goto(`/join/${forum.joinCode}`);
  await ready(page);
  await context.setOffline(true);
  await page.goto(`/join/${forum.joinCode}`);
  await expect(page.getByRole('heading', { name: 'Rivers Without Borders' })).toBeVisible();
  // a navigation makes this Chromium forget that `navigator.onLine` is emulated, though not that the network is
  await context.setOffline(false);
  await context.setOffline(true);
  await expect(page.getByRole('status').filter({ hasText: 'No network' })).toBeVisible();
  await page.goto('/account');
  await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible();
});

test('[Y21] a form that does not reach the server keeps what was typed and says so', async ({ server, arrive }) => {
  const forum = await forumOn(server, RIVERS);
  const { page, context } = await arrive('Guest', { serviceWorkers: 'block' }); // one sends on what a browser that plays offline should not
  await page.goto(`/join/${forum.joinCode}`);
  await ready(page);
  await page.getByLabel('Your name').fill('Фарида');
  await page.getByLabel('Country').fill('Tajikistan');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await expect(page.getByRole('alert')).toContainText('did not reach the server');
  await expect(page.getByLabel('Your name')).toHaveValue('Фарида');
  await context.setOffline(false);

  // Taken, and the network goes with the answer: the page stays ours, says so, and goes on once there is one again.
  await page.route(/\/join\//, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    await context.setOffline(true);
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await expect(page.getByRole('alert')).toContainText('Done, but the network is gone');
  await expect(page).toHaveURL(/\/join\//);
  await context.setOffline(false);
  await page.waitForURL(`**/forums/${forum.slug}/workshops/*`);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});
