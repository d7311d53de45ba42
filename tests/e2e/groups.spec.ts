import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everybodySaved } from './board.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { forumOn, takeControl, takeSeat, type MadeForum } from './forum-on.ts';
import { holdBack, letGo } from './hold-back.ts';
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
    { id: 'talk', kind: 'talk', minutes: 10, title: { en: 'Talk in twos' }, place: 'pairs' },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'pairs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};
const field = ({ page }: Guest) => page.getByRole('textbox', { name: 'Your idea' });
const heads = ({ page }: Guest) => page.getByRole('region', { name: 'Who you write with' });
const mateOf = async (guest: Guest, guests: readonly Guest[]) => {
  const name = (await heads(guest).getByRole('listitem').innerText()).trim();
  return guests.find((other) => other.name === name)!;
};
async function useScript(organizer: Guest, forum: MadeForum): Promise<void> {
  const { page } = organizer;
  await takeControl(organizer, forum);
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByText('All four')).toBeVisible();
  await page.goto(`${forum.workshop}/control`);
}
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
  await useScript(organizer, forum);
  const { page } = organizer;
  const guests = [await takeSeat(await arrive('Aida', ON_PHONE), forum)];
  for (const name of ['Bolat', 'Chinara']) guests.push(await takeSeat(await arrive(name), forum));
  const [aida] = guests as [Guest];

  await test.step('[W151] who will work together is seen before, and told to be otherwise once somebody has come', async () => {
    const sees = page.getByRole('button', { name: 'See who will work together' });
    const dialog = page.getByRole('dialog', { name: 'Who works together in “Two by two”' });
    await sees.click();
    await expect(dialog.getByText('One group of 3 people.')).toBeVisible();
    await expect(dialog.getByText('Nobody meets anybody again.')).toBeVisible();
    guests.push(await takeSeat(await arrive('Davron'), forum));
    await expect(dialog.getByText('Somebody has come, gone or moved since: these are other groups now.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Show it again' }).click();
    await expect(dialog.getByText('2 groups of 2 people.')).toBeVisible();
    for (const { name } of guests) await expect(dialog.getByText(name)).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'groups-ahead');
    await page.keyboard.press('Escape');
    await expect(sees).toBeFocused();
  });

  const mate = await test.step('[W129] everybody comes to the board of their pair, and sees with whom', async () => {
    await expect(aida.page.getByText('The workshop has not started yet', { exact: false }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Next: Two by two' }).click();
    for (const guest of guests) await expect(heads(guest)).toBeVisible();
    const found = await mateOf(aida, guests);
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
    await page.getByRole('link', { name: 'Back to the control room' }).click();
    await page.getByRole('button', { name: 'Drop into Walnut' }).click();
    const beside = page.getByRole('region', { name: 'Looking into Walnut' });
    const whose = beside.getByLabel('Pair or group');
    const [ofAida, ofOther] = [/Aida/, new RegExp(other.name)].map((name) => whose.getByRole('option', { name }));
    await whose.selectOption({ label: await ofOther!.innerText() });
    await expect(beside.getByText('Fund the regional press')).toBeVisible();
    await whose.selectOption({ label: await ofAida!.innerText() });
    await expect(beside.getByText('Teach reading of news')).toBeVisible();
    await expect(beside.getByText('Fund the regional press')).toHaveCount(0);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'pair-dropped-into');
    await beside.getByRole('button', { name: /Walnut/ }).click();
  });

  await test.step('[P27] who asks for a board of others, or for none that there is, comes to their own', async () => {
    const own = await heads(aida).getAttribute('data-group');
    for (const asked of [`Pairs-1/${own === '1' ? 2 : 1}`, 'Pairs-1/99', 'nonsense']) {
      await aida.page.goto(`${forum.workshop}?group=${asked}`);
      await expect(heads(aida)).toBeVisible();
      expect(new URL(aida.page.url()).search).toBe('');
    }
    await expect(aida.page).toHaveTitle(/^Pair [12], Walnut /);
    await page.goto(`${forum.workshop}?group=Pairs-1/99`);
    await expect(page.getByRole('heading', { name: 'Pairs and groups' })).toBeVisible();
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
    await holdBack(mate.page);
    await write(mate, 'Too late for the four');
    await expect(mate.page.getByText(/Not saved yet/)).toBeVisible();
    await page.getByRole('button', { name: 'Next: In the room' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(mate.page.getByRole('link', { name: 'Go to Walnut' }).first()).toBeVisible();
    await letGo(mate.page);
    for (const guest of guests) {
      await expect(heads(guest)).toHaveCount(0);
      await expect(guest.page.getByRole('link', { name: 'What your group wrote' })).toBeVisible();
    }
    await expect(aida.page.getByText('One for all four')).toHaveCount(0);
    await mate.page.getByRole('button', { name: 'Add it to this board as ideas' }).click(); // [B76]
    await expect(other.page.getByText('Too late for the four')).toBeVisible();
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

  await test.step('[P27] who runs it finds the boards of all pairs and groups, also those that are over', async () => {
    await page.goto(`${forum.workshop}/control`);
    await page.getByRole('link', { name: 'Pairs and groups' }).click();
    await expect(page.getByText(/It is not in the outcome document/)).toBeVisible();
    const [pairs, four] = ['Two by two', 'All four'].map((name) => page.getByRole('group', { name }));
    await expect(pairs!.getByRole('link', { name: /^Pair [12], Walnut$/ })).toHaveCount(2);
    await expect(four!.getByRole('link', { name: 'Group 1, Walnut', exact: true })).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'groups-page');
    await pairs!.getByRole('listitem').filter({ hasText: 'Aida' }).getByRole('link').first().click();
    await expect(page.getByText('Teach reading of news')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
  });

  await test.step('[Y24] [B131] and what a pair’s board was when its step was left, which can be kept', async () => {
    await page.goto(`${forum.workshop}/groups`);
    const pairs = page.getByRole('group', { name: 'Two by two' });
    const own = pairs.getByRole('listitem').filter({ hasText: 'Aida' });
    await own.getByRole('link', { name: /^Earlier versions of Pair [12], Walnut$/ }).click();
    await expect(page.getByRole('heading', { name: /^Earlier versions: Pair [12], Walnut$/ })).toBeVisible();
    const versions = page.getByRole('region', { name: 'Earlier versions' }).getByRole('listitem');
    await expect(versions.first()).toContainText('Aida');
    await expect(versions.getByText(/^When the step .* began$/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Keep this state' }).click();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect(page.getByText('Kept. It stays in the list.').first()).toBeVisible();
    await versions.first().getByRole('link').click();
    await expect(page.getByRole('article').getByText('Teach reading of news')).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'group-versions');
    await page.getByRole('link', { name: 'Go to the board' }).click();
    await expect(page.getByText('What a group wrote')).toBeVisible();
  });

  await test.step('where pairs only talk nothing is offered to be read, and nobody is asked to write', async () => {
    await page.goto(`${forum.workshop}/control`);
    await page.getByRole('button', { name: 'Open a room' }).click();
    await page.getByLabel('Name of the room').fill('Poplar');
    await page.getByRole('button', { name: 'Open this room' }).click();
    await page.getByRole('button', { name: 'Next: Talk in twos' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    const groups = page.getByRole('list', { name: 'Pairs and groups of Walnut' });
    await expect(groups.getByRole('listitem')).toHaveCount(2);
    await expect(groups.getByRole('link')).toHaveCount(0);
    await look(page, 'talk-control');
    const poplar = (await page.getByRole('heading', { name: 'Poplar' }).getAttribute('id'))!.replace('room-', '');
    await page.getByRole('link', { name: 'Pairs and groups' }).click();
    const talk = page.getByRole('group', { name: 'Talk in twos' });
    await expect(talk).toContainText('The groups talk here; nothing is written.');
    await expect(talk.getByText('Pair 2')).toBeVisible();
    await expect(talk.getByRole('link')).toHaveCount(0);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await look(page, 'talk-groups');
    await page.goto(`${forum.workshop}?room=${poplar}`);
    await expect(field(organizer)).toBeEditable(); // who runs it may at any time
    await expect(page.getByText('The table is laid and still empty.')).toBeVisible();
  });
});

/** Whether it was ever said on the page that its seat is gone. */
const watchForGone = ({ page }: Guest) =>
  page.evaluate(() => {
    const look = () => {
      if (document.body.innerText.includes('Your seat is no longer')) sessionStorage.setItem('gone', 'said');
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

test('[P27] who is moved out of a pair, and who is left by it, go on with others and with the words that they had begun', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await useScript(organizer, forum);
  const { page } = organizer;
  const guests: Guest[] = [];
  for (const name of ['Aida', 'Bolat', 'Chinara', 'Davron']) guests.push(await takeSeat(await arrive(name), forum));
  await page.getByRole('button', { name: 'Open a room' }).click();
  await page.getByLabel('Name of the room').fill('Poplar');
  await page.getByRole('button', { name: 'Open this room' }).click();
  await page.getByRole('button', { name: 'Next: Two by two' }).click();
  for (const guest of guests) await expect(heads(guest).getByRole('listitem')).toHaveCount(1);
  const [goes] = guests as [Guest];
  const mate = await mateOf(goes, guests);
  for (const guest of [goes, mate]) await watchForGone(guest);
  await write(mate, 'Only of the two');
  await everybodySaved([mate]);
  await field(mate).fill('Half of the mate');
  await field(goes).fill('Half of who goes');
  await page.getByRole('button', { name: new RegExp(goes.name) }).click();
  await page.getByLabel('Room', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Move to Poplar' }).click();

  await test.step('[W127] who is left alone comes to another pair', async () => {
    await expect(heads(mate).getByRole('listitem')).toHaveCount(2);
    await expect(mate.page.getByText('You are 3 here', { exact: false })).toBeVisible();
    await expect(field(mate)).toHaveValue('Half of the mate');
    await expect(mate.page.getByText('Only of the two')).toHaveCount(0);
    await expect(page.getByText('There are groups of 1 to 3', { exact: false })).toBeVisible();
  });

  await test.step('[B36] who is moved goes to the board of their new group, and reads the old one no more', async () => {
    await goes.page.getByRole('alert').getByRole('link', { name: 'Go to Poplar' }).click();
    await expect(heads(goes)).toContainText('Nobody else of your room is here yet');
    await expect(field(goes)).toHaveValue('Half of who goes');
    await expect(goes.page.getByText('Only of the two')).toHaveCount(0);
    await expect(goes.page.getByRole('link', { name: 'What your pair wrote' })).toHaveCount(0);
  });
  for (const guest of [goes, mate]) expect(await guest.page.evaluate(() => sessionStorage.getItem('gone'))).toBeNull();

  await test.step('[P27] once the step is over both read it again', async () => {
    await page.getByRole('link', { name: 'Pairs and groups' }).click();
    await expect(page.getByText('has left').first()).toBeVisible();
    await expect(page.getByText('came later').first()).toBeVisible();
    await look(page, 'groups-left');
    await page.goto(`${forum.workshop}/control`);
    await page.getByRole('button', { name: 'Next: All four' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(heads(mate).getByRole('listitem')).toHaveCount(2);
    await page.getByRole('button', { name: 'Next: In the room' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    for (const guest of [goes, mate]) {
      await guest.page.goto(forum.workshop);
      await expect(guest.page.getByRole('link', { name: 'What your pair wrote' })).toHaveCount(2);
      const texts: string[] = [];
      for (const at of [0, 1]) {
        await guest.page.getByRole('link', { name: 'What your pair wrote' }).nth(at).click();
        await expect(guest.page.getByRole('link', { name: 'Back to your board' })).toBeVisible();
        texts.push(await guest.page.locator('main').innerText());
        await guest.page.goto(forum.workshop);
      }
      expect(texts.join()).toContain('Only of the two');
    }
  });
});
