import { expect, test } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { addIdea } from './ideas.ts';

test('[B100] who types when somebody deletes their idea gives no commands with the rest of the word', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const [aida, bolat] = [await takeSeat(await arrive('Aida'), forum), await takeSeat(await arrive('Bolat'), forum)];
  for (const text of ['Better roads', 'Clean water', 'Fewer forms']) await addIdea(aida, text);
  await aida.page.getByText('Clean water').click();
  const text = aida.page.getByRole('textbox', { name: /^Text of/ });
  await text.press('End');
  await aida.page.keyboard.type(' for');
  await bolat.page.getByRole('group', { name: /Clean water/ }).focus();
  await bolat.page.keyboard.press('Delete');
  const sure = bolat.page.getByRole('button', { name: 'Delete all the same' });
  await Promise.all([aida.page.keyboard.type(' more'.repeat(30), { delay: 40 }), sure.click()]);
  await expect(bolat.page.getByRole('group', { name: /Clean water/ })).toHaveCount(0);
  await expect(text).toHaveText(`Clean water for${' more'.repeat(30)}`);
  await expect(text).toBeFocused();
  await expect(aida.page.getByRole('button', { name: 'Merge here' })).toHaveCount(0);
  await expect(aida.page.locator('.isMerging')).toHaveCount(0);
  await aida.page.getByRole('button', { name: 'Let it go' }).click();
  await expect(aida.page.getByRole('group', { name: /Fewer forms/ })).toBeFocused();
  await aida.page.waitForTimeout(1_100);
  await aida.page.keyboard.press('m');
  await expect(aida.page.locator('.isMerging')).toHaveCount(1); // after a pause they are commands again
});
