import { addItem, everybodySaved, everybodySees, item, outline } from './board.ts';
import { expect, test, type Guest } from './fixtures.ts';

const NAMES = ['Aida', 'Bolat', 'Cholpon', 'Davron', 'Emine'] as const;
const THEME = 'Regional network';

test('a forum from an empty folder to its outcome document, with five people at one board', async ({
  server,
  arrive,
}) => {
  const organizer = await arrive('Alyona');
  const slug = await test.step('the first organizer signs up and sets up a forum', () =>
    setUpForum(organizer, server.setUpLink));
  const code = await organizer.page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).innerText();

  const guests = await test.step('five people join by code and link', () =>
    Promise.all(NAMES.map(async (name, index) => join(await arrive(name), code, index % 2 === 0 ? 'code' : 'link'))));
  const [aida, bolat, cholpon, davron, emine] = guests as [Guest, Guest, Guest, Guest, Guest];

  await test.step('nobody may write before the facilitator begins', async () => {
    await expect(aida.page.getByText('The workshop has not started yet.')).toBeVisible();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
    await organizer.page.getByRole('link', { name: 'Control room' }).click();
    await organizer.page.getByRole('button', { name: 'Next: Write together' }).click();
    await expect(aida.page.getByRole('button', { name: 'Add idea' })).toBeVisible();
  });

  await test.step('a theme and three recommendations', async () => {
    await aida.page.getByRole('button', { name: 'New theme' }).click();
    await aida.page.getByRole('textbox', { name: 'Title of the theme' }).fill(THEME);
    await aida.page.keyboard.press('Enter');
    for (const text of ['Found a chapter', 'Meet every year', 'Share a catalogue']) await addItem(aida, THEME, text);
    await everybodySees(guests, [[`1 ${THEME}`, ['Found a chapter', 'Meet every year', 'Share a catalogue']]]);
  });

  await test.step('all five write into the same item at the same time and see each other’s cursors', async () => {
    for (const { page } of guests) await page.getByRole('button', { name: 'Edit 1.1' }).click();
    for (const { page } of guests) {
      await page.getByRole('textbox', { name: 'Text of 1.1' }).click();
      await page.keyboard.press('End');
    }
    for (const { page } of guests) await expect(item(page, '1.1').locator('.their-caret')).toHaveCount(4);
    await expect(item(aida.page, '1.1').locator('.their-caret').filter({ hasText: 'Davron' })).toHaveCount(1);
    await Promise.all(
      guests.map(({ name, page }) => page.keyboard.type(` ${name.toLowerCase()}${'x'.repeat(20)}`, { delay: 15 })),
    );
    await everybodySaved(guests);
    const text = async ({ page }: Guest) =>
      (await item(page, '1.1').getByRole('textbox').innerText()).replace(/\s/g, '');
    // People typed into one another's words: letters may interleave, but none may be missing or doubled.
    const letters = (words: string) => [...words.replace(/\s/g, '')].sort().join('');
    const all = letters('Found a chapter' + NAMES.map((name) => name.toLowerCase() + 'x'.repeat(20)).join(''));
    await expect.poll(async () => letters(withoutNames(await text(aida)))).toBe(all);
    for (const { page } of guests) await page.keyboard.press('Escape');
    for (const { page } of guests) await expect(item(page, '1.1').getByRole('textbox')).toHaveCount(0);
    const [[, [first]]] = (await outline(aida.page)) as [[string, [string]]];
    expect(letters(first)).toBe(all);
    await everybodySees(guests, await outline(aida.page));
  });

  await test.step('an item moves by keyboard, with the focus', async () => {
    const [[heading, items]] = (await outline(bolat.page)) as [[string, string[]]];
    await item(bolat.page, '1.1').focus();
    await bolat.page.keyboard.press('Alt+ArrowDown');
    await expect(item(bolat.page, '1.2')).toBeFocused();
    await expect(bolat.page.getByText('Moved to 2 of 3 in Regional network')).toBeAttached();
    await everybodySees(guests, [[heading, [items[1], items[0], items[2]] as string[]]]);
  });

  await test.step('one goes offline, writes, comes back', async () => {
    await everybodySaved(guests);
    const before = await outline(davron.page);
    await davron.context.setOffline(true);
    await addItem(davron, THEME, 'Train librarians');
    await expect(davron.page.getByText('Not saved yet: waiting for the network')).toBeVisible();
    await addItem(emine, THEME, 'Translate the classics');
    await expect.poll(async () => (await outline(aida.page))[0]?.[1]).toHaveLength(4);
    expect((await outline(aida.page))[0]?.[1]).not.toContain('Train librarians');
    expect(await outline(davron.page)).toEqual([[before[0]?.[0], [...(before[0]?.[1] ?? []), 'Train librarians']]]);
    await davron.context.setOffline(false);
    await everybodySaved(guests);
    for (const { page } of guests) {
      await expect
        .poll(async () => (await outline(page))[0]?.[1])
        .toEqual(expect.arrayContaining(['Train librarians', 'Translate the classics']));
    }
  });

  const final = await test.step('after a reload everywhere all see the same', async () => {
    await Promise.all(guests.map(({ page }) => page.reload()));
    const seen = await outline(cholpon.page);
    await expect.poll(async () => (await outline(cholpon.page))[0]?.[1]).toHaveLength(5);
    expect(seen.length).toBeLessThanOrEqual(1);
    const settled = await outline(cholpon.page);
    await everybodySees(guests, settled);
    return settled;
  });

  await test.step('the exported document says the same', async () => {
    const exported = await organizer.context.request.get(`/api/forums/${slug}/outcome.json`);
    const { themes } = (await exported.json()) as {
      themes: {
        title: { text: string };
        recommendations: { number: string; blocks: { runs: { text: string }[] }[] }[];
      }[];
    };
    expect(
      themes.map(({ title, recommendations }, index) => [
        `${index + 1} ${title.text}`,
        recommendations.map(({ blocks }) =>
          blocks
            .map(({ runs }) =>
              runs
                .map(({ text }) => text)
                .join('')
                .trim(),
            )
            .join('\n'),
        ),
      ]),
    ).toEqual(final);
    await organizer.page.goto(`/forums/${slug}/outcome`);
    for (const text of final[0]?.[1] ?? []) await expect(organizer.page.getByText(text)).toBeVisible();
    for (const format of ['pdf', 'docx', 'html', 'md', 'wordpress', 'csv']) {
      expect((await organizer.context.request.get(`/api/forums/${slug}/outcome.${format}`)).status()).toBe(200);
    }
    expect((await aida.context.request.get(`/api/forums/${slug}/outcome.json`)).status()).toBeGreaterThanOrEqual(400);
  });
});

/** Labels of cursors are part of the editor's text. */
const withoutNames = (text: string) =>
  NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text.replaceAll('\u2060', ''));

async function setUpForum({ page }: Guest, link: string | null): Promise<string> {
  await page.goto(link ?? '');
  await page.getByLabel('Your name').fill('Alyona');
  await page.getByLabel('E-mail address').fill('alyona@example.org');
  await page.getByLabel('Password').fill('a sentence is long enough');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('link', { name: 'New forum' }).click();
  await page.getByLabel('Title', { exact: true }).fill('Libraries without borders');
  await page.getByLabel('First day').fill('2026-05-01');
  await page.getByLabel('Place').fill('Osh');
  await page.getByRole('button', { name: 'Add a workshop' }).click();
  await page.getByLabel('Title of this part').fill('Joint recommendations');
  await page.getByLabel('Question').fill('What do we do together by 2027?');
  await page.getByRole('button', { name: 'Create the forum' }).click();
  await page.waitForURL(/\/forums\/libraries-without-borders$/);
  return 'libraries-without-borders';
}

async function join(guest: Guest, code: string, how: 'code' | 'link'): Promise<Guest> {
  const { page, name } = guest;
  if (how === 'link') await page.goto(`/join/${code}`);
  else {
    await page.goto('/');
    await page.getByLabel('Code from the screen').fill(code);
    await page.getByRole('button', { name: 'Join' }).click();
  }
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Take your seat' }).click();
  await expect(page.getByRole('heading', { name: 'What do we do together by 2027?' })).toBeVisible();
  return guest;
}
