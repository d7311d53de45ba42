import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
/** Half an hour and three minutes, up to two of which have passed: without the three it would be less. */
const MORE = /^(33:00|3[12]:\d\d)$/;

test('a facilitator runs the rooms, and everybody’s page follows', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const [aida, bolat] = [await takeSeat(await arrive('Aida'), forum), await takeSeat(await arrive('Bolat'), forum)];

  await test.step('[W17] two guests sit in two rooms, and the screen counts them', async () => {
    await expect(aida.page.getByText(/Walnut$/)).toBeVisible();
    await expect(bolat.page.getByText(/Poplar$/)).toBeVisible();
    const screen = await organizer.context.newPage();
    await screen.goto(`${forum.workshop}/screen`);
    await expect(screen.getByText('2 people at the table')).toBeVisible();
    const code = `${forum.joinCode.slice(0, 4)}-${forum.joinCode.slice(4)}`;
    await expect(screen.getByText(code)).toBeVisible();
    expect(await wrongs(screen, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    const desk = await organizer.context.newPage();
    await desk.goto(`/forums/${forum.slug}`);
    await desk.getByRole('button', { name: 'Make a new code' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Make a new code' }).click();
    await expect(desk.getByText(code)).toHaveCount(0);
    const next = (await desk.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? '';
    await expect(screen.getByText(next)).toBeVisible();
    await expect(screen.getByRole('img', { name: next.replace('-', '') })).toBeVisible();
    await desk.goto(`/forums/${forum.slug}/settings`);
    await desk.waitForLoadState('networkidle');
    await desk
      .locator('details:not([open]) > summary')
      .evaluateAll((all: HTMLElement[]) => all.forEach((one) => one.click()));
    await desk.getByLabel('Question').fill('What do we do next?');
    await desk.getByRole('button', { name: 'Save settings' }).click();
    for (const open of [screen, page, aida.page])
      await expect(open.getByRole('heading', { name: 'What do we do next?' })).toBeVisible();
    await desk.close();
    await screen.close();
  });

  await test.step('[W4] [W6] a step begins and is made longer for all', async () => {
    await beginWriting(organizer);
    await expect(aida.page.getByRole('timer')).toHaveText(/^(30:00|29:\d\d)$/);
    await page.getByRole('button', { name: '+3 minutes' }).click();
    for (const guest of [aida, bolat]) await expect(guest.page.getByRole('timer')).toHaveText(MORE);
  });

  await test.step('[W145] in a low window what goes on to the next step is whole in sight, and so is the start of a step', async () => {
    const next = page.getByRole('button', { name: 'Next: Close' });
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 1280, height: 640 });
    await page.evaluate(() => scrollTo(0, 0));
    await expect(next).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Pause the clock' }).click();
    await expect(page.getByText('The clock is paused. People can go on writing.')).toBeVisible();
    await page.evaluate(() => scrollTo(0, 0));
    await expect(next).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Let the clock run' }).click();
    await expect(page.getByRole('button', { name: 'Pause the clock' })).toBeVisible();
    await page.setViewportSize(size);
  });

  await test.step('[W63] [W64] one room has more time, which is taken back; the clock stands and goes on', async () => {
    await page.getByRole('button', { name: '+3 min for Poplar' }).click();
    await expect(bolat.page.getByRole('timer')).toHaveText(/^(36:00|3[45]:\d\d)$/);
    await expect(aida.page.getByRole('timer')).toHaveText(MORE);
    await page.getByRole('button', { name: 'Take back 3 minutes from Poplar' }).click();
    await expect(bolat.page.getByRole('timer')).toHaveText(MORE);
    await page.getByRole('button', { name: 'Pause the clock' }).click();
    await expect(aida.page.getByLabel(/^The clock is paused\. 3[12] minutes/)).toBeVisible();
    const note = page.getByText('The clock is paused. People can go on writing.');
    await note.hover(); // it would stay as long as that
    const other = await organizer.context.newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Let the clock run' }).click();
    await expect(aida.page.getByRole('timer')).toHaveText(MORE);
    await expect(note).toHaveCount(0);
    await other.close();
    await expect(page.getByText(/behind plan, ends at/)).toBeVisible();
  });

  await test.step('[W79] all boards are frozen, with words, and people write again', async () => {
    const field = aida.page.getByRole('textbox', { name: 'Your idea' });
    await field.fill('Half a sent');
    await page.getByRole('button', { name: 'Freeze the boards' }).click();
    await expect(aida.page.getByText(/^The facilitator has frozen the boards/).first()).toBeVisible();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
    await expect(page.getByText('The boards are frozen until you let people write again.')).toBeVisible();
    await page.getByRole('button', { name: 'Let people write again' }).click();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
    await expect(field).toHaveValue('Half a sent');
    await field.fill('');
  });

  await test.step('[W108] all are called together with words before, and go back', async () => {
    await page.getByRole('button', { name: 'Call everybody together' }).click();
    for (const guest of [aida, bolat])
      await expect(guest.page.getByText(/^All together in (30|[12]\d) seconds$/)).toBeVisible();
    await expect(aida.page.getByText(/^Finish your sentence and look up/)).toBeVisible();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], isBoard: true })).toEqual([]);
    await page.getByRole('button', { name: 'Back to the rooms' }).click();
    await expect(aida.page.getByText(/^All together/)).toHaveCount(0);
    await page.getByRole('button', { name: 'Call everybody together' }).click();
    await expect(aida.page.getByText('All together now', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(aida.page.getByText(/finish your sentence/i)).toHaveCount(0);
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
    await expect(aida.page.getByText(/^Everybody is called together/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Back to the rooms' }).click();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
  });

  await test.step('[W105] [W107] a room has a host: the tile, the room and the host know, and it is taken back', async () => {
    await page.getByRole('button', { name: /Aida/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make host of Walnut' }).click();
    const tile = page.getByRole('article', { name: 'Walnut' });
    await expect(tile.getByText('Aida hosts this room.')).toBeVisible();
    const hosting = aida.page.getByRole('region', { name: 'You host this room.' });
    await expect(hosting).toBeVisible();
    await expect(bolat.page.getByText(/host/)).toHaveCount(0);
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], isBoard: true, turned: true })).toEqual([]);
    await aida.page.reload();
    await expect(hosting).toBeVisible();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(tile.getByText('Aida hosts this room.')).toHaveCount(0);
    await expect(hosting).toHaveCount(0);
  });

  await test.step('[W61] [W62] next asks, can be called off, and what it began can be taken back', async () => {
    const next = page.getByRole('button', { name: 'Next: Close' });
    await next.click();
    await expect(page.getByRole('button', { name: 'Give them 30 seconds' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(aida.page.getByText(/^The board closes in (30|[12]\d) seconds/)).toBeVisible();
    await page.getByRole('button', { name: 'Keep writing' }).click();
    await expect(aida.page.getByRole('timer')).toHaveText(MORE);
    await next.click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
    await expect(page.getByText('Now: Close.')).toBeVisible(); // an earlier word may still offer its own
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(aida.page.getByRole('timer')).toHaveText(MORE);
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
  });

  await test.step('[W21] a guest is moved: the old board closes, the new one opens', async () => {
    await aida.page.getByRole('textbox', { name: 'Your idea' }).fill('Written in Walnut');
    await aida.page.getByRole('button', { name: 'Add idea' }).click();
    await expect(aida.page.getByText('Saved', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /Aida/ }).click();
    await page.getByLabel('Room', { exact: true }).selectOption({ label: 'Poplar (1 person)' });
    await page.getByRole('button', { name: 'Move to Poplar' }).click();
    await expect(page.getByText('Aida now sits in Poplar.')).toBeVisible();
    await aida.page.reload();
    await expect(aida.page.getByText(/Poplar$/)).toBeVisible();
    await expect(aida.page.getByText('Written in Walnut')).toHaveCount(0);
  });

  await test.step('[W109] a board is read beside the tiles: the room sees it, no count and no board changes', async () => {
    const drop = page.getByRole('button', { name: 'Drop into Poplar' });
    await drop.press('Enter');
    const visit = page.getByRole('region', { name: 'Looking into Poplar' });
    await expect(visit.getByRole('heading', { name: 'Looking into Poplar' })).toBeFocused();
    await expect(visit.getByText('The table is laid and still empty.')).toBeVisible();
    await expect(bolat.page.getByTitle(/^Alyona · /)).toBeVisible();
    await bolat.page.getByRole('textbox', { name: 'Your idea' }).fill('Written meanwhile');
    await bolat.page.getByRole('button', { name: 'Add idea' }).click();
    await expect(visit.getByText('Written meanwhile')).toBeVisible();
    await expect(visit.getByRole('button', { name: /Edit|Add/ })).toHaveCount(0);
    const tile = page.getByRole('article', { name: 'Poplar' });
    await expect(tile.getByText('1 new idea in 5 minutes')).toBeAttached(); // [W111]
    await expect(tile.getByText('1 idea', { exact: true })).toBeVisible(); // [W142]
    await expect(tile.getByText('Written meanwhile')).toBeVisible(); // [W143]
    await expect(tile.getByText('2 people, 2 connected')).toBeVisible();
    for (const kept of ['+3 minutes', 'Next: Close', 'Drop into Walnut'])
      await expect(page.getByRole('button', { name: kept })).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Drop into Walnut' }).click();
    await expect(
      page.getByRole('region', { name: 'Looking into Walnut' }).getByText('Written in Walnut'),
    ).toBeVisible();
    await expect(bolat.page.getByTitle(/^Alyona · /)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Drop into Walnut' })).toBeFocused();
    await expect(page.getByRole('region', { name: /Looking into/ })).toHaveCount(0);
  });

  await test.step('[W144] it is run by keys, which do nothing while one writes and can be switched off', async () => {
    const help = page.getByRole('dialog', { name: 'Keys' });
    const visit = page.getByRole('region', { name: 'Looking into Poplar' });
    await page.keyboard.press('?');
    await expect(help.getByText('One minute more for everybody')).toBeVisible();
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await expect(page.getByRole('button', { name: 'Drop into Poplar' })).toBeFocused();
    await page.keyboard.press('d');
    await expect(visit).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(visit).toHaveCount(0);
    await page.keyboard.press('+');
    await expect(page.getByText('One minute more for everybody.')).toBeVisible();
    await page.keyboard.press('u');
    await expect(page.getByText('The minutes are taken back.')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await expect(page.getByText('There is nothing to do that with now.')).toBeVisible();
    await page.keyboard.press('x');
    await page.keyboard.press('u'); // at once, as in a word
    await expect(page.getByText(/^U came right after another letter/)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.getByRole('textbox', { name: 'Message' }).pressSequentially('+p2');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('+p2');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await help.getByLabel('Keys that are single letters').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.keyboard.press('2');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('?');
    await expect(help.getByLabel('Keys that are single letters')).not.toBeChecked();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Pause the clock' })).toBeVisible();
  });

  await test.step('[W55] [W56] rooms are mixed as the preview showed, and the mix is taken back', async () => {
    await page.getByRole('button', { name: 'Mix the rooms' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mix the rooms' });
    await expect(dialog.getByText('1 person would change rooms. Nobody has moved yet.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Keep Aida in the room where they sit' }).press('Space');
    await expect(dialog.getByRole('button', { name: 'Keep Aida' })).toHaveAttribute('aria-pressed', 'true');
    await expect(dialog.getByRole('button', { name: 'Keep Aida' })).toBeFocused();
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Bolat' }).last()).toContainText('from Poplar');
    const notes = dialog.locator('.toasts').getByRole('button', { name: 'Close', exact: true });
    for (let left = await notes.count(); left > 0; left -= 1) await notes.last().click(); // they lie over what is scrolled
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await dialog.getByRole('button', { name: 'Move 1 person' }).press('Enter');
    await expect(page.getByText('1 person has a new room.')).toBeVisible();
    await bolat.page.reload();
    await expect(bolat.page.getByText('Walnut', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Take the mix back' }).click();
    await expect(page.getByText(/^Everybody is back where they sat/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take the mix back' })).toHaveCount(0);
    await bolat.page.reload();
    await expect(bolat.page.getByText('Poplar', { exact: true })).toBeVisible();
  });

  await test.step('[W7] [W8] closing takes the pens away and deletes nothing', async () => {
    await bolat.page.getByRole('textbox', { name: 'Your idea' }).fill('Written in Poplar');
    await bolat.page.getByRole('button', { name: 'Add idea' }).click();
    await page.getByRole('button', { name: 'Close the workshop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click();
    for (const guest of [aida, bolat]) {
      await expect(guest.page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
      await expect(guest.page.getByText('Written in Poplar')).toBeVisible();
    }
    await expect(page.getByText('Only those who run the forum can read the outcome so far.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Look at it and show it' })).toHaveAttribute('href', /\/outcome$/);
    // [W110]
    const screen = await organizer.context.newPage();
    await screen.goto(`${forum.workshop}/screen`);
    const document = screen.getByRole('img', { name: new RegExp(`/forums/${forum.slug}/outcome$`) });
    await expect(document).toBeVisible();
    await expect(screen.getByText(`/forums/${forum.slug}/outcome`)).toBeVisible();
    await expect(screen.getByText(/once the organizer shows it/)).toBeVisible();
    await expect(screen.getByText('Join at')).toHaveCount(0);
    expect(await wrongs(screen, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Open the workshop again' }).click();
    await expect(screen.getByText('Join at')).toBeVisible();
    await expect(document).toHaveCount(0);
    await expect(bolat.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
  });
});

test('[Y79] a page that is asked for and never answered is opened as browsers open pages', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.clock.install();
  await page.goto(`/forums/${forum.slug}`);
  await page.waitForLoadState('networkidle');
  await page.route('**/__data.json*', () => {});
  await page.getByRole('link', { name: 'Control room' }).click();
  await expect(page.getByText('Opening the page…')).toBeVisible();
  await page.clock.fastForward(31_000);
  await expect(page.getByRole('button', { name: /^Next: / })).toBeVisible();
});
