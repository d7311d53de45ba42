import { takeSeat, writingOn } from './forum-on.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { addIdea, storedIdeas } from './ideas.ts';

const ROUNDS = 2;

test('[Y1] a frozen tab and one that is loaded again without a network end with everybody’s words once', async ({
  server,
  arrive,
}) => {
  const { forum, organizer } = await writingOn(server, arrive);
  await organizer.page.close();
  const aida = await takeSeat(await arrive('Aida'), forum);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  const cholpon = await takeSeat(await arrive('Cholpon'), forum);
  const guests = [aida, bolat, cholpon];
  const tab = await freezer(bolat);
  const written: string[] = [];
  const write = async (guest: Guest, text: string) => {
    await addIdea(guest, text);
    written.push(text);
  };
  const counts = { frozen: 0, reloads: 0 };
  for (const guest of guests) await write(guest, `${guest.name} is here`);
  await everybodyShows(guests, written);
  await cholpon.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await cholpon.page.reload(); // the second visit is kept, and opens without a network
  await everybodyShows(guests, written);
  await cholpon.page.waitForFunction(() => caches.match(location.href).then((page) => page !== undefined));

  for (let round = 1; round <= ROUNDS; round += 1) {
    await write(bolat, `Bolat before the freeze ${round}`);
    await tab.freeze();
    counts.frozen += 1;
    await cholpon.context.setOffline(true);
    await write(cholpon, `Cholpon without a network ${round}`);
    await expect(cholpon.page.getByText(/Not saved yet/)).toBeVisible();
    await write(aida, `Aida meanwhile ${round}`);
    if (round === ROUNDS) {
      // the frozen tab’s socket dies without its knowledge
      await expect(aida.page.getByText('Saved', { exact: true })).toBeVisible();
      await server.kill();
      await server.start();
    }
    await cholpon.page.reload();
    counts.reloads += 1;
    await expect(cholpon.page.getByText(`Cholpon without a network ${round}`)).toBeVisible();
    await expect(cholpon.page.getByText(/Not saved yet/)).toBeVisible();
    await write(cholpon, `Cholpon after the reload ${round}`);
    expect(await storedIdeas(server.dataDir, forum.slug)).not.toContain(`Cholpon without a network ${round}`);
    await cholpon.context.setOffline(false);
    await tab.thaw();
    await write(bolat, `Bolat after the freeze ${round}`);
    for (const { page } of guests) await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await everybodyShows(guests, written);
    expect((await storedIdeas(server.dataDir, forum.slug)).sort()).toEqual([...written].sort());
  }
  console.log(
    `${counts.frozen} freezes, ${counts.reloads} reloads without a network, ${written.length} ideas, each once`,
  );
  expect(Math.min(counts.frozen, counts.reloads)).toBe(ROUNDS);
});

/**
 * Stops everything that the tab runs while its socket stays open, and lets it go on, as a phone does with a tab in the
 * background. (Headless Chromium takes no notice of `Page.setWebLifecycleState`.)
 */
async function freezer({ page, context }: Guest): Promise<{ freeze(): Promise<void>; thaw(): Promise<void> }> {
  const session = await context.newCDPSession(page);
  await session.send('Debugger.enable');
  return {
    async freeze() {
      const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
      await session.send('Debugger.pause');
      await paused; // at the next thing it runs
    },
    async thaw() {
      await session.send('Debugger.resume');
    },
  };
}

async function everybodyShows(guests: readonly Guest[], texts: readonly string[]): Promise<void> {
  for (const { page } of guests) {
    for (const text of texts) await expect(page.getByText(text, { exact: true })).toHaveCount(1);
  }
}
