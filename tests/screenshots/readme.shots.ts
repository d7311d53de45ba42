import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../e2e/fixtures.ts';
import { dastarkhan } from '../rig/server-process.ts';

const FOLDER = join(import.meta.dirname, '../../static/screenshots');
const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1280, height: 800 } };
const URDU = [
  'ہر سال ایک ملک میں کتابوں کا مشترکہ میلہ ہو',
  'دیہی کتب خانوں کے لیے چلتی پھرتی گاڑیاں خریدی جائیں',
  'لائبریرین ہر دو سال بعد ایک دوسرے کے ہاں تربیت لیں',
];

const FORUM = {
  title: 'Reading across the mountains',
  language: 'en',
  from: '2026-05-14',
  to: '2026-05-14',
  place: 'Osh, Kyrgyzstan',
  organisers: [{ name: 'League of Valley Libraries', url: 'https://example.org' }],
  countries: ['KG', 'KZ', 'PK', 'TJ', 'UZ'],
  languages: ['en', 'ru', 'ky', 'ur'],
  agenda: [
    { kind: 'opening', title: 'Opening', startsAt: '09:30', endsAt: '10:00' },
    {
      kind: 'panel',
      title: 'What our reading rooms have learned',
      startsAt: '10:00',
      endsAt: '11:30',
      moderator: { name: 'Gulnara Asanova', country: 'KG' },
    },
    {
      kind: 'workshop',
      title: 'Joint recommendations',
      startsAt: '12:00',
      endsAt: '13:30',
      question: 'What should our libraries do together by 2028?',
      rooms: [{ name: 'Walnut' }],
    },
  ],
};

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });

test('the pictures of the README', async ({ server, arrive }) => {
  const file = join(server.dataDir, 'forum.json');
  writeFileSync(file, JSON.stringify(FORUM));
  const made = await dastarkhan(['forum', 'create', file, '--json'], {
    DATA_DIR: server.dataDir,
    ORIGIN: server.origin,
  });
  const { joinCode, slug, organizerLink, workshops } = JSON.parse(made.stdout) as {
    joinCode: string;
    slug: string;
    organizerLink: string;
    workshops: { id: string }[];
  };
  const organizer = await arrive('Alyona', DESK);
  await organizer.page.goto(new URL(organizerLink).pathname);
  await organizer.page.getByLabel('Your name').first().fill('Alyona');
  await organizer.page.getByLabel('E-mail address').first().fill('alyona@example.org');
  await organizer.page.getByLabel('Password').first().fill('a sentence is long enough');
  await organizer.page.getByRole('button', { name: 'Create an account and accept' }).click();
  await organizer.page.waitForURL(/\/forums\//);
  await organizer.page.goto(`/forums/${slug}/workshops/${workshops[0]?.id}/control`);
  await organizer.page.getByRole('button', { name: 'Next: Write together' }).click();

  const aida = await arrive('Aida', DESK);
  await aida.page.goto('/');
  await shot(aida.page, 'landing-1280');
  const phone = await arrive('Bolat', PHONE);
  await phone.page.goto(`/join/${joinCode}`);
  await phone.page.getByLabel('Your name').fill('Bolat');
  await shot(phone.page, 'join-360');
  await phone.page.getByRole('button', { name: 'Take your seat' }).click();

  await seat(aida.page, joinCode, 'Aida');
  await write(aida.page, 'A shared catalogue', [
    'Publish one catalogue of all member libraries by June 2027',
    'Agree on one library card that is valid in every country',
    'Digitise local newspapers before they fall apart',
  ]);
  await write(aida.page, 'Exchange of people', ['Send ten librarians a year to a neighbour for a month']);
  const zarina = await arrive('Zarina', DESK);
  await seat(zarina.page, joinCode, 'Zarina', 'ur');
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
  await shot(organizer.page, 'control-1280');
  await organizer.page.goto(`/forums/${slug}/outcome`);
  await organizer.page.getByText('Digitise local newspapers').waitFor();
  await shot(organizer.page, 'outcome-1280');
  await phone.page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await phone.page.getByText(URDU[0] ?? '').scrollIntoViewIfNeeded();
  await shot(phone.page, 'board-rtl');

  const out = mkdtempSync(join(tmpdir(), 'dastarkhan-shots-'));
  await dastarkhan(['outcome', 'export', slug, '--format', 'pdf', '--out', out], { DATA_DIR: server.dataDir });
  execFileSync('pdftoppm', [
    '-png',
    '-r',
    '60',
    '-f',
    '1',
    '-l',
    '1',
    '-singlefile',
    join(out, `${slug}.pdf`),
    join(out, 'page'),
  ]);
  renameSync(join(out, 'page.png'), join(FOLDER, 'outcome-pdf.png'));
});

async function seat(page: Page, code: string, name: string, language = 'en'): Promise<void> {
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('You will write in').selectOption(language);
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await page.getByRole('button', { name: 'New theme' }).waitFor();
}

async function write(page: Page, theme: string, items: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'New theme' }).click();
  await page.getByRole('textbox', { name: 'Title of the theme' }).fill(theme);
  await page.keyboard.press('Enter');
  for (const text of items) {
    await page.getByRole('textbox', { name: `Add a recommendation to ${theme}` }).fill(text);
    await page.keyboard.press('Enter');
  }
}
