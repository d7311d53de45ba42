import { join } from 'node:path';
import { LIVE_PATH } from '#protocol/live/version.ts';
import { HallNetwork } from '../rig/hall-network.ts';
import { expect, test } from './fixtures.ts';
import { forumOn, sitDown, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const AGENDA = [{ kind: 'workshop', title: 'Recommendations', rooms: [{ name: 'Walnut' }] }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SCRIPT = {
  script: 1,
  title: { en: 'Questions' },
  steps: [
    { kind: 'arrive', minutes: null },
    { kind: 'ask', minutes: 5, title: { en: 'To understand' } },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'ask.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };

const isLive = ({ pathname }: URL) => pathname.startsWith(LIVE_PATH);

test('where the live channel gets through by no way, a step for questions says that asking needs one', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('To understand')).toBeVisible();
  await page.goto(`${forum.workshop}/control`);

  const network = new HallNetwork(server.origin);
  await network.start();
  network.become({ sockets: 'refused' });
  const aida = await arrive('Aida', { baseURL: network.origin, serviceWorkers: 'block', ...ON_PHONE });
  await aida.context.route(isLive, (route) => route.abort());
  const { page: phone } = await sitDown(aida, forum);
  const questions = phone.getByRole('region', { name: 'Questions' });
  const { page: near } = await takeSeat(await arrive('Bolat'), forum);
  await page.getByRole('button', { name: 'Next: To understand' }).click();

  await expect(near.getByLabel('Your question')).toBeVisible();
  await expect(near.getByText('need a live connection')).toHaveCount(0);
  await phone.reload(); // what begins meanwhile comes with the page
  await expect(questions).toContainText('Asking and supporting need a live connection');
  await expect(questions).not.toContainText('Nobody has asked anything yet.');
  await expect(questions.getByRole('textbox')).toHaveCount(0);
  expect(await wrongs(phone, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
  if (process.env.LOOK_AT) await phone.screenshot({ path: join(process.env.LOOK_AT, 'no-live-questions.png') });

  await aida.context.unroute(isLive);
  network.become({});
  await expect(questions.getByLabel('Your question')).toBeVisible();
  await expect(questions).not.toContainText('need a live connection');
  await network.stop();
});
