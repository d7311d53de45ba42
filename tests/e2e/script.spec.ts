import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
const LONG = {
  en: 'Talk in your room about what would change for readers. '.repeat(7),
  ru: 'Обсудите в своей комнате, что изменится для читателей наших библиотек. '.repeat(6),
  ur: 'اپنے کمرے میں بات کریں کہ ہمارے کتب خانوں کے قارئین کے لیے کیا بدلے گا۔ '.repeat(6),
};
const AGENDA = [
  { kind: 'workshop', title: 'Recommendations', question: 'What do we do?', startsAt: '14:00', rooms: ROOMS },
];
const OWN = {
  script: 1,
  title: { en: 'One river', ru: 'Одна река' },
  steps: [
    { kind: 'arrive', minutes: null },
    {
      id: 'hear',
      kind: 'brief',
      minutes: 5,
      title: { en: 'Why we are here', ru: 'Зачем мы здесь' },
      instruction: { en: 'Listen to the question.', ru: 'Послушайте вопрос.' },
      note: 'canary: the microphone is under the desk',
    },
    { kind: 'vote', minutes: 4 },
    { id: 'word', kind: 'draft', minutes: 10, instruction: { en: 'Word four of them.', ru: 'Сформулируйте четыре.' } },
    { id: 'others', kind: 'draft', minutes: 10, seating: 'rotate', title: { en: 'Other tables', ru: 'Другие столы' } },
    { kind: 'pause', minutes: 10, settings: { backAt: '11:40' } },
    { kind: 'close', minutes: null },
  ],
};
const file = (json: unknown) => ({
  name: 'river.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(json)),
});

test('a facilitator chooses a script, changes what is to come, and people are told their task', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const aida = await takeSeat(await arrive('Aida'), forum);

  await test.step('[W70] a file with mistakes changes nothing and is told what is wrong; one of the library is taken', async () => {
    await page.goto(`${forum.workshop}/script`);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByText('Use a script from a file').click();
    await page
      .getByLabel('File')
      .setInputFiles(file({ ...OWN, steps: [{ kind: 'fly', minutes: 5 }, { kind: 'talk' }] }));
    await page.getByRole('button', { name: 'Check and use it' }).click();
    await expect(page.getByRole('alert')).toContainText('steps[1].minutes');
    await page.getByLabel(/World Café/).check();
    await page.getByRole('button', { name: 'Use this script' }).click();
    await expect(page.getByRole('button', { name: 'Back to the script before' })).toBeVisible();
  });

  await test.step('[W70] [W71] an own file is taken, and what cannot be run is passed over', async () => {
    await page.getByText('Use a script from a file').click();
    await page.getByLabel('File').setInputFiles(file(OWN));
    await page.getByRole('button', { name: 'Check and use it' }).click();
    await expect(page.getByText('One river')).toBeVisible();
    await expect(page.getByText('Cannot be run here yet, and is passed over').first()).toBeVisible();
    const exported = await page.request.get(`/api${forum.workshop}/script.json`);
    const { title, steps } = (await exported.json()) as typeof OWN;
    expect([title, steps[1]]).toEqual([OWN.title, OWN.steps[1]]);
  });

  await test.step('[W73] the instruction stands above the board, the note nowhere but in the control room', async () => {
    await page.goto(`${forum.workshop}/control`);
    await page.getByRole('button', { name: 'Next: Why we are here' }).click();
    await expect(aida.page.getByText('Listen to the question.', { exact: true })).toBeVisible();
    await expect(page.getByText('canary: the microphone')).toBeVisible();
    expect(await aida.page.content()).not.toContain('canary');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
  });

  await test.step('[W74] [W75] [W76] [W77] a step is put in, moved by key, skipped and reworded, each with a way back', async () => {
    const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
    await page.getByRole('button', { name: 'Put a step in' }).click();
    await page.getByRole('dialog').getByLabel('Title').first().fill('Stretch');
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in' }).click();
    await expect(page.getByRole('button', { name: 'Next: Stretch' })).toBeVisible();
    await page.getByRole('button', { name: 'Move, skip or reword “Stretch”' }).press('Alt+ArrowDown');
    await expect(steps.nth(3)).toContainText('Stretch');
    await page.getByRole('button', { name: 'Move, skip or reword “Stretch”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Skip it' }).click();
    await expect(page.getByRole('button', { name: 'Next: Draft' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(page.getByRole('button', { name: 'Next: Stretch' })).toBeVisible();
    await page.getByRole('button', { name: 'Move, skip or reword “Draft”' }).click();
    await page.getByRole('dialog').getByLabel('What people are to do').first().fill('Word three of them.');
    const other = await organizer.context.newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Move, skip or reword “Draft”' }).click();
    await other.getByRole('dialog').getByLabel('What people are to do').first().fill('Word five of them.');
    await other.getByRole('dialog').getByRole('button', { name: 'Save the words' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/^Somebody else has reworded this step meanwhile/)).toBeVisible();
    await expect(dialog.getByText('Word five of them.')).toBeVisible();
    await expect(dialog.getByLabel('What people are to do').first()).toHaveValue('Word three of them.');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await dialog.getByRole('button', { name: 'Save the words' }).click();
    await expect(dialog).toHaveCount(0);
    await other.getByRole('button', { name: 'Move, skip or reword “Stretch”' }).click();
    await page.getByRole('button', { name: 'Next: Stretch' }).click();
    await expect(other.getByText(/^This step has begun meanwhile/)).toBeVisible();
    await expect(other.getByRole('button', { name: 'Skip it' })).toHaveCount(0);
    await other.close();
    await page.getByRole('button', { name: 'Next: Draft' }).click();
    await expect(aida.page.getByText('Word three of them.', { exact: true })).toBeVisible();
  });

  await test.step('[W73] the wall shows question, step, task and clock without scrolling, and small to nobody', async () => {
    const screen = await organizer.context.newPage();
    await screen.goto(`${forum.workshop}/screen`);
    await expect(screen.getByRole('heading', { name: 'Draft' })).toBeVisible();
    await expect(screen.getByText('Word three of them.')).toBeVisible();
    for (const [lang, words] of Object.entries(LONG))
      for (const [width, height] of [
        [1280, 720],
        [1024, 768],
        [1366, 768],
        [1920, 1080],
      ] as const) {
        await screen.setViewportSize({ width, height });
        expect(await wall(screen, lang, words), `${lang} ${width}×${height}`).toEqual([]);
      }
    await screen.close();
  });

  await test.step('[W101] [W102] [W103] the rooms of a step are looked at, told to who moves, called off, and then so', async () => {
    const bolot = await takeSeat(await arrive('Bolot'), forum);
    await expect(page.getByRole('region', { name: 'Steps' })).toContainText('Everybody goes to another room');
    await expect(page.getByRole('button', { name: /Bolot connected/ })).toBeVisible();
    const dialog = page.getByRole('dialog');
    await closedWhileLooking(page, 'Next: Other tables');
    const told = (guest: typeof aida) => guest.page.getByRole('region', { name: /^You go to (Walnut|Poplar) now$/ });
    await page.route('**/mix?*', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Next: Other tables' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('button', { name: 'Show it again' }).click();
    await expect(dialog).toContainText('2 people would change rooms. Nobody has moved yet.');
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await expect(dialog).toContainText('Nobody meets anybody again.');
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await dialog.getByRole('button', { name: 'Tell 2 people, and begin in 30 seconds' }).click();
    await expect(page.getByText('2 people go to other rooms when it begins')).toBeVisible();
    for (const guest of [aida, bolot])
      await expect(told(guest)).toContainText('a sentence that you are in the middle of');
    expect(await wrongs(aida.page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Keep writing' }).last().click();
    for (const guest of [aida, bolot]) await expect(told(guest)).toBeHidden();
    await page.getByRole('button', { name: 'Next: Other tables' }).click();
    await dialog.getByRole('button', { name: 'Tell 2 people, and begin in 30 seconds' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(page.getByRole('button', { name: 'Next: Break' })).toBeVisible();
    await expect(aida.page.getByText(/You now sit in (Walnut|Poplar)/).first()).toBeVisible();
  });

  await test.step('[W70] a forum is made with the script of its workshop', async () => {
    await page.goto('/forums/new');
    await page.getByLabel('Title', { exact: true }).fill('Rivers');
    await page.getByLabel('First day').fill('2026-05-01');
    await page.getByRole('button', { name: 'Add a workshop' }).click();
    await page.getByLabel('Title of this part').fill('One river');
    await page.getByLabel('Script', { exact: true }).selectOption({ label: 'World Café, 75 minutes' });
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    await page.getByRole('button', { name: 'Create the forum' }).click();
    await page.waitForURL(/\/forums\/rivers$/);
    await expect(page.getByText('This workshop’s script: World Café')).toBeVisible();
    await page.getByRole('link', { name: 'Control room' }).click();
    await expect(page.getByRole('region', { name: 'Steps' })).toContainText('people change rooms first');
  });
});

/** Rooms in which nobody would move begin at once; not for somebody who has closed them before they were there. */
async function closedWhileLooking(page: Page, next: string): Promise<void> {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/mix?*', async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response, json: { ...(await response.json()), moves: [] } });
  });
  const answered = page.waitForResponse(/\/mix\?/);
  await page.getByRole('button', { name: next }).click();
  await expect(page.getByRole('dialog')).toContainText('Begin, and everybody stays');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  answer();
  await (await answered).finished();
  await page.unroute('**/mix?*');
  await expect(page.getByRole('button', { name: next })).toBeVisible();
}

/** What cannot be read on a wall with these words as its task, and half of them as its question. */
async function wall(page: Page, lang: string, words: string): Promise<string[]> {
  await page.evaluate(
    async ([lang, words]) => {
      for (const [selector, text] of [
        ['h1', words.slice(0, 170)],
        ['.instruction', words],
      ] as const) {
        const one = document.querySelector<HTMLElement>(selector)!;
        Object.assign(one, { textContent: text, lang, dir: lang === 'ur' ? 'rtl' : 'ltr' });
      }
      await document.fonts.ready;
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
    },
    [lang, words] as const,
  );
  return page.evaluate(() => {
    const wrong: string[] = [];
    const { scrollHeight, clientHeight } = document.documentElement;
    if (scrollHeight > clientHeight) wrong.push(`the page is ${scrollHeight} high`);
    for (const one of document.querySelectorAll<HTMLElement>('.inside *')) {
      const isText = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!isText || one.closest('.heard, [aria-hidden]')) continue;
      const size = Number.parseFloat(getComputedStyle(one).fontSize);
      if (size < innerHeight * 0.035 - 0.5) wrong.push(`${one.textContent?.slice(0, 20)}: ${size} px`);
      const { top, bottom, left, right } = one.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth)
        wrong.push(`${one.textContent?.slice(0, 20)}: ${top}–${bottom}`);
    }
    for (const [above, below] of [
      ['h1', 'h2'],
      ['h2', '.instruction'],
      ['.instruction', 'time'],
    ] as const) {
      const [one, other] = [above, below].map((selector) => document.querySelector(selector)!.getBoundingClientRect());
      if (one!.bottom > other!.top + 1) wrong.push(`${above} lies over ${below}`);
    }
    return wrong;
  });
}

test('[H43] what somebody opens before a page is awake stays open', async ({ server, arrive }) => {
  const forum = await forumOn(server, {});
  const organizer = await arrive('Alyona', { serviceWorkers: 'block' });
  await takeControl(organizer, forum);
  const { page } = organizer;
  let wake = () => {};
  const awake = new Promise<void>((resolve) => (wake = resolve));
  await page.route('**/*.js', async (route) => {
    await awake;
    await route.continue();
  });
  await page.goto(`${forum.workshop}/script`, { waitUntil: 'commit' });
  const file = page.getByLabel('File');
  await page.getByText('Use a script from a file').click();
  await expect(file).toBeVisible();
  wake();
  // what is chosen in this sheet takes effect on a page that is awake
  await page.getByRole('button', { name: 'Language and colours' }).click();
  const [dark, light] = ['Dark', 'Light'].map((name) => page.getByRole('radio', { name }));
  await expect(async () => {
    await light!.check();
    await dark!.check();
    expect(await page.evaluate(() => document.cookie)).toContain('theme');
  }).toPass();
  await expect(file).toBeVisible();
});
