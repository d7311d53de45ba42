import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { holdBack, letGo } from './hold-back.ts';

test('[Y31] [B75] [B76] who types while the board is locked finds the last words kept, and the board as the server has it', async ({
  server,
  arrive,
}) => {
  const { forum, organizer } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const { page } = aida;
  const idea1 = page.getByRole('group', { name: /^Idea 1(:|$)/ });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const idea = page.getByRole('textbox', { name: 'Your idea' });

  await idea.fill('Schools on one network');
  await page.getByRole('button', { name: 'Add idea' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(idea1).toBeVisible();

  for (let number = 2; number < 12; number += 1) {
    await idea.fill(`Another idea ${number}`);
    await page.keyboard.press('Enter');
  }
  await idea.fill('Not added yet');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.setViewportSize({ width: 900, height: 420 });
  await holdBack(page);
  const bek = await takeSeat(await arrive('Bek'), forum);
  const bekIdea = bek.page.getByRole('group', { name: /^Idea 2(:|$)/ });
  await expect(bekIdea).toBeVisible();
  await expect(bek.page.getByText('Saved', { exact: true })).toBeVisible();
  await holdBack(bek.page);
  await bek.page.getByRole('button', { name: /^Edit idea 2/ }).click();
  await expect(bek.page.getByRole('textbox', { name: 'Text of idea 2' })).toBeFocused();
  await bek.page.keyboard.type(' of Bek');
  await bek.page.keyboard.press('Escape');
  await bek.page.getByRole('textbox', { name: 'Your idea' }).fill('New and late');
  await bek.page.keyboard.press('Enter');
  await bek.page.keyboard.type('Next');

  await page.getByRole('button', { name: /^Edit idea 1(?!\d)/ }).click();
  await expect(page.getByRole('textbox', { name: 'Text of idea 1' })).toBeFocused();
  await page.keyboard.type(', and late words');
  const place = async () => [
    Math.round((await idea1.boundingBox())!.y / 10),
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
  ];
  await expect(page.getByText(/Not saved yet/)).toBeVisible();
  const { page: cholpon } = await takeSeat(await arrive('Cholpon'), forum);
  await cholpon.getByRole('button', { name: /^Edit idea 3(?!\d)/ }).click();
  await expect(cholpon.getByRole('textbox', { name: 'Text of idea 3' })).toBeFocused();
  await organizer.page.getByRole('button', { name: 'Close the workshop' }).click();
  const sentence =
    ' and a sentence that goes on and on, though writing has ended in the middle of it: it is kept to its last word';
  const typing = cholpon.keyboard.type(sentence, { delay: 60 });
  await organizer.page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click();
  await expect(page.getByText('The workshop is closed.', { exact: false }).first()).toBeVisible();
  await expect(idea1.getByText('The workshop is closed.')).toBeVisible();
  const [height] = await place();
  await typing;
  await page.keyboard.type(' c m d ');
  await page.keyboard.press('Delete');
  expect(await place()).toEqual([height, 'Text of idea 1']);
  for (const one of [page, bek.page]) await letGo(one);

  await expect(page.getByText(/Your last words came after writing had closed/)).toBeVisible();
  await expect(idea1.getByText('Schools on one network, and late words')).toBeVisible();
  await page.keyboard.type(' c m d ');
  expect(await place()).toEqual([height, expect.stringMatching(/^Idea 1/)]);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(idea1).toHaveText(/^\D*Schools on one network(?!,)/);
  await expect(page.getByText('Saved, but some changes were not taken')).toBeVisible();
  for (const size of [
    { width: 360, height: 740 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: test.info().outputPath(`kept-${size.width}.png`) });
    await page.getByRole('button', { name: 'Show what was kept' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your last words' });
    await expect(dialog.getByRole('listitem')).toHaveText(['Schools on one network, and late words']);
    await expectAccessible(page);
    await page.screenshot({ path: test.info().outputPath(`dialog-${size.width}.png`) });
    await page.keyboard.press('Escape');
  }
  await page.reload();
  await expect(idea1.getByText('Schools on one network, and late words')).toBeVisible();
  await page.getByRole('button', { name: 'Show what was kept' }).click();
  await page.getByRole('button', { name: 'Delete the kept copy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the kept copy' }).last().click();
  await expect(page.getByRole('button', { name: 'Show what was kept' })).toHaveCount(0);

  await expect(cholpon.getByRole('group', { name: /^Idea 3(:|$)/ })).toContainText(`Another idea 3${sentence}`);
  await expect(cholpon.getByRole('button', { name: 'Show what was kept' })).toBeVisible();

  const bekField = bek.page.getByRole('textbox', { name: 'Your idea' });
  await expect(bekIdea.getByText('Another idea 2 of Bek')).toBeVisible();
  await expect(
    bek.page.getByRole('group', { name: /^Not on the board, your words are kept here/ }).first(),
  ).toContainText('New and late');
  await expect(bekField).toBeFocused();
  await expect(bekField).not.toBeEditable(); // what cannot be added takes no letters, and keeps those that it has
  await bek.page.keyboard.type(' lost');
  await bekField.press('Enter');
  await expect(bekField).toHaveValue('Next');
  await expect(bek.page.getByText('Nobody can write here now. Your words stay here as a draft.')).toBeVisible();
  await organizer.page.getByRole('button', { name: 'Open the workshop again' }).click();
  await bek.page.getByRole('button', { name: 'Put it back' }).first().click();
  await expect(bek.page.getByText('2 texts are back on the board.')).toBeVisible();
  await expect(bek.page.getByText(/came after writing had closed/)).toHaveCount(0);
  await expect(bekField).toBeEditable();
  await bekField.pressSequentially(' words');
  await bekField.press('Enter');
  for (const text of ['Another idea 2 of Bek', 'New and late', 'Next words']) {
    await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
  }
  await idea.fill('written again');
  await page.getByRole('button', { name: 'Add idea' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});
