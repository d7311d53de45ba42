import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../e2e/fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from '../e2e/forum-on.ts';
import { SHOWN_FORUM } from '../e2e/states/hall.ts';
import { dastarkhan } from '../rig/server-process.ts';

const FOLDER = join(import.meta.dirname, '../../static/screenshots');
const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1280, height: 800 } };
const URDU = [
  'ہر سال ایک ملک میں کتابوں کا مشترکہ میلہ ہو',
  'دیہی کتب خانوں کے لیے چلتی پھرتی گاڑیاں خریدی جائیں',
  'لائبریرین ہر دو سال بعد ایک دوسرے کے ہاں تربیت لیں',
];

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });

test('the pictures of the README', async ({ server, arrive }) => {
  const forum = await forumOn(server, SHOWN_FORUM);
  const organizer = await arrive('Alyona', DESK);
  await takeControl(organizer, forum);
  await beginWriting(organizer);

  const aida = await arrive('Aida', DESK);
  await aida.page.goto('/');
  await shot(aida.page, 'landing-1280');
  const phone = await arrive('Bolat', PHONE);
  await phone.page.goto(`/join/${forum.joinCode}`);
  await phone.page.getByLabel('Your name').fill('Bolat');
  await shot(phone.page, 'join-360');
  await phone.page.getByRole('button', { name: 'Take your seat' }).click();

  await takeSeat(aida, forum);
  await write(aida.page, 'A shared catalogue', [
    'Publish one catalogue of all member libraries by June 2027',
    'Agree on one library card that is valid in every country',
    'Digitise local newspapers before they fall apart',
  ]);
  await write(aida.page, 'Exchange of people', ['Send ten librarians a year to a neighbour for a month']);
  const zarina = await arrive('Zarina', DESK);
  await takeSeat(zarina, forum, 'ur');
  await write(zarina.page, 'کتاب اور قاری', URDU);
  await aida.page.getByRole('button', { name: 'Edit 1.2' }).click();
  await aida.page.getByRole('textbox', { name: 'Text of 1.2' }).click();
  await zarina.page.getByRole('button', { name: 'Edit 1.2' }).click();
  await zarina.page.getByRole('textbox', { name: 'Text of 1.2' }).click();
  await aida.page.locator('.their-caret').first().waitFor();
  await shot(aida.page, 'board-1280');
  await shot(phone.page, 'board-360');
  await organizer.page.reload();
  await organizer.page.getByText('Zarina').first().waitFor();
  await organizer.page.getByText('nobody connected').waitFor({ state: 'hidden' });
  await organizer.page.getByText('Counting…').first().waitFor({ state: 'hidden' });
  await shot(organizer.page, 'control-1280');
  await organizer.page.goto(`/forums/${forum.slug}/outcome`);
  await organizer.page.getByText('Saved, and live.').waitFor();
  await shot(organizer.page, 'outcome-1280');
  await phone.page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await phone.page.getByText(URDU[0] ?? '').scrollIntoViewIfNeeded();
  await shot(phone.page, 'board-rtl');

  const out = mkdtempSync(join(tmpdir(), 'dastarkhan-shots-'));
  await dastarkhan(['outcome', 'export', forum.slug, '--format', 'pdf', '--out', out], { DATA_DIR: server.dataDir });
  execFileSync('pdftoppm', [
    '-png',
    '-r',
    '60',
    '-f',
    '1',
    '-l',
    '1',
    '-singlefile',
    join(out, `${forum.slug}.pdf`),
    join(out, 'page'),
  ]);
  renameSync(join(out, 'page.png'), join(FOLDER, 'outcome-pdf.png'));
});

async function write(page: Page, theme: string, items: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'New theme' }).click();
  await page.getByRole('textbox', { name: 'Title of the theme' }).fill(theme);
  await page.keyboard.press('Enter');
  for (const text of items) {
    await page.getByRole('textbox', { name: `Add a recommendation to ${theme}` }).fill(text);
    await page.keyboard.press('Enter');
  }
}
