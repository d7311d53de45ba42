import type { Page } from '@playwright/test';
import type { ServerProcess } from '../../rig/server-process.ts';
import type { Guest } from '../fixtures.ts';
import { forumOn } from '../forum-on.ts';
import { AT_DESK, button, dialog, inDialog, item, ON_PHONE, paste, roomOf, visit, type At, type Walk } from './at.ts';
import { wordsOf } from './words.ts';

/** Goes through the product as a stranger, a guest with a phone and an organizer at a desk, and looks at every state on the way. */
export async function everyState({
  server,
  arrive,
  locale,
  forum: details,
  texts,
  options,
  look,
}: Walk): Promise<void> {
  const t = wordsOf(locale);
  const at = { t, forum: await forumOn(server, details), texts, look };
  const there = { locale: locale === 'ru' ? 'ru-RU' : 'en-GB', ...options };
  const stranger = await arrive('Stranger', { ...there, ...ON_PHONE, serviceWorkers: 'block' }); // so that the walk may answer for the server
  const guest = await arrive(texts.guest, { ...there, ...ON_PHONE });
  const organizer = await arrive('Alyona', { ...there, ...AT_DESK });
  await strangers(stranger.page, server, at);
  await organizes(organizer.page, at);
  await sitsDown(guest.page, at);
  await writes(guest, organizer.page, at);
  await leads(organizer.page, at);
  await reads(guest.page, at);
  await isSentAway(guest.page, organizer.page, at);
}

async function strangers(page: Page, server: ServerProcess, { t, forum, look }: At): Promise<void> {
  const setUp = server.setUpLink && new URL(server.setUpLink).pathname;
  if (setUp) await visit(page, setUp, 'set up', look);
  const pages: [string, string][] = [
    ['/', 'front page'],
    ['/join', 'code'],
    ['/join/ZZZZ-ZZZZ', 'code unknown'],
    ['/sign-in', 'sign in'],
    ['/nothing', 'error 404'],
    ['/seat/nothing', 'error of a seat link'],
    ['/leave', 'leave'],
    [forum.organizerPath, 'invitation'],
  ];
  for (const [path, state] of pages) await visit(page, path, state, look);
  const answers = { 'offline page': null, 'page in a portal': 'Welcome to the hotel' };
  for (const [state, body] of Object.entries(answers)) {
    await page.route('/healthz', (route) => (body ? route.fulfill({ body }) : route.abort()));
    await page.goto('/offline');
    await page.getByRole('heading', { name: t(body ? 'app.portalTitle' : 'app.offlineTitle') }).waitFor();
    await look(page, state);
    await page.goto('about:blank'); // the page would open the one that it stands for
    await page.unroute('/healthz');
  }
  await page.goto('/sign-in');
  await page.getByLabel(t('account.email')).fill('nobody@example.org');
  await page.getByLabel(t('account.password')).fill('this is not the one');
  await page.locator('main form button').click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'sign in refused');
  await visit(page, `/join/${forum.joinCode}`, 'join', look);
  await button(page, t('join.takeSeat')).click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'join refused');
  await button(page, t('app.preferences')).click();
  await page.locator('[popover]:popover-open').first().waitFor();
  await look(page, 'language and colours');
}

async function organizes(page: Page, { t, forum, look }: At): Promise<void> {
  await page.goto(forum.organizerPath);
  await page.getByLabel(t('account.name')).first().fill('Alyona');
  await page.getByLabel(t('account.email')).first().fill('alyona@example.org');
  await page.getByLabel(t('account.password')).first().fill('a sentence is long enough');
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/forums\//);
  const home = `/forums/${forum.slug}`;
  await visit(page, '/forums', 'forums', look);
  await visit(page, '/forums/new', 'new forum', look);
  await visit(page, '/account', 'account', look);
  await visit(page, home, 'programme', look);
  await visit(page, `${home}/settings`, 'settings', look);
  await visit(page, `${home}/outcome`, 'outcome, empty', look);
  await visit(page, `${forum.workshop}/control`, 'control room, not begun', look);
}

async function sitsDown(page: Page, { t, forum, texts, look }: At): Promise<void> {
  await page.goto(`/join/${forum.joinCode}`);
  await page.getByLabel(t('join.name')).fill(texts.guest);
  await page.getByLabel(t('join.language')).selectOption('ur');
  await button(page, t('join.takeSeat')).click();
  await page.waitForURL(/\/workshops\//);
  await page.getByText(t('board.reading_notStarted')).waitFor();
  await look(page, 'board, not begun', 'board');
}

/** Every state of a board, in the order in which it comes to people. */
async function writes({ page, context }: Guest, organizer: Page, { t, forum, texts, look }: At): Promise<void> {
  await organizer
    .getByRole('main')
    .getByRole('button', { name: t('control.next') })
    .click();
  const field = page.getByRole('textbox', { name: t('board.yourIdea') });
  await field.waitFor();
  await look(page, 'board, empty', 'board');
  for (const title of texts.themes) {
    await page
      .getByRole('button', { name: t('board.newTheme') })
      .last()
      .click();
    await page
      .getByRole('textbox', { name: t('board.themeTitle') })
      .last()
      .fill(title);
    await page.keyboard.press('Enter');
  }
  for (const [at, text] of texts.ideas.entries()) {
    await page.getByRole('combobox', { name: t('board.into') }).selectOption({ index: at % 3 });
    await field.fill(text);
    await page.keyboard.press('Enter');
  }
  await page.getByText(t('board.saved')).first().waitFor();
  await field.fill(texts.ideas[0] ?? '');
  await look(page, 'board', 'board');
  await field.fill('');

  await paste(field, texts.ideas.join('\n'));
  await button(page, t('board.keepOne')).waitFor();
  await look(page, 'several lines pasted', 'board');
  await field.fill('');

  await item(page, 1).tap();
  await look(page, 'item chosen', 'board');
  await item(page, 1).locator('p').first().tap();
  await page.locator('.ProseMirror').waitFor();
  await look(page, 'item edited', 'board');
  await button(page, t('board.done')).tap();

  await inDialog(page, button(page, t('board.more')), 'item’s actions', look);
  await button(page, t('board.comments')).tap();
  await page.getByRole('textbox', { name: t('board.comment') }).fill(texts.ideas[1] ?? '');
  await button(page, t('board.sendComment')).tap();
  await look(page, 'comments');
  await page.keyboard.press('Escape');
  await item(page, 0).tap();
  await button(page, t('board.agree')).tap();
  await button(page, t('board.more')).tap();
  await button(dialog(page), t('board.merge')).tap();
  await look(page, 'merging', 'board');
  await button(page, t('board.mergeHere')).tap();
  await page.locator('.toast').first().waitFor();
  await look(page, 'board with a note', 'board');
  await page.locator('.toast .close').first().tap();
  await page.locator('details > summary').first().tap();
  await look(page, 'merged items', 'board');

  await page
    .getByRole('button', { name: t('board.moreTheme') })
    .first()
    .tap();
  await dialog(page).waitFor();
  await look(page, 'theme’s actions');
  await page.keyboard.press('Escape');
  await page.locator('button.title').first().tap();
  await dialog(page).getByText(t('menu.correct')).tap();
  await look(page, 'menu');
  await button(dialog(page), t('forum.otherDevice')).tap();
  await page.getByRole('img', { name: t('join.moveQr') }).waitFor();
  await look(page, 'seat on another device');
  await page.keyboard.press('Escape');
  await button(dialog(page), t('keys.open')).tap();
  await page.getByText(t('keys.title')).first().waitFor();
  await look(page, 'keys');
  await page.keyboard.press('Escape');

  await context.setOffline(true);
  await page.locator('[data-state=offline]').first().waitFor();
  await look(page, 'board, offline', 'board');
  await context.setOffline(false);
  await page.locator('[data-state=saved]').first().waitFor();

  // The same board at a desk.
  await organizer.goto(`${forum.workshop}?room=${await roomOf(organizer)}`);
  await organizer.locator('.item').first().waitFor();
  await organizer.locator('[data-state=saved]').first().waitFor();
  await look(organizer, 'board at a desk');
  await item(organizer, 1).click();
  await organizer.locator('.ProseMirror').waitFor();
  await look(organizer, 'item edited at a desk');
  await organizer.keyboard.press('Escape');
  await organizer.keyboard.press('c');
  await organizer.getByRole('textbox', { name: t('board.comment') }).waitFor();
  await look(organizer, 'comments at a desk');
  await button(organizer, t('board.closeComments')).click();
  await organizer.locator('button.title').first().click();
  await dialog(organizer).waitFor();
  await look(organizer, 'menu of who leads');
  await organizer.keyboard.press('Escape');
}

async function leads(page: Page, { t, forum, look }: At): Promise<void> {
  const home = `/forums/${forum.slug}`;
  await visit(page, `${forum.workshop}/control`, 'control room', look);
  const room = await roomOf(page);
  await inDialog(page, page.locator('article li button').first(), 'moving a seat', look);
  await inDialog(page, button(page, t('control.close')), 'closing the workshop', look);
  await visit(page, `${forum.workshop}/screen`, 'screen', look);
  await visit(page, `${home}/people`, 'people', look);
  await inDialog(page, page.locator('.acts button').first(), 'removing a person', look);
  await visit(page, `${forum.workshop}/groups`, 'pairs and groups, none yet', look);
  await visit(page, `${forum.workshop}/versions?room=${room}`, 'versions', look);
  await page.locator('main ol a').first().click();
  await page.locator('.item').first().waitFor();
  await look(page, 'a version');
  await page.locator('fieldset label').last().click();
  await page.locator('article ol li, article ul li').first().waitFor();
  await look(page, 'what changed since a version');
  await visit(page, `${home}/outcome`, 'outcome', look);
  await page.getByText(t('outcome.state_saved')).waitFor();
  await page.locator('.export summary').first().click();
  await look(page, 'outcome’s formats');
  await page.keyboard.press('Escape');
  await button(page, t('outcome.write_preamble')).click();
  await page.locator('.ProseMirror').waitFor();
  await page.keyboard.type('We met.');
  await look(page, 'outcome, edited');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print' });
  await look(page, 'outcome, printed');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${forum.workshop}/control`);
  await inDialog(page, button(page, t('control.next')), 'asking to go on', look);
  await inDialog(page, page.locator('button.minutes').first(), 'length of a step', look);
  await button(page, t('control.pause')).click();
  await button(page, t('control.resume')).waitFor();
  await look(page, 'control room, paused');
  await page.getByRole('button', { name: t('control.next') }).click();
  await button(page, t('control.turnGrace')).click();
  await button(page, t('control.keepWriting')).waitFor();
  await look(page, 'control room, going on');
  await button(page, t('control.endNow')).click();
  await page.getByRole('button', { name: t('control.again') }).waitFor();
}

async function reads(page: Page, { t, forum, look }: At): Promise<void> {
  const home = `/forums/${forum.slug}`;
  await page.getByText(t('board.reading_closing')).first().waitFor();
  await look(page, 'board, closed', 'board');
  await visit(page, `/join/${forum.joinCode}`, 'welcome back', look);
  await visit(page, home, 'programme of a guest', look);
  await visit(page, `${home}/people`, 'own seat', look);
  await visit(page, `${home}/outcome`, 'outcome, not open', look);
  await visit(page, `${home}/settings`, 'error 403', look);
}

/** Last of all: a seat that is taken away under its board. */
async function isSentAway(page: Page, organizer: Page, { t, forum, texts, look }: At): Promise<void> {
  await page.goto(forum.workshop);
  await page.getByText(t('board.reading_closing')).first().waitFor();
  await organizer.goto(`/forums/${forum.slug}/people`);
  const person = organizer.getByRole('row').filter({ hasText: texts.guest });
  await button(person, t('forum.removePerson')).click();
  await button(dialog(organizer), t('forum.takeSeatAway')).click();
  await page.getByText(t('board.sentAway')).first().waitFor();
  await look(page, 'sent away', 'board');
  await organizer.getByText(t('forum.wasRemoved')).first().waitFor();
  await look(organizer, 'people, one removed');
}
