import type { Page } from '@playwright/test';
import { expect, type Guest } from '../fixtures.ts';
import { forumOn, takeControl, takeSeat } from '../forum-on.ts';
import { AT_DESK, button, dialog, inDialog, ON_PHONE, visit, type At, type Walk } from './at.ts';
import type { Texts } from './hall.ts';
import { wordsOf } from './words.ts';

/** What people write in together, then say, then ask: each kind of step that can be run, beside writing in rooms. */
const scriptOf = ({ themes, ideas }: Texts) => {
  const said = { title: { en: themes[0] }, instruction: { en: ideas[1] } };
  return {
    script: 1,
    title: { en: themes[0] },
    steps: [
      { kind: 'arrive', minutes: null },
      { id: 'brief', kind: 'brief', minutes: 5, note: ideas[1], ...said },
      { id: 'pairs', kind: 'draft', minutes: 10, place: 'pairs', seating: 'shuffle', ...said },
      { id: 'fours', kind: 'draft', minutes: 10, place: { groups: 4 }, seating: 'join', ...said },
      { id: 'room', kind: 'draft', minutes: 10, ...said },
      { id: 'round', kind: 'talk', minutes: 10, settings: { turns: { each: 40 } }, ...said },
      { id: 'queue', kind: 'talk', minutes: 10, place: 'plenary', settings: { turns: 'queue' }, ...said },
      { id: 'ask', kind: 'ask', minutes: 5, place: 'plenary', ...said },
      { id: 'report', kind: 'report', minutes: 5, ...said },
      { id: 'pause', kind: 'pause', minutes: 5, ...said },
      { kind: 'close', minutes: null },
    ],
  };
};
const fileOf = (json: unknown) => ({
  name: 'script.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(json)),
});

interface Hall extends At {
  readonly control: Page;
  readonly screen: Page;
  readonly guest: Guest;
  readonly mate: Page;
}

/** Goes through a script as those do who run it, who sit in pairs and groups, and who look at the wall. */
export async function everyStep({ server, arrive, locale, forum: details, texts, options, look }: Walk): Promise<void> {
  const t = wordsOf(locale);
  const forum = await forumOn(server, details);
  const there = { locale: locale === 'ru' ? 'ru-RU' : 'en-GB', ...options };
  const organizer = await arrive('Alyona', { ...there, ...AT_DESK });
  const control = organizer.page;
  await takeControl(organizer, forum);
  await chooses(control, { t, forum, texts, look });
  const guest = await takeSeat(await arrive(texts.guest, { ...there, ...ON_PHONE }), forum, 'ur');
  for (const name of ['Bolat', 'Chinara']) await takeSeat(await arrive(name, { ...there, ...AT_DESK }), forum);
  const { page: mate } = await takeSeat(await arrive(`Davron ${texts.guest}`, { ...there, ...AT_DESK }), forum);
  const screen = await organizer.context.newPage();
  await screen.setViewportSize(AT_DESK.viewport);
  await screen.goto(`${forum.workshop}/screen`);
  const hall: Hall = { t, forum, texts, look, control, screen, guest, mate };
  await changes(hall);
  await writesInPairs(hall);
  await calls(hall);
  await comesTogether(hall);
  await speaks(hall);
  await asks(hall);
  await ends(hall);
}

async function chooses(page: Page, { t, forum, texts, look }: At): Promise<void> {
  await visit(page, `${forum.workshop}/script`, 'a workshop’s script', look);
  await page.getByText(t('script.uploadTitle')).click();
  const file = page.getByLabel(t('script.file'));
  const script = scriptOf(texts);
  await file.setInputFiles(fileOf({ ...script, steps: [{ kind: 'fly', minutes: 'x' }, ...script.steps] }));
  await button(page, t('script.upload')).click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'a script refused');
  await file.setInputFiles(fileOf(script));
  await button(page, t('script.upload')).click();
  await button(page, t('script.takeBack')).waitFor();
  await look(page, 'a script chosen');
}

/** A press just after a button came to mean something else is not counted. */
const settle = (page: Page) => page.waitForTimeout(800);

/** To the step that comes, at once where people write. */
async function next({ control, t }: Hall): Promise<void> {
  const running = control.locator('[aria-current=step]');
  const before = await running.evaluate((row) => [...row.parentElement!.children].indexOf(row));
  await settle(control);
  await control
    .getByRole('main')
    .getByRole('button', { name: t('control.next') })
    .first()
    .click();
  const isOn = async () => (await running.evaluate((row) => [...row.parentElement!.children].indexOf(row))) > before;
  await expect(async () => {
    const atOnce = dialog(control).getByRole('button', { name: t('control.endNow') });
    if (await atOnce.isVisible()) await atOnce.click();
    expect(await isOn()).toBe(true);
  }).toPass();
}

async function changes({ control, screen, guest, t, forum, look }: Hall): Promise<void> {
  await visit(control, `${forum.workshop}/control`, 'control room of a script', look);
  await inDialog(control, button(control, t('control.insertStep')), 'a step put in', look);
  await control.locator('li button.more').first().click();
  await dialog(control).locator('textarea, input').first().waitFor();
  await look(control, 'a step reworded');
  await control.keyboard.press('Escape');
  await inDialog(control, button(control, t('control.keys')), 'keys of the control room', look);
  await inDialog(control, button(control, t('control.openRoom')), 'a room opened', look);
  await next({ control, t } as Hall);
  await guest.page.getByText(t('board.reading_listen')).first().waitFor();
  await look(guest.page, 'board, listening', 'board');
  await look(screen, 'screen, listening');
}

async function writesInPairs(hall: Hall): Promise<void> {
  const { control, screen, guest, t, forum, texts, look } = hall;
  await next(hall);
  const { page } = guest;
  await page.getByRole('region', { name: t('groups.withWhom') }).waitFor();
  const field = page.getByRole('textbox', { name: t('board.yourIdea') });
  await field.fill(texts.ideas[1] ?? '');
  await field.press('Enter');
  await page.locator('[data-state=saved]').first().waitFor();
  await look(page, 'board of a pair', 'board');
  await look(screen, 'screen, in pairs');
  await control.getByRole('list', { name: t('groups.listed') }).waitFor();
  await look(control, 'control room, in pairs');
  await button(control, t('control.dropInto')).click();
  await control.locator('.dropIn .item, .dropIn select').first().waitFor();
  await look(control, 'looking into a pair');
  await button(control, t('control.dropOut')).click();
  await visit(control, `${forum.workshop}/groups`, 'pairs and groups', look);
  await control.locator('main li a').first().click();
  await control.getByRole('region', { name: t('groups.whose') }).waitFor();
  await look(control, 'a pair’s board, read along');
  await control.goto(`${forum.workshop}/control`);
}

async function calls(hall: Hall): Promise<void> {
  const { control, screen, guest, t, texts, look } = hall;
  const { page } = guest;
  await button(page, t('calls.control')).tap();
  await button(dialog(page), t('calls.done')).tap();
  await button(dialog(page), t('calls.help')).tap();
  await dialog(page).getByText(t('calls.calledByYou')).first().waitFor();
  await look(page, 'help called');
  await page.keyboard.press('Escape');
  await button(control, t('calls.takeTo')).waitFor();
  await look(control, 'control room, help wanted');
  await button(control, t('calls.write')).click();
  await control
    .getByRole('textbox', { name: t('calls.text') })
    .fill(`${texts.ideas[0]} ${texts.ideas[1]}`.slice(0, 280));
  await look(control, 'a message to the rooms');
  await button(control, t('calls.send')).click();
  await control.getByRole('button', { name: t('calls.takeBackOf') }).waitFor();
  await look(control, 'control room, a message sent');
  await page.getByRole('region', { name: t('calls.messageFrom') }).waitFor();
  await look(page, 'board, a message', 'board');
  await settle(page);
  await button(page, t('calls.readOf')).press('Enter');
  await settle(control);
  await button(control, t('control.freeze')).click();
  await page.getByText(t('board.reading_frozen')).first().waitFor();
  await look(page, 'board, frozen', 'board');
  await look(screen, 'screen, frozen');
  await settle(control);
  await button(control, t('control.unfreeze')).click();
  await button(control, t('control.freeze')).waitFor();
}

/** Who has the page not in front of them is not sent on to another board. */
const looksAway = (page: Page, isAway: boolean) =>
  page.evaluate((value) => Object.defineProperty(document, 'hidden', { configurable: true, value }), isAway);

async function comesTogether(hall: Hall): Promise<void> {
  const { control, guest, t, texts, look } = hall;
  const { page, context } = guest;
  await next(hall);
  await expect(page.getByRole('region', { name: t('groups.withWhom') }).getByRole('listitem')).toHaveCount(3);
  await look(page, 'board of a group', 'board');
  const field = page.getByRole('textbox', { name: t('board.yourIdea') });
  await page.locator('[data-state=saved]').first().waitFor();
  await context.setOffline(true);
  await page.locator('[data-state=offline]').first().waitFor();
  await field.fill(texts.ideas[1] ?? '');
  await field.press('Enter');
  await looksAway(page, true);
  await next(hall);
  await context.setOffline(false);
  await page.getByText(t('groups.wordsStay')).waitFor();
  await button(page, t('board.draftsShow')).waitFor();
  await look(page, 'board of a group that is over, with late words', 'board');
  await looksAway(page, false);
  await page.getByRole('navigation', { name: t('groups.written') }).waitFor();
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' })); // else the notice may stand half under the bar
  await look(page, 'board, with what groups wrote', 'board');
  await button(page, t('board.draftsShow')).tap();
  await look(page, 'late words');
  await page.keyboard.press('Escape');
  await button(control, t('control.openRoom')).click();
  await button(dialog(control), t('control.openRoomAction')).click();
  await expect(dialog(control)).toHaveCount(0);
  await button(control, t('control.mix')).click();
  await button(dialog(control), t('control.mixAnother')).waitFor();
  await look(control, 'rooms mixed');
  await control.keyboard.press('Escape');
  await button(control, t('control.recall')).click();
  await button(control, t('control.return')).waitFor();
  await look(control, 'control room, all called together');
  await look(page, 'board, called together', 'board');
  await look(hall.screen, 'screen, all called together');
  await settle(control);
  await button(control, t('control.return')).click();
}

async function speaks(hall: Hall): Promise<void> {
  const { control, screen, guest, mate, t, look } = hall;
  const { page } = guest;
  await next(hall);
  await settle(mate);
  await button(mate, t('talk.start')).click();
  await button(page, t('talk.finish')).waitFor();
  await control.getByRole('region', { name: t('talk.title') }).waitFor();
  await look(page, 'board, a round', 'board');
  await look(mate, 'board at a desk, a round');
  await look(control, 'control room, a round');
  await next(hall);
  await page.getByText(t('talk.nobody')).first().waitFor();
  await settle(mate);
  await button(mate, t('talk.askToSpeak')).click();
  await button(mate, t('talk.takeBack')).waitFor();
  await settle(page);
  await button(page, t('talk.askToSpeak')).tap();
  await button(page, t('talk.takeBack')).waitFor();
  await look(page, 'board, a queue', 'board');
  await look(screen, 'screen, a queue');
  await look(control, 'control room, a queue');
}

async function asks(hall: Hall): Promise<void> {
  const { control, screen, guest, mate, t, texts, look } = hall;
  const { page } = guest;
  await next(hall);
  for (const [who, text] of [
    [page, texts.ideas[0]],
    [mate, texts.ideas[1]],
    [mate, texts.ideas[2]],
  ] as const) {
    const field = who.getByRole('textbox', { name: t('questions.ask') });
    await field.fill(text ?? '');
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }
  await expect(page.getByRole('button', { name: t('questions.supportOf') })).toHaveCount(2);
  await page.getByRole('textbox', { name: t('questions.ask') }).fill(texts.ideas[1] ?? '');
  await look(page, 'board, questions', 'board');
  await look(screen, 'screen, questions');
  await settle(control);
  await button(control, t('questions.setAsideOf')).click();
  await control.getByText(t('questions.asideOnes')).first().waitFor();
  await look(control, 'control room, questions');
}

async function ends(hall: Hall): Promise<void> {
  const { control, screen, guest, t, forum, look } = hall;
  const { page } = guest;
  await next(hall);
  await page.getByText(t('board.reading_report')).first().waitFor();
  await look(page, 'board, reports', 'board');
  await look(screen, 'screen, reports');
  await next(hall);
  await page.getByText(t('board.reading_pauseUntil')).first().waitFor();
  await look(page, 'board, a break', 'board');
  await look(screen, 'screen, a break');
  await next(hall);
  await page.getByText(t('board.reading_closing')).first().waitFor();
  await settle(control);
  await button(control, t('control.close')).click();
  await button(dialog(control), t('control.close')).click();
  await button(control, t('control.reopen')).waitFor();
  await look(control, 'control room, closed');
  await look(screen, 'screen, closed');
  await page.getByText(t('board.reading_closed')).first().waitFor();
  await look(page, 'board of a closed workshop', 'board');
  await visit(control, `${forum.workshop}/groups`, 'pairs and groups, closed', look);
}
