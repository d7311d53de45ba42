import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';

test('[Y31] who types while the board is locked finds the last words kept, and the board as the server has it', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server);
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  await beginWriting(organizer);
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

  // What leaves the page is held back for a moment, so that it surely meets the lock.
  await page.evaluate(() => {
    const { send } = WebSocket.prototype;
    let held: (() => void)[] | null = [];
    WebSocket.prototype.send = function (data) {
      if (held && data instanceof Uint8Array && data[0] === 0) held.push(() => send.call(this, data));
      else send.call(this, data);
    };
    Object.assign(window, {
      letGo: () => {
        const all = held ?? [];
        held = null;
        for (const go of all) go();
      },
    });
  });
  await page.getByRole('button', { name: 'Edit idea 1' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of idea 1' })).toBeFocused();
  await page.keyboard.type(', and late words');
  await expect(page.getByText(/Not saved yet/)).toBeVisible();
  await organizer.page.getByRole('button', { name: 'Close the workshop' }).click();
  await organizer.page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click();
  await expect(page.getByText('The workshop is closed.', { exact: false }).first()).toBeVisible();
  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());

  await expect(page.getByText(/Your last words came after writing had closed/)).toBeVisible();
  await expect(idea1).toHaveText(/^\D*Schools on one network(?!,)/);
  await expect(page.getByText(/Saved, but \d+ changes? w(as|ere) not taken/)).toBeVisible();
  for (const size of [
    { width: 360, height: 740 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: test.info().outputPath(`kept-${size.width}.png`) });
    await page.getByRole('button', { name: 'Show what was kept' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your last words' });
    await expect(dialog.getByRole('listitem')).toHaveText(['Schools on one network, and late words']);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`dialog-${size.width}.png`) });
    await page.keyboard.press('Escape');
  }
  await page.reload();
  await page.getByRole('button', { name: 'Show what was kept' }).click();
  await page.getByRole('button', { name: 'Delete the kept copy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the kept copy' }).last().click();
  await expect(page.getByRole('button', { name: 'Show what was kept' })).toHaveCount(0);

  await organizer.page.getByRole('button', { name: 'Open the workshop again' }).click();
  await idea.fill('written again');
  await page.getByRole('button', { name: 'Add idea' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});
