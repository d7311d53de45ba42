import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, beginWriting } from './forum-on.ts';

const entry = (mark: string, level: number, words: string) =>
  `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${mark}` +
  `<span>&nbsp;&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;
const WORD =
  entry('·', 1, 'Train <b>two</b> teachers <del>or three</del>') +
  entry('o', 2, 'from rural districts') +
  entry('·', 1, 'Free data<span class=MsoCommentReference>[K1]</span>') +
  '<table><tr><td>Who</td><td>When</td></tr></table>';

const rowsOf = (rows: number, cells: number) =>
  `<table>${Array.from({ length: rows }, (_, row) => `<tr>${Array.from({ length: cells }, (_, cell) => `<td>r${row}c${cell}</td>`).join('')}</tr>`).join('')}</table>`;

const paste = (place: Locator, data: Record<string, string>) =>
  place.evaluate((element, data) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, data);

test('[L8] [B116] [S54] a guest with an Urdu phone: country in own words, languages by the text, pastes of a word processor', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, {
    countries: ['Кыргызстан', 'PK'],
    languages: ['English', 'Кыргызча', 'ur'],
    joinForm: { country: 'required', organisation: 'hidden', namesInOutcome: true },
  });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  await beginWriting(organizer);
  const { page } = await arrive('Noor', { locale: 'ur-PK', viewport: { width: 360, height: 740 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`/join/${forum.joinCode}`);
  await expect(page.getByRole('radio')).toHaveCount(2);
  await page.screenshot({ path: test.info().outputPath('join-360.png') });
  await page.getByLabel('Your name').fill('🌾');
  await page.getByRole('radio', { name: 'Kyrgyzstan' }).check();
  await page.getByLabel('Country', { exact: true }).fill('اسلامی جمہوریہ پاکستان');
  await expect(page.getByRole('radio', { name: 'Kyrgyzstan' })).not.toBeChecked();
  await expect(page.getByLabel('You will write in')).toHaveValue('ur');
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.waitForURL(/\/workshops\//);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  const idea = page.getByRole('textbox', { name: 'Your idea' });
  const text = (words: string) => page.locator('main p[lang]').filter({ hasText: words });
  for (const [words, lang, dir] of [
    ['Clean water for all', 'en', 'ltr'],
    ['صاف پانی سب کے لیے', 'ur', 'rtl'],
    ['Айыл китепканаларын колдоо керек', 'ky', 'ltr'],
  ] as const) {
    await idea.fill(words);
    await expect(idea).toHaveAttribute('dir', dir);
    await page.keyboard.press('Enter');
    await expect(text(words)).toHaveAttribute('lang', lang);
    await expect(text(words)).toHaveAttribute('dir', dir);
  }
  await page.getByRole('button', { name: 'Edit idea 2' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of idea 2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Rivers first');
  const lines = page.getByRole('textbox', { name: 'Text of idea 2' }).locator('p');
  await expect(lines.first()).toHaveAttribute('dir', 'rtl');
  await expect(lines.last()).toHaveAttribute('dir', 'ltr');
  await page.keyboard.press('Escape');
  await expect(text('Rivers first')).toHaveAttribute('dir', 'ltr');
  const fonts = await Promise.all(
    ['Clean water', 'صاف پانی'].map((words) => text(words).evaluate((element) => getComputedStyle(element).fontFamily)),
  );
  expect(fonts[0]).not.toContain('Nastaliq');
  expect(fonts[1]).toContain('Nastaliq');

  await idea.focus(); // who pastes before the reader of clipboards has come waits for it
  await paste(idea, { 'text/html': WORD, 'text/plain': '·\tTrain' });
  await expect(idea).toHaveValue('Train two teachers\nfrom rural districts\nFree data\nWho · When');
  await page.screenshot({ path: test.info().outputPath('offer-360.png') });
  await page.getByRole('button', { name: 'Add 3 ideas' }).click();
  await expect(page.getByText('from rural districts', { exact: true })).toBeVisible();
  await expect(page.getByText('Who · When', { exact: true })).toBeVisible();
  await expect(idea).toHaveValue('');
  await paste(idea, { 'text/html': rowsOf(10_000, 1) }); // minutes for a browser that is told to type them
  await expect.poll(() => idea.evaluate(({ value }: HTMLTextAreaElement) => value.split('\n').length)).toBe(10_000);
  await expect(page.getByText('That is 10,000 lines')).toBeVisible();
  await idea.fill('');
  await paste(idea, { 'text/html': rowsOf(1_000, 100), 'text/plain': 'r0c0' });
  await expect(page.getByRole('alert').filter({ hasText: /at most 200,000 fit in one paste/ })).toBeVisible();
  await expect(idea).toHaveValue('');

  await page.getByRole('button', { name: 'Edit idea 1' }).click();
  const editor = page.getByRole('textbox', { name: 'Text of idea 1' });
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await paste(editor, { 'text/html': WORD, 'text/plain': '·\tTrain' });
  await expect(editor.locator('li')).toHaveText(['Train two teachers', 'from rural districts', 'Free data']);
  await expect(editor.locator('li strong')).toHaveText('two');
  await expect(page.getByText('A list here has one level: 1 entry')).toBeVisible();
  await expect(editor.locator('> p')).toHaveText('Who · When');
  await paste(editor, { 'text/html': '<img src="x">', 'text/plain': ' and a picture' });
  await expect(editor).toContainText('and a picture');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('editors');
  const SHEET = '<table><tr><td>Cell A</td></tr><tr><td>Cell B</td></tr></table>';
  await paste(editor, { 'text/html': SHEET, 'text/plain': 'Cell A\nCell B\n' });
  await expect(editor.locator(':is(p, li)').filter({ hasText: /^editors$/ })).not.toHaveCount(0);
  await expect(editor.locator(':is(p, li)').filter({ hasText: /^Cell A$/ })).not.toHaveCount(0);
  await paste(editor, { 'text/plain': 'x'.repeat(10_000_000) });
  await expect(page.getByRole('alert').filter({ hasText: /10,000,000/ })).toBeVisible();

  for (const [width, colorScheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: test.info().outputPath(`text-${width}.png`) });
  }
  await organizer.page.goto(`/forums/${forum.slug}/people`);
  await expect(organizer.page.getByText('Pakistan').first()).toBeVisible();
  await expect(organizer.page.getByText('🌾').first()).toBeVisible();
  expect(errors).toEqual([]);
});
