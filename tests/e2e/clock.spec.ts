import { existsSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../rig/server-process.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const HOURS = [-1, 1, -24, 24, 0];

test('[W34] the server’s clock is set by an hour and a day, there and back: all clocks go on, no command is refused', async ({
  browser,
}) => {
  test.skip(!existsSync(LIBRARY), 'faketime is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-faketime-'));
  const offset = join(folder, 'offset');
  const set = (hours: number) => writeFileSync(offset, `${hours < 0 ? '-' : '+'}${Math.abs(hours)}h`);
  set(0);
  const server = new ServerProcess({
    LD_PRELOAD: LIBRARY,
    FAKETIME_TIMESTAMP_FILE: offset,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
  await server.start();
  try {
    const context = async () => browser.newContext({ baseURL: server.origin, locale: 'en-GB' });
    const guest = async (name: string): Promise<Guest> => {
      const own = await context();
      return { name, context: own, page: await own.newPage() };
    };
    const forum = await forumOn(server);
    const organizer = await guest('Alyona');
    await takeControl(organizer, forum);
    const aida = await takeSeat(await guest('Aida'), forum);
    const asked = Date.now();
    await beginWriting(organizer);
    const begun = Date.now();
    let length = 30 * 60_000;
    /** Seconds by which a page shows too little or too much; the step began somewhere between the two. */
    const off = async (page: Guest['page']) => {
      const least = asked + length - Date.now();
      const shown = 1_000 * (await secondsShown(page));
      return Math.max(least - shown, shown - (begun + length - Date.now())) / 1_000;
    };
    for (const hours of HOURS) {
      set(hours);
      await organizer.page.getByRole('button', { name: '+1 minute' }).click();
      length += 60_000;
      for (const { page } of [organizer, aida]) await expect.poll(() => off(page)).toBeLessThan(3);
      await expect(organizer.page.getByText(/too many|Too many|Wait/)).toHaveCount(0);
    }
    await aida.page.reload();
    await expect.poll(() => off(aida.page)).toBeLessThan(3);
    await organizer.context.close();
    await aida.context.close();
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function secondsShown(page: Guest['page']): Promise<number> {
  const text = (await page.getByRole('timer').first().innerText()).match(/\d+(:\d\d)+/)?.[0] ?? '';
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
