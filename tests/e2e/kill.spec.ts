import { expect, test, type Guest } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { addIdea, storedIdeas } from './ideas.ts';

const NAMES = ['Aida', 'Bolat', 'Cholpon', 'Davron', 'Emine'] as const;
const KILLS = Number(process.env.KILLS ?? 8);

test('[Y2] what a page showed as saved is there after the server was killed', async ({ server, arrive }) => {
  test.setTimeout(120_000 + KILLS * 60_000);
  const { forum, organizer } = await writingOn(server, arrive);
  await organizer.page.close();
  const guests = await Promise.all(NAMES.map(async (name) => takeSeat(await arrive(name), forum)));

  const shownAsSaved: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const typing = guests.map(async (guest, index) => {
      const before = `${guest.name} before ${kill}`;
      await addIdea(guest, before);
      // Some of them see “Saved” before the kill, some are in the middle of it.
      if (index % 2 === 0 && (await isSaved(guest))) shownAsSaved.push(before);
    });
    await Promise.all(typing);
    await server.kill();
    await Promise.all(guests.map((guest) => addIdea(guest, `${guest.name} without a server ${kill}`)));
    for (const { page } of guests) await expect(page.getByText(/Not saved yet/)).toBeVisible();
    await server.start();
    const stored = await storedIdeas(server.dataDir, forum.slug);
    expect(shownAsSaved.filter((text) => !stored.includes(text))).toEqual([]);
    for (const { page } of guests) await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  }

  expect(shownAsSaved.length).toBeGreaterThan(0);
  console.log(`${KILLS} kills, ${shownAsSaved.length} texts shown as saved before one, 0 lost`);
  // What was written while no server was there came too, once.
  const all = (await storedIdeas(server.dataDir, forum.slug)).sort();
  const times = Array.from({ length: KILLS }, (_, kill) => kill);
  const written = times.flatMap((kill) =>
    NAMES.flatMap((name) => [`${name} before ${kill}`, `${name} without a server ${kill}`]),
  );
  expect(all).toEqual(written.sort());
});

/** Whether the page says so now, of everything in it. */
async function isSaved({ page }: Guest): Promise<boolean> {
  return page.waitForSelector('[data-state=saved]', { timeout: 2_000 }).then(
    () => true,
    () => false,
  );
}
