import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everybodySaved } from './board.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const ON_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SCRIPT = {
  script: 1,
  title: { en: 'Pairs' },
  steps: [
    { kind: 'arrive', minutes: null },
    {
      id: 'Pairs-1',
      kind: 'draft',
      minutes: 10,
      title: { en: 'Two by two' },
      instruction: { en: 'Word one recommendation together.' },
      place: 'pairs',
      seating: 'shuffle',
    },
    { id: 'four', kind: 'draft', minutes: 10, title: { en: 'All four' }, place: { groups: 4 }, seating: 'join' },
    { id: 'room', kind: 'draft', minutes: 10, title: { en: 'In the room' } },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'pairs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};
const field = ({ page }: Guest) => page.getByRole('textbox', { name: 'Your idea' });
async function write(guest: Guest, text: string): Promise<void> {
  await field(guest).fill(text);
  await field(guest).press('Enter');
}

test('people write in pairs, pairs become a four, and what they wrote stays theirs to read', async ({
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
  await expect(page.getByText('All four')).toBeVisible();
  await page.goto(`${forum.workshop}/control`);
  const guests = [await takeSeat(await arrive('Aida', ON_PHONE), forum)];
  for (const name of ['Bolat', 'Chinara', 'Davron']) guests.push(await takeSeat(await arrive(name), forum));
  const [aida] = guests as [Guest];
  const heads = (who: Guest) => who.page.getByRole('region', { name: 'Who you write with' });

  const mate = await test.step('[W129] everybody comes to the board of their pair, and sees with whom', async () => {
    await expect(aida.page.getByText('The workshop has not started yet', { exact: false }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Next: Two by two' }).click();
    for (const guest of guests) await expect(heads(guest)).toBeVisible();
    const name = (await heads(aida).getByRole('listitem').innerText()).trim();
    const found = guests.find((guest) => guest.name === name)!;
    await expect(heads(found)).toContainText('Aida');
    return found;
  });
  const [other, another] = guests.filter((guest) => guest !== aida && guest !== mate) as [Guest, Guest];

  await test.step('[P27] a pair writes together, and the other pair has a board of its own', async () => {
    await write(aida, 'Teach reading of news');
    await expect(mate.page.getByText('Teach reading of news')).toBeVisible();
    await write(other, 'Fund the regional press');
    await expect(another.page.getByText('Fund the regional press')).toBeVisible();
    await everybodySaved([aida, other]);
    await expect(mate.page.getByText('Fund the regional press')).toHaveCount(0);
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(aida.page, 'pair-phone');
    await look(other.page, 'pair-desk');
    await look(page, 'pair-control');
    const screen = await organizer.context.newPage();
    await screen.goto(`${forum.workshop}/screen`);
    await expect(screen.getByText('In pairs')).toBeVisible();
    await look(screen, 'pair-screen');
    await screen.close();
  });

  await test.step('[P27] who runs it reads a pair’s board from the room’s tile, and writes nothing there', async () => {
    const groups = page.getByRole('list', { name: 'Pairs and groups of Walnut' });
    await expect(groups.getByRole('listitem')).toHaveCount(2);
    await groups.getByRole('link', { name: /Aida/ }).click();
    await expect(page.getByText('Teach reading of news')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await look(page, 'pair-watched');
    await page.goto(`${forum.workshop}/control`);
  });

  await test.step('[W128] [W130] two pairs come together after their sentence, with what was begun', async () => {
    await field(mate).fill('Half a sent');
    await page.getByRole('button', { name: 'Next: All four' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    for (const guest of guests) await expect(heads(guest).getByRole('listitem')).toHaveCount(3);
    await expect(field(mate)).toHaveValue('Half a sent');
    await write(aida, 'One for all four');
    await expect(another.page.getByText('One for all four')).toBeVisible();
    await everybodySaved([aida]);
  });

  await test.step('[W130] the room works together again, and each reads what the pair and the group wrote', async () => {
    await page.getByRole('button', { name: 'Next: In the room' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    for (const guest of guests) {
      await expect(heads(guest)).toHaveCount(0);
      await expect(guest.page.getByRole('link', { name: 'What your group wrote' })).toBeVisible();
    }
    await expect(aida.page.getByText('One for all four')).toHaveCount(0);
    await look(aida.page, 'after-phone');
    await aida.page.getByRole('link', { name: 'What your pair wrote' }).tap();
    await expect(aida.page.getByText('Teach reading of news')).toBeVisible();
    await expect(aida.page.getByRole('textbox')).toHaveCount(0);
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(aida.page, 'read-phone');
    await aida.page.getByRole('link', { name: 'Back to your board' }).tap();
    await everybodySaved([aida]);
    await write(aida, 'Now in the room');
    await expect(other.page.getByText('Now in the room')).toBeVisible();
  });
});
