import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Guest } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { addIdea, storedIdeas } from './ideas.ts';

const saved = ({ page }: Guest) => page.locator('[data-state=saved]');

test('[B32] site data is cleared while people write: what is called saved is on the disk, and others see it', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  const errors: string[] = [];
  aida.page.on('pageerror', (error) => errors.push(error.message));
  const devtools = await aida.context.newCDPSession(aida.page);
  const written: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    const clearing = devtools.send('Storage.clearDataForOrigin', {
      origin: server.origin,
      storageTypes: 'indexeddb,local_storage,cache_storage',
    });
    if (round % 2) await clearing;
    for (const part of ['first', 'second']) {
      written.push(`Idea ${round}, the ${part}`);
      await addIdea(aida, written.at(-1)!);
    }
    await clearing;
    if (round === 3) await aida.page.evaluate(closeEverything);
    await expect(saved(aida)).toBeVisible();
    expect((await storedIdeas(server.dataDir, forum.slug)).sort()).toEqual([...written].sort());
  }
  for (const text of written) await expect(bolat.page.getByText(text, { exact: true })).toHaveCount(1);
  await aida.page.reload();
  for (const text of written) await expect(aida.page.getByText(text, { exact: true })).toHaveCount(1);
  expect(errors).toEqual([]);
});

/** What a phone does to a page in the background. */
async function closeEverything(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
}

for (const [language, words] of [
  ['en', 'This device keeps no copy'],
  ['ru', 'На этом устройстве нет копии'],
] as const) {
  test(`[B32] a device that keeps no copy says so, and writing goes on (${language})`, async ({ server, arrive }) => {
    const { forum } = await writingOn(server, arrive);
    const aida = await arrive('Aida');
    await aida.page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
    });
    await takeSeat(aida, forum);
    if (language === 'ru') {
      await aida.context.addCookies([{ name: 'locale', value: 'ru', url: server.origin }]);
      await aida.page.reload();
    }
    await expect(aida.page.getByText(words)).toBeVisible();
    for (const width of [360, 1280]) {
      await aida.page.setViewportSize({ width, height: 800 });
      await aida.page.screenshot({ path: test.info().outputPath(`no-copy-${language}-${width}.png`) });
    }
    expect((await new AxeBuilder({ page: aida.page }).analyze()).violations).toEqual([]);
    if (language === 'ru') return;
    await addIdea(aida, 'Written without a copy');
    await expect(saved(aida)).toBeVisible();
    expect(await storedIdeas(server.dataDir, forum.slug)).toEqual(['Written without a copy']);
  });
}

test('[B34] two people rename one theme at once, and both keep what they changed', async ({ server, arrive }) => {
  const { forum } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  await aida.page.getByRole('button', { name: 'New theme' }).first().click();
  await aida.page.getByRole('textbox', { name: /theme/i }).first().fill('Clean water for vilages');
  await aida.page.keyboard.press('Enter');
  const title = ({ page }: Guest, text: string) => page.getByRole('button', { name: text, exact: true });
  await title(aida, 'Clean water for vilages').first().click();
  const field = aida.page.getByRole('textbox', { name: 'Title of the theme' });
  await expect(field).toBeVisible();
  await title(bolat, 'Clean water for vilages').first().click();
  await bolat.page.getByRole('textbox', { name: 'Title of the theme' }).fill('Safe water for vilages');
  await bolat.page.keyboard.press('Enter');
  await expect(saved(bolat)).toBeVisible();
  await field.fill('Clean water for villages');
  await aida.page.keyboard.press('Enter');
  for (const guest of [aida, bolat]) await expect(title(guest, 'Safe water for villages').first()).toBeVisible();
});
