import type { Page } from '@playwright/test';
import { HallNetwork } from '../../rig/hall-network.ts';
import { expect, type Guest } from '../fixtures.ts';
import { forumOn, takeControl, takeSeat } from '../forum-on.ts';
import { AT_DESK, button, dialog, inDialog, ON_PHONE, visit, type At, type Walk } from './at.ts';
import { wordsOf } from './words.ts';

const WRONG = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{"script": 1, "steps": 7}') };
const PASSWORD = 'a sentence is long enough';

/** Goes through what an organizer fills in and answers, beside workshops, and through what guests are asked and told at the door. */
export async function everyForm({ server, arrive, locale, forum: details, texts, options, look }: Walk): Promise<void> {
  const t = wordsOf(locale);
  const forum = await forumOn(server, { ...details, seats: 3 });
  const at: At = { t, forum, texts, look };
  const there = { locale: locale === 'ru' ? 'ru-RU' : 'en-GB', ...options };
  const organizer = await arrive('Alyona', { ...there, ...AT_DESK });
  await takeControl(organizer, forum);
  const { page } = organizer;
  await keepsScripts(page, at);
  await rehearses(page, at);
  await fillsIn(page, at);
  await changesPassword(page, at);
  await isAsked(await arrive('Stranger', { ...there, ...ON_PHONE }), at);
  const network = new HallNetwork(server.origin);
  await network.start();
  network.become({ eatsCookies: true });
  await eatsNoCookies((await arrive('Davron', { ...there, ...ON_PHONE, baseURL: network.origin })).page, at);
  await network.stop();
  const guest = await takeSeat(await arrive(texts.guest, { ...there, ...ON_PHONE }), forum, 'ur');
  const helper = await arrive(`Bolat ${texts.guest}`, { ...there, ...AT_DESK });
  await runsPeople(page, helper, at);
  await hasASeat(guest.page, helper.page, at);
  await waits(page, await arrive(`Chinara ${texts.guest}`, { ...there, ...ON_PHONE }), at);
}

async function keepsScripts(page: Page, { t, texts, look }: At): Promise<void> {
  await visit(page, '/scripts', 'scripts, none yet', look);
  await page.locator('main summary').last().click();
  await look(page, 'steps of a script');
  await page.locator('form[action="?/copy"] button').first().click();
  await page.waitForURL(/\/scripts\/[a-z0-9]{24}$/);
  await page.locator('li .open').nth(1).click();
  const inside = page.locator('.inside');
  for (const field of await inside.locator('input:not([type]), input[type=text], textarea').all())
    await field.fill(texts.ideas[1] ?? '');
  await page
    .getByRole('button', { name: t('scripts.add') })
    .last()
    .click();
  await look(page, 'a script and a step of it');
  await page.reload();
  await page.getByText(t('scripts.restored')).waitFor();
  await look(page, 'a script, not saved');
  await button(page, t('scripts.save')).click();
  await page.locator('.bar .saved').waitFor();
  await page.goto('/scripts');
  await page.locator('form[action="?/remove"] button').first().click();
  await page.locator('.note[role=status]').waitFor();
  await page.locator('main summary').last().click();
  await look(page, 'scripts, one deleted');
  await page.locator('.note form button').first().click();
  await page.locator('form[action="?/remove"] button').first().waitFor();
  await page.getByText(t('scripts.uploadTitle')).click();
  await page.getByLabel(t('script.file')).setInputFiles(WRONG);
  await button(page, t('scripts.upload')).click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'scripts, a file refused');
}

async function rehearses(page: Page, { t, forum, look }: At): Promise<void> {
  await page.goto(`${forum.workshop}/script`);
  await page.getByLabel(t('rehearsal.people')).fill('4000');
  await button(page, t('rehearsal.start')).click();
  await page.getByText(t('rehearsal.peopleRange')).waitFor();
  await look(page, 'a rehearsal refused');
  await page.getByLabel(t('rehearsal.people')).fill('2');
  await button(page, t('rehearsal.start')).click();
  await page.waitForURL(/rehearsal-.*\/control$/);
  await button(page, t('rehearsal.end')).waitFor();
  await page.locator('article li button').nth(1).waitFor();
  await look(page, 'control room of a rehearsal');
  const other = await page.context().newPage();
  await other.setViewportSize(ON_PHONE.viewport);
  await other.goto(page.url().replace(/\/workshops.*/, ''));
  await other.locator('h1').waitFor();
  await look(other, 'programme of a rehearsal');
  await button(page, t('rehearsal.end')).click();
  const asked = page.getByRole('dialog', { name: t('rehearsal.endTitle') });
  await asked.waitFor();
  await look(page, 'a rehearsal is to end');
  await button(asked, t('rehearsal.end')).click();
  await page.waitForURL(({ pathname }) => !pathname.includes('rehearsal-'));
  await page.locator('main [role=status]').first().waitFor();
  await look(page, 'after a rehearsal');
  await other.getByRole('heading', { name: t('rehearsal.ended') }).waitFor();
  await look(other, 'a rehearsal that has ended');
  await other.close();
}

async function fillsIn(page: Page, { t, forum, look }: At): Promise<void> {
  const home = `/forums/${forum.slug}`;
  await page.goto('/forums/new');
  await page.waitForLoadState('networkidle');
  await page.locator('main summary').first().click();
  await page.locator('#import-json').fill('{"title": 7');
  await button(page, t('forum.importSubmit')).click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'new forum, a file refused');
  await button(page, t('forum.create')).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await look(page, 'new forum refused');
  await page.goto(`${home}/settings`);
  await page.waitForLoadState('networkidle');
  const title = page.locator('[name=title]');
  const before = await title.inputValue();
  await title.fill('');
  await button(page, t('forum.save')).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await look(page, 'settings refused');
  await title.fill(before);
  await button(page, t('forum.save')).click();
  await page.getByText(t('forum.savedAt')).waitFor();
  await look(page, 'settings saved');
  await page.goto(home);
  await inDialog(page, button(page, t('forum.rotate')), 'a new code asked for', look);
}

async function changesPassword(page: Page, { t, look }: At): Promise<void> {
  await page.goto('/account');
  await page.waitForLoadState('networkidle');
  for (const summary of await page.locator('main summary').all()) await summary.click();
  await page.getByLabel(t('account.passwordCurrent')).first().fill('not this one at all');
  await page.getByLabel(t('account.passwordNew')).fill('another long sentence');
  await button(page, t('account.passwordChange')).click();
  await page.getByRole('alert').first().waitFor();
  await look(page, 'a password refused');
}

async function isAsked({ page }: Guest, { t, forum, look }: At): Promise<void> {
  await page.goto(`/join/${forum.joinCode}`);
  await page.getByLabel(t('join.name')).fill('Alyona');
  await page.locator('[name=country]').fill('Kazahstann');
  await button(page, t('join.takeSeat')).click();
  await page.getByText(t('forum.countryMeant')).waitFor();
  await look(page, 'a country asked about');
}

async function eatsNoCookies(page: Page, { t, forum, look }: At): Promise<void> {
  await page.goto(`/join/${forum.joinCode}`);
  await page.getByLabel(t('join.name')).fill('Davron');
  await button(page, t('join.takeSeat')).click();
  await page.getByText(t('join.cookiesRefused')).first().waitFor();
  await look(page, 'cookies refused');
}

async function runsPeople(page: Page, helper: Guest, { t, forum, look }: At): Promise<void> {
  const home = `/forums/${forum.slug}`;
  await page.goto(`${home}/people`);
  await button(page, t('forum.makeLink')).click();
  const invitation = await page.locator('.share .url').first().innerText();
  await look(page, 'an invitation made');
  await helper.context.request.post(`${invitation}?/signUp`, {
    form: { name: helper.name, email: 'bolat@example.org', password: PASSWORD },
    headers: { origin: forum.origin, accept: 'text/html' },
    maxRedirects: 0,
  });
  await page.goto(`${home}/people`);
  await button(page, t('forum.vouchPerson')).click();
  const link = await page.locator('.share .url').first().innerText();
  await look(page, 'a link for a new password');
  await visit(helper.page, link, 'a new password', look);
  await helper.page.getByLabel(t('account.passwordNew')).fill('short');
  await helper.page.locator('main form button').last().click();
  await helper.page.getByRole('alert').first().waitFor();
  await look(helper.page, 'a new password refused');
  await inDialog(page, button(page, t('forum.erasePerson')), 'a person to be erased', look);
  await page
    .getByRole('link', { name: t('forum.correctPerson') })
    .first()
    .click();
  await page.locator('#correct').waitFor();
  await look(page, 'a person corrected');
  await page.goto(`${home}/people?lately=60`);
  await page.getByRole('checkbox').first().waitFor();
  await look(page, 'people who have written nothing');
}

async function hasASeat(page: Page, other: Page, { t, forum, look }: At): Promise<void> {
  const home = `/forums/${forum.slug}`;
  await page.goto(`${home}/people`);
  await page.getByText(t('menu.correct')).click();
  await look(page, 'own seat corrected');
  await inDialog(page, button(page, t('forum.eraseMe')), 'oneself to be erased', look);
  await button(page, t('forum.otherDevice')).tap();
  const link = await dialog(page).locator('a[href*="/seat/"]').getAttribute('href');
  await page.keyboard.press('Escape');
  await visit(other, new URL(link ?? '', forum.origin).pathname, 'a seat to be taken along', look);
  await visit(page, '/leave', 'leave, with a seat', look);
}

async function waits(page: Page, { page: late, name }: Guest, { t, forum, look }: At): Promise<void> {
  await late.goto(`/join/${forum.joinCode}`);
  await late.getByLabel(t('join.name')).fill(name);
  await button(late, t('join.takeSeat')).click();
  await late.waitForURL('**/door');
  await look(late, 'at the door');
  await visit(page, `${forum.workshop}/control`, 'control room, somebody at the door', look);
  await visit(page, `/forums/${forum.slug}/people`, 'people, somebody at the door', look);
  await button(page, t('forum.keepOutPerson')).click();
  await expect(late.getByRole('heading', { name: t('join.doorGone') })).toBeVisible();
  await look(late, 'not let in');
}
