import type { Page } from '@playwright/test';
import { expect, test, type Guest } from './fixtures.ts';
import { beginWriting, forumOn, takeControl } from './forum-on.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const IDEAS = 35;
const FORUM = {
  countries: ['KG', 'KZ'],
  joinForm: { country: 'required', organisation: 'optional', namesInOutcome: true },
  agenda: [
    {
      kind: 'workshop',
      title: 'Recommendations',
      question: 'What should our countries do together by 2027?',
      rooms: [{ name: 'Walnut' }],
    },
  ],
};

const idea = (page: Page, number: number) => page.getByRole('group', { name: new RegExp(`^Idea ${number}\\b`) });
const field = (page: Page) => page.getByRole('textbox', { name: 'Your idea' });
const saved = (page: Page) => page.getByText('Saved', { exact: true });
const seenButtons = (page: Page) =>
  page.getByRole('button').evaluateAll(
    (all) =>
      all.filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width > 1 && height > 1;
      }).length,
  );

async function guestOf(arrived: Guest, code: string, country: string): Promise<Guest> {
  const { page } = arrived;
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(arrived.name);
  await page.getByRole('combobox', { name: 'Country' }).fill(country);
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.waitForURL(/\/workshops\//);
  return arrived;
}

test('[B81] [B83] [B84] [B85] [B86] [S49] a board of thirty-five ideas on a phone', async ({ server, arrive }) => {
  const forum = await forumOn(server, FORUM);
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  await beginWriting(organizer);
  const bolat = await guestOf(await arrive('Bolat'), forum.joinCode, 'Kazakhstan');
  await expect(saved(bolat.page)).toBeVisible();
  for (let at = 1; at <= IDEAS; at += 1) {
    await field(bolat.page).fill(`Idea ${at}: hold a joint school of editors every spring in another country`);
    await bolat.page.keyboard.press('Enter');
  }
  const aida = await guestOf(await arrive('Aidaa', PHONE), forum.joinCode, 'Kyrgyzstan');
  const { page } = aida;
  await expect(idea(page, IDEAS)).toBeVisible();
  await expect(saved(page)).toBeVisible();

  await test.step('[B83] actions stand at the one idea that was tapped', async () => {
    const screens = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
    expect(screens).toBeLessThan(6);
    expect(await seenButtons(page)).toBeLessThan(12);
    await idea(page, 3).tap();
    await expect(idea(page, 3).getByRole('button', { name: 'Agree' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Agree' })).toHaveCount(1);
    await expect(page.getByRole('textbox', { name: /^Text of/ })).toHaveCount(0);
    await idea(page, 3).getByRole('button', { name: 'Agree' }).tap();
    await idea(page, 5).tap();
    await expect(idea(page, 5).getByRole('button', { name: 'Agree' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Agree/ })).toHaveCount(1);
    await expect(idea(page, 3).getByText('Agree: 1')).toBeAttached();
  });

  await test.step('[B83] actions of an idea at the foot of the window are not under the bar', async () => {
    const top = async () => (await page.locator('.below').boundingBox())!.y;
    const bar = await top();
    await idea(page, 9).evaluate((node, y) => scrollBy(0, node.getBoundingClientRect().bottom - y + 4), bar);
    await idea(page, 9).tap({ position: { x: 100, y: 8 } });
    const actions = idea(page, 9).locator('.bar');
    await expect(actions.getByRole('button', { name: 'Agree' })).toBeVisible();
    const foot = () => actions.evaluate((node) => node.getBoundingClientRect().bottom);
    await expect.poll(async () => (await foot()) <= (await top())).toBe(true);
    await idea(page, 5).tap();
    await expect(idea(page, 5).getByRole('button', { name: 'Agree' })).toBeVisible();
  });

  await test.step('[B85] while an idea is edited the field for new ones is away, and Done ends it', async () => {
    await idea(page, 5).getByText('hold a joint school').tap();
    const text = page.getByRole('textbox', { name: /^Text of/ });
    await expect(text).toBeFocused();
    await expect(field(page)).toBeHidden();
    await page.keyboard.press('Control+End'); // from where it was tapped
    await page.keyboard.type(' and again');
    const done = page.getByRole('button', { name: 'Done' });
    // What Safari tells of a keyboard that covers the page, which leaves the window as it is.
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, 'height', { value: innerHeight - 300, configurable: true });
      visualViewport?.dispatchEvent(new Event('resize'));
    });
    await expect.poll(async () => (await done.boundingBox())!.y + (await done.boundingBox())!.height).toBeLessThan(341);
    await page.evaluate(() => {
      delete (visualViewport as unknown as { height?: number }).height;
      visualViewport?.dispatchEvent(new Event('resize'));
    });
    await done.tap();
    await expect(text).toHaveCount(0);
    await expect(idea(page, 5)).toBeFocused();
    await expect(idea(page, 5)).toContainText('country and again');
    await expect(field(page)).toBeVisible();
  });

  await test.step('[B70] who edits what somebody else deletes has its words, and the way back in sight above the bar', async () => {
    await idea(page, 7).tap();
    await idea(page, 7).getByText('hold a joint school').tap();
    await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeFocused();
    await page.keyboard.press('Control+End');
    for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
    await page.keyboard.type('Kept for me');
    await page.keyboard.press('Control+Home');
    await expect(saved(page)).toBeVisible();
    await idea(bolat.page, 7).focus();
    await bolat.page.keyboard.press('Delete');
    await bolat.page.getByRole('button', { name: 'Delete all the same' }).click();
    const back = page.getByRole('button', { name: 'Bring it back' });
    await expect(back).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('kept-360.png') });
    const isOnTop = () =>
      back.evaluate((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return node.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
    await expect.poll(isOnTop).toBe(true);
    await back.tap();
    await expect(idea(bolat.page, 7)).toContainText('Kept for me');
    await page.getByRole('button', { name: 'Done' }).tap();
  });

  await test.step('[B84] what was added out of sight is told with a way there, and the keyboard stays', async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await field(page).fill('Written far above its place');
    await page.getByRole('button', { name: 'Add idea' }).tap();
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue('');
    const added = idea(page, IDEAS + 1);
    await expect(added).not.toBeInViewport();
    await page.getByRole('button', { name: 'Show' }).tap();
    await expect(added).toBeInViewport();
    await expect(added).toBeFocused();
    await field(page).fill('Written near its place');
    await page.getByRole('button', { name: 'Add idea' }).tap();
    await expect(idea(page, IDEAS + 2)).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Show' })).toHaveCount(0);
    await expect(field(page)).toBeFocused();
  });

  await test.step('[B81] what is typed and not added is there after a reload, and gone once it is added', async () => {
    await field(page).fill('Half a thou');
    await page.reload();
    await expect(field(page)).toHaveValue('Half a thou');
    await page.getByRole('button', { name: 'Add idea' }).tap();
    await expect(idea(page, IDEAS + 3)).toBeAttached();
    await expect(saved(page)).toBeVisible();
    await page.reload();
    await expect(idea(page, IDEAS + 3)).toBeAttached();
    await expect(field(page)).toHaveValue('');
  });

  await test.step('[B83] a theme is jumped to', async () => {
    await bolat.page.getByRole('button', { name: 'New theme' }).first().click();
    await bolat.page.getByRole('textbox', { name: 'Title of the theme' }).first().fill('Schools');
    await bolat.page.keyboard.press('Enter');
    await page.evaluate(() => scrollTo(0, 1_000));
    const jump = page.getByRole('combobox', { name: 'Go to a theme' });
    await expect(jump.getByRole('option')).toHaveText(['1 Schools (0)', `Without a theme (${IDEAS + 3})`]);
    await jump.selectOption({ label: '1 Schools (0)' });
    await expect(page.getByRole('heading', { name: /Schools/ })).toBeInViewport({ ratio: 1 });
  });

  await test.step('[B86] [S49] the menu leads on, and one’s own name is corrected for everybody', async () => {
    await expect(bolat.page.getByTitle('Aidaa')).not.toHaveCount(0);
    await page.getByRole('button', { name: /Menu$/ }).tap();
    const menu = page.getByRole('dialog');
    await expect(menu.getByRole('link', { name: 'Programme' })).toBeVisible();
    await expect(menu.getByRole('link', { name: 'Outcome' })).toHaveCount(0);
    await expect(menu.getByRole('link', { name: 'Control room' })).toHaveCount(0);
    await menu.getByText('Correct your name or details').tap();
    await menu.getByLabel('Your name').fill(' ');
    await menu.getByRole('button', { name: 'Save' }).tap();
    await expect(menu.getByText('Write your name')).toBeVisible();
    await menu.getByLabel('Your name').fill('Aida');
    await menu.getByRole('combobox', { name: 'Country' }).fill('Kazakhstan');
    await menu.getByRole('button', { name: 'Save' }).tap();
    await expect(page.getByText('Your details are corrected.').first()).toBeVisible();
    await expect(bolat.page.getByTitle('Aida', { exact: true })).not.toHaveCount(0);
    await expect(bolat.page.getByTitle('Aidaa')).toHaveCount(0);
    await menu.getByLabel('Language of the pages').selectOption('ru');
    await expect(page.getByRole('button', { name: 'Добавить идею' })).toBeAttached();
    await menu.getByLabel('Тёмные').check();
    await expect(page.locator('meta[name=theme]')).toHaveAttribute('content', 'dark');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /Меню$/ })).toBeFocused();
  });

  await test.step('[B86] whoever leads gets to the control room', async () => {
    const { page } = organizer;
    const versions = await page.locator('a[href*="/versions?room="]').first().getAttribute('href');
    await page.goto(versions!.replace('/versions', ''));
    await page.getByRole('button', { name: /Menu$/ }).click();
    const menu = page.getByRole('dialog');
    for (const name of ['Programme', 'Outcome', 'People', 'Projector screen'])
      await expect(menu.getByRole('link', { name })).toBeVisible();
    await menu.getByRole('link', { name: 'Control room' }).click();
    await expect(page.getByRole('button', { name: 'Next: Close' })).toBeVisible();
  });
});
