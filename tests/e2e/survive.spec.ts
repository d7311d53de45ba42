import type { Locator, Page } from '@playwright/test';
import { everybodySaved, item } from './board.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { holdBack, letGo } from './hold-back.ts';
import { addIdea } from './ideas.ts';

const idea = (page: Page, number: number) => page.getByRole('group', { name: new RegExp(`^Idea ${number}(:|$)`) });
const TYPED = [
  'abcdefghijklmnopqrst',
  'uvwxyzabcdefghijklmn',
  'opqrstuvwxyzabcdefgh',
  'ijklmnopqrstuvwxyzab',
  'cdefghijklmnopqrstuv',
];
const sorted = (words: string) => [...words].toSorted().join('');

/** Without the names beside others' carets. */
const wordsIn = (page: Page): Promise<string> =>
  text(page).evaluate((field) => {
    const copy = field.cloneNode(true) as HTMLElement;
    for (const widget of copy.querySelectorAll('.ProseMirror-widget')) widget.remove();
    return copy.textContent;
  });

const text = (page: Page) => page.getByRole('textbox', { name: /^Text of / });

async function addTheme({ page }: Guest, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New theme' }).first().click();
  await page.getByRole('textbox', { name: 'Title of the theme' }).fill(title);
  await page.keyboard.press('Enter');
}

async function act({ page }: Guest, of: Locator, deed: (dialog: Locator) => Promise<unknown>): Promise<void> {
  await of.focus(); // what can be done stands at the chosen item only
  await of.getByRole('button', { name: /^Move, merge or remove/ }).click();
  await deed(page.getByRole('dialog'));
  await page.keyboard.press('Escape');
}

/** Keys that look through the list move nothing: the button does. */
async function moveTo(dialog: Locator, label: string): Promise<void> {
  const list = dialog.getByLabel('Move to');
  const before = await list.inputValue();
  await list.focus();
  await list.press('ArrowUp');
  await expect(list).not.toHaveValue(before);
  await list.selectOption(before);
  await list.selectOption({ label });
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
}

/** Asked for before the deed: a note goes after some seconds. */
const hasSeen = ({ page }: Guest, words: string) => page.getByText(words).waitFor({ timeout: 120_000 });

/** Types letter by letter while somebody else acts; no letter may be missing afterwards. */
async function typeWhile({ page }: Guest, words: string, deed: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.keyboard.type(words, { delay: 25 }), deed()]);
}

test('[B69] [B70] [B71] [B72] an editor survives what others do to its item, and no key is lost', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const [aida, davron, emine] = [await arrive('Aida'), await arrive('Davron'), await arrive('Emine')];
  // Emine's browser cannot move an element with the focus in it
  await emine.page.addInitScript(() => Reflect.deleteProperty(Element.prototype, 'moveBefore'));
  for (const guest of [aida, davron, emine]) await takeSeat(guest, forum);
  const writers = [aida, emine];
  const errors: string[] = [];
  for (const { page } of [...writers, davron]) page.on('pageerror', (error) => errors.push(error.message));

  await addTheme(davron, 'Networks');
  await addTheme(davron, 'Schools');
  await addIdea(davron, 'More teachers');
  await addIdea(davron, 'Clean water');
  await expect(idea(emine.page, 2)).toBeVisible();
  for (const { page } of writers) {
    await idea(page, 1).getByText('More teachers').click();
    await expect(text(page)).toBeFocused();
    await page.keyboard.press('Control+End');
  }
  const both = (words: string, deed: () => Promise<unknown>) =>
    Promise.all([typeWhile(aida, words, deed), typeWhile(emine, words.toUpperCase(), async () => {})]);
  const allKeys = async (words: string) => {
    for (const { page } of writers) {
      await expect(text(page)).toBeFocused();
      const letters = async (pattern: RegExp) => ((await text(page).innerText()).match(pattern) ?? []).join('');
      await expect.poll(() => letters(/[a-z0-9]/g)).toContain(words);
      await expect.poll(() => letters(/[A-Z0-9]/g)).toContain(words.toUpperCase().replace(/[0-9]/g, ''));
    }
  };

  await test.step('who acts sees who writes there', async () => {
    await expect(idea(davron.page, 1)).toContainText(/(Aida, Emine|Emine, Aida) are writing here/);
  });

  await test.step('another theme', async () => {
    const told = hasSeen(aida, 'Davron moved this to Networks. Go on writing.');
    await both(TYPED[0]!, () => act(davron, idea(davron.page, 1), (dialog) => moveTo(dialog, '1 Networks')));
    await expect(item(aida.page, '1.1')).toBeVisible();
    await allKeys(TYPED[0]!);
    await told;
  });

  await test.step('another place in the list, and of the theme', async () => {
    await act(davron, idea(davron.page, 1), (dialog) => moveTo(dialog, '1 Networks'));
    await both(TYPED[1]!, async () => {
      await item(davron.page, '1.2').focus();
      await davron.page.keyboard.press('Alt+ArrowUp');
      await davron.page.keyboard.press('Alt+Shift+ArrowDown');
    });
    await expect(item(aida.page, '2.2')).toContainText('More teachers');
    await allKeys(TYPED[1]!);
  });

  await test.step('merged away', async () => {
    const told = hasSeen(aida, 'Davron merged this into 2.1. Go on writing.');
    await both(TYPED[2]!, async () => {
      await item(davron.page, '2.2').focus();
      await davron.page.keyboard.press('m');
      await item(davron.page, '2.1').getByRole('button', { name: 'Merge into this' }).click();
    });
    await expect(item(aida.page, '2.1').getByRole('textbox')).toBeFocused();
    await allKeys(TYPED[2]!);
    await told;
    await item(davron.page, '2.1').getByText('1 text merged in').click();
    await item(davron.page, '2.1').getByRole('button', { name: 'Split off' }).click();
    await expect(item(aida.page, '2.2').getByRole('textbox')).toBeFocused();
  });

  await test.step('its theme removed', async () => {
    await both(TYPED[3]!, async () => {
      await davron.page.getByRole('button', { name: 'Move or remove the theme Networks' }).press('Enter');
      await davron.page.getByRole('button', { name: 'Remove the theme', exact: true }).click();
    });
    await expect(idea(aida.page, 2)).toContainText('More teachers');
    await allKeys(TYPED[3]!);
  });

  await test.step('deleted: whoever does it is asked first, and the words stay', async () => {
    const remove = async () => {
      await idea(davron.page, 2).focus();
      await davron.page.keyboard.press('Delete');
      const dialog = davron.page.getByRole('dialog', { name: /(Aida, Emine|Emine, Aida) are writing here/ });
      await dialog.getByRole('button', { name: 'Delete all the same' }).click();
      await expect(idea(davron.page, 2)).toHaveCount(0);
    };
    await both(TYPED[4]!, remove);
    for (const { page } of writers) {
      await expect(page.getByText('Davron deleted this.', { exact: true })).toBeVisible();
      await expect(text(page)).toBeFocused();
      const words = page === aida.page ? ' aida is here' : ' Emine too';
      await page.keyboard.type(words);
      await expect(text(page)).toContainText(words);
    }
    await expect(text(aida.page)).toContainText('cdefghijklmnopqrstuv');
    await expect(text(emine.page)).toContainText('CDEFGHIJKLMNOPQRSTUV');
  });

  await test.step('two bring it back at once: it is there once, with the words of both', async () => {
    for (const { page } of writers) {
      await holdBack(page);
      await page.getByRole('button', { name: 'Bring it back' }).click();
    }
    for (const { page } of writers) await letGo(page);
    await expect(idea(davron.page, 2)).toContainText('More teachers');
    for (const { page } of writers) {
      await expect(page.getByText('Davron deleted this.', { exact: true })).toHaveCount(0);
      await expect(text(page)).toBeFocused();
    }
    await typeWhile(aida, ' and on', async () => {});
    await everybodySaved([aida, davron, emine]);
    const words = await idea(davron.page, 2).innerText();
    for (const typed of ['aida is here', 'Emine too', 'and on']) expect(words).toContain(typed);
    await expect(idea(davron.page, 3)).toHaveCount(0);
    for (const { page } of writers) await expect.poll(() => wordsIn(page)).toBe(await wordsIn(aida.page));
    const typed = [...TYPED, ...TYPED.map((words) => words.toUpperCase()), ' aida is here', ' Emine too', ' and on'];
    expect(sorted(await wordsIn(aida.page))).toBe(sorted(`More teachers${typed.join('')}`));
  });

  await test.step('what is not wanted is let go, and can be had again for a while', async () => {
    await aida.page.keyboard.press('Escape');
    await idea(davron.page, 2).focus();
    await davron.page.keyboard.press('Delete');
    await davron.page.getByRole('dialog').getByRole('button', { name: 'Delete all the same' }).click();
    await expect(aida.page.getByText('Davron deleted this.', { exact: true })).toHaveCount(0);
    await expect(emine.page.getByText('Davron deleted this.', { exact: true })).toBeVisible();
    await emine.page.keyboard.press('Escape');
    const kept = emine.page.getByRole('group', { name: /^Not on the board, your words are kept here/ }).first();
    await expect(kept).toBeFocused();
    await emine.page.keyboard.press('Escape');
    await expect(kept).toHaveCount(0);
    await emine.page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await kept.getByRole('button', { name: 'Bring it back' }).click();
    await expect(idea(davron.page, 2)).toContainText('More teachers');
    await expect(idea(emine.page, 2)).toBeFocused();
  });
  expect(errors).toEqual([]);
});

test('[B70] a comment goes on when its item is merged or deleted, and what is kept outlives a reload', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const [aida, davron] = [await takeSeat(await arrive('Aida'), forum), await takeSeat(await arrive('Davron'), forum)];
  const { page } = aida;
  for (const words of ['Clean water', 'More teachers', 'Fewer forms']) await addIdea(davron, words);
  const remove = async (words: RegExp) => {
    await davron.page.getByRole('group', { name: words }).focus();
    await davron.page.keyboard.press('Delete');
    await expect(davron.page.getByRole('group', { name: words })).toHaveCount(0);
  };
  const comment = page.getByRole('textbox', { name: 'Comment' });

  await test.step('a comment', async () => {
    await page.getByRole('group', { name: /More teachers/ }).focus();
    await page.keyboard.press('c');
    await comment.click();
    await typeWhile(aida, 'Who pays for ', async () => {
      await davron.page.getByRole('group', { name: /More teachers/ }).focus();
      await davron.page.keyboard.press('m');
      const into = davron.page.getByRole('group', { name: /Clean water/ });
      await into.getByRole('button', { name: 'Merge into this' }).click();
    });
    await expect(page.getByText('1 text merged in')).toBeVisible();
    await expect(comment).toBeFocused();
    await page.keyboard.type('them ');
    await davron.page.getByText('1 text merged in').click();
    await davron.page
      .getByRole('group', { name: /Clean water/ })
      .getByRole('button', { name: 'Split off' })
      .click();
    await expect(davron.page.getByRole('group', { name: /More teachers/ })).toBeVisible();
    await typeWhile(aida, 'in spring?', () => remove(/More teachers/));
    await expect(page.getByText('Davron deleted this.', { exact: true })).toBeVisible();
    await expect(comment).toBeFocused();
    await expect(comment).toHaveValue('Who pays for them in spring?');
    await expect(page.getByRole('button', { name: 'Comment', exact: true })).toBeDisabled();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await expect(davron.page.getByRole('group', { name: /More teachers/ })).toBeVisible();
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Who pays for them in spring?' })).toBeVisible();
    await page.getByRole('button', { name: 'Close the comments' }).click();
  });

  await test.step('words of an item that was deleted', async () => {
    await page.getByText('Fewer forms').click();
    await expect(text(page)).toBeFocused();
    await page.keyboard.press('Control+End');
    await expect(davron.page.getByRole('group', { name: /Fewer forms/ })).toContainText('Aida is writing here');
    await davron.page.getByRole('group', { name: /Fewer forms/ }).focus();
    await davron.page.keyboard.press('Delete');
    await davron.page.getByRole('button', { name: 'Delete all the same' }).click();
    await expect(page.getByText('Davron deleted this.', { exact: true })).toBeVisible();
    await page.keyboard.type(' for farmers');
    for (const size of [
      { width: 360, height: 740 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(size);
      await page.screenshot({ path: test.info().outputPath(`deleted-${size.width}.png`) });
    }
    await page.reload();
    const kept = page.getByRole('group', { name: /^Not on the board, your words are kept here: Fewer forms/ });
    await expect(kept).toContainText('Fewer forms for farmers');
    await kept.getByRole('button', { name: 'Bring it back' }).click();
    await expect(davron.page.getByRole('group', { name: /Fewer forms for farmers/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('group', { name: /Fewer forms for farmers/ })).toHaveCount(1);
  });
});
