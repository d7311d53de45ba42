import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { HallNetwork, type Between } from '../rig/hall-network.ts';
import { sitDown, writingOn } from './forum-on.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { addIdea, storedIdeas } from './ideas.ts';

test('[Y20] [Y75] scan, join, write, lose the network, reload, write, come back: nothing is lost, and nobody else’s page is ours', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const network = new HallNetwork(server.origin);
  await network.start();
  const aida = await arrive('Aida', { baseURL: network.origin, viewport: { width: 360, height: 740 } });
  const { page, context } = aida;
  const saved = page.getByText('Saved', { exact: true });

  await test.step('the first visit is kept once the board stands, and not while one joins', async () => {
    await page.goto(`/join/${forum.joinCode}`);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then(({ length }) => length))).toBe(0);
    await sitDown(aida, forum);
    await addIdea(aida, 'From the hall');
    await expect(saved).toBeVisible();
    await expect.poll(() => isKept(page)).toBe(true);
  });

  await test.step('without a network the board opens again and takes ideas', async () => {
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('From the hall')).toBeVisible();
    await addIdea(aida, 'From the corridor');
    await expect(page.getByText(/Not saved yet/)).toBeVisible();
    await page.goto('/account');
    await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible();
    const font = await page
      .getByRole('heading', { name: 'No network' })
      .evaluate((h) => getComputedStyle(h).fontFamily);
    expect(font).toContain('Source Serif');
    await page.goto('/forums/none/workshops/deeper/control');
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCSS('border-radius', '6px');
    await page.goto(forum.workshop);
    await expect(page.getByText('From the corridor')).toBeVisible();
  });

  await test.step('online again it is saved', async () => {
    await context.setOffline(false);
    await expect(saved).toBeVisible();
    expect((await storedIdeas(server.dataDir, forum.slug)).sort()).toEqual(['From the corridor', 'From the hall']);
  });

  await test.step('back, while there is no network: the page is asked for as browsers do, and none waits for ever', async () => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto('/leave');
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await page.getByRole('banner').getByRole('link').first().click();
    await page.waitForURL(/\/$/);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
    await context.setOffline(true);
    await page.evaluate(() => history.back());
    await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible();
    expect(errors).toEqual([]);
    await context.setOffline(false);
    await expect(page.getByRole('heading', { name: 'Leave this device' })).toBeVisible();
    await page.goto(forum.workshop);
    await expect(saved).toBeVisible();
  });

  for (const answers of ['page', 'redirect', 'badGateway'] as const) {
    await test.step(`${answers}: what another one says in our place is neither shown as ours nor kept`, async () => {
      network.become({ answers });
      await page.reload();
      await expect(page.getByText('From the corridor')).toBeVisible();
      await addIdea(aida, `Behind the ${answers}`);
      const isPortal = answers !== 'badGateway';
      await expect(page.getByRole('link', { name: 'Open the network’s page' })).toHaveCount(isPortal ? 1 : 0);
      await page.goto('/');
      await expect(page.getByText('Hotel Wi-Fi')).toHaveCount(0);
      const title = isPortal ? 'This network shows its own page first' : 'No network';
      await page.goto('/sign-in');
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      network.become({});
      // by itself
      await expect(page.getByLabel('Password')).toBeVisible();
      await page.goto(forum.workshop);
      await expect(saved).toBeVisible();
      const strange = await page.evaluate(async () => {
        const texts: string[] = [];
        for (const name of await caches.keys()) {
          const cache = await caches.open(name);
          for (const request of await cache.keys()) texts.push((await (await cache.match(request))?.text()) ?? '');
        }
        return texts.filter((text) => /Hotel|Bad Gateway/.test(text)).length;
      });
      expect(strange).toBe(0);
    });
  }
  expect(await storedIdeas(server.dataDir, forum.slug)).toHaveLength(5);

  await test.step('whoever sits down here next finds no page of hers', async () => {
    await page.goto(`/join/${forum.joinCode}?other`);
    await page.getByLabel('Your name').fill('Bolat');
    await page.getByRole('button', { name: 'Take your seat' }).click();
    await page.waitForURL(/\/workshops\//);
    const names = await page.evaluate(async () => {
      const cache = await caches.open('dastarkhan-pages');
      const texts = await Promise.all((await cache.keys()).map(async (key) => (await cache.match(key))?.text()));
      return texts.filter((text) => text?.includes('Aida') && !text.includes('Bolat')).length;
    });
    expect(names).toBe(0);
  });
  await network.stop();
});

test('[Y76] [Y78] [Y79] [S31] without WebSocket, service worker, IndexedDB or cookies, and with parts that failed, one sits down, writes and is saved', async ({
  server,
  arrive,
}) => {
  const { forum, organizer } = await writingOn(server, arrive);
  const networks: HallNetwork[] = [];
  const come = async (name: string, between: Between, options: Parameters<typeof arrive>[1] = {}) => {
    const network = new HallNetwork(server.origin);
    await network.start();
    networks.push(network);
    network.become(between);
    return { network, guest: await arrive(name, { baseURL: network.origin, ...options }) };
  };
  const saved = ({ page }: Guest) => page.getByText('Saved', { exact: true });
  const slow = ({ page }: Guest) => page.getByRole('main').getByText('the board goes a slower way');

  // what says nothing is given up after some seconds, while the others go on
  const stalled = await come('Emine', { sockets: 'stalled' });
  await sitDown(stalled.guest, forum);

  const refused = await come('Aida', { sockets: 'refused' });
  await test.step('without WebSocket: the page says so, and everything works', async () => {
    await sitDown(refused.guest, forum);
    await expect(slow(refused.guest)).toBeVisible();
    await addIdea(refused.guest, 'By the slow way');
    await expect(saved(refused.guest)).toBeVisible();
    await organizer.page.getByRole('button', { name: '+1' }).first().click();
  });

  await test.step('without a service worker: a part that failed comes when the network is back', async () => {
    const { network, guest } = await come('Bolat', { cuts: editorFiles() }, { serviceWorkers: 'block' });
    const missing = guest.page.getByText('A part of this page has not come yet');
    await sitDown(guest, forum);
    await expect(guest.page.getByText('By the slow way')).toBeVisible();
    await expect(missing).toBeVisible();
    await addIdea(guest, 'Without a worker');
    await expect(saved(guest)).toBeVisible();
    network.become({});
    await expect(missing).toHaveCount(0);
    await expect.poll(() => isHere(guest.page, editorFiles())).toBe(true);
  });

  await test.step('without IndexedDB', async () => {
    const { guest } = await come('Cholpon', {});
    await guest.context.addInitScript(() =>
      Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined, configurable: true }),
    );
    await sitDown(guest, forum);
    await addIdea(guest, 'Without a store');
    await expect(saved(guest)).toBeVisible();
    // over the slow way too
    await expect(refused.guest.page.getByText('Without a store')).toBeVisible();
  });

  await test.step('without WebSocket: a reload without any network keeps the board, and what is written there is saved once there is one', async () => {
    const { page, context } = refused.guest;
    await expect.poll(() => isKept(page)).toBe(true);
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('By the slow way')).toBeVisible();
    await addIdea(refused.guest, 'Neither socket nor network');
    await expect(page.getByText(/Not saved yet/)).toBeVisible();
    await page.reload();
    await expect(page.getByText('Neither socket nor network')).toBeVisible();
    await context.setOffline(false);
    await expect(saved(refused.guest)).toBeVisible();
    await expect(slow(refused.guest)).toBeVisible();
  });

  await test.step('without cookies one is told so, no seat is left behind, and what was typed is taken once they are kept', async () => {
    const { network, guest } = await come('Davron', { eatsCookies: true });
    await guest.page.goto(`/join/${forum.joinCode}`);
    await guest.page.getByLabel('Your name').fill('Davron');
    for (let tries = 0; tries < 2; tries += 1) {
      await guest.page.getByRole('button', { name: 'Take your seat' }).click();
      await expect(guest.page.getByRole('alert')).toContainText('keeps no cookies');
    }
    await expect(guest.page.getByLabel('Your name')).toHaveValue('Davron');
    await organizer.page.goto(`/forums/${forum.slug}/people`);
    await expect(organizer.page.getByText('Cholpon')).toBeVisible();
    await expect(organizer.page.getByText('Davron')).toHaveCount(0);
    network.become({});
    await guest.page.getByRole('button', { name: 'Take your seat' }).click();
    await guest.page.getByRole('button', { name: 'Take your seat' }).click();
    await guest.page.waitForURL(/\/workshops\//);
  });

  await test.step('a network that takes a WebSocket and then says nothing', async () => {
    await expect(slow(stalled.guest)).toBeVisible();
    await addIdea(stalled.guest, 'Past the silence');
    await expect(saved(stalled.guest)).toBeVisible();
  });

  await test.step('when a WebSocket gets through it is taken again', async () => {
    refused.network.become({});
    await refused.guest.page.evaluate(() => dispatchEvent(new Event('online')));
    await expect(slow(refused.guest)).toHaveCount(0);
    await addIdea(refused.guest, 'Fast again');
    await expect(saved(refused.guest)).toBeVisible();
  });
  const ideas = [
    ...['By the slow way', 'Without a worker', 'Without a store', 'Neither socket nor network'],
    ...['Past the silence', 'Fast again'],
  ];
  expect((await storedIdeas(server.dataDir, forum.slug)).sort()).toEqual(ideas.sort());
  await Promise.all(networks.map((network) => network.stop()));
});

/** The files of the build in which the editor is: a board does without until somebody edits. */
function editorFiles(): RegExp {
  const folder = join(import.meta.dirname, '../../build/client/_app/immutable/chunks');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const own = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('ProseMirror-'));
  expect(own.length).toBeGreaterThan(0);
  return new RegExp(own.map((file) => file.replaceAll('.', '\\.')).join('|'));
}

const isKept = (page: Page) => page.evaluate(() => caches.match(location.href).then((kept) => kept !== undefined));

const isHere = (page: Page, files: RegExp) =>
  page.evaluate(
    (source) =>
      performance
        .getEntriesByType('resource')
        .some(
          (entry) => new RegExp(source).test(entry.name) && (entry as PerformanceResourceTiming).decodedBodySize > 0,
        ),
    files.source,
  );
