import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';

const AGENDA = [
  {
    kind: 'workshop',
    title: 'Recommendations',
    question: 'What do we do?',
    rooms: [{ name: 'Walnut' }, { name: 'Poplar' }],
  },
];
const SCRIPT = {
  script: 1,
  title: { en: 'Races' },
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'write', kind: 'draft', minutes: 10, title: { en: 'Draft' } },
    { id: 'talk', kind: 'talk', minutes: 10, title: { en: 'Talk' }, place: 'rooms', settings: { turns: 'queue' } },
    { id: 'ask', kind: 'ask', minutes: 5, title: { en: 'Questions' }, place: 'plenary' },
    { kind: 'close', minutes: null },
  ],
};
const FILE = { name: 'races.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SCRIPT)) };
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`) });
};

test('two who run a workshop press at once, and nothing is done that nobody asked for', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  await page.goto(`${forum.workshop}/script`);
  await page.getByText('Use a script from a file').click();
  await page.getByLabel('File').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Check and use it' }).click();
  await expect(page.getByRole('button', { name: 'Check and use it' })).toHaveCount(0);
  await page.goto(`${forum.workshop}/control`);
  const other = await organizer.context.newPage();
  await other.goto(`${forum.workshop}/control`);
  const aida = await takeSeat(await arrive('Aida'), forum);
  const wrong: string[] = [];
  for (const one of [page, other, aida.page])
    one.on('pageerror', ({ message, stack }) => wrong.push(`${one.url()}: ${stack ?? message}`));

  await test.step('[W146] a dialog about a step that is over closes and says who went on', async () => {
    await page.getByRole('button', { name: 'Next: Draft' }).dblclick(); // a hand that presses twice goes on once
    await expect(page.getByRole('button', { name: 'Next: Talk' })).toBeEnabled();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    for (const one of [page, other]) await one.getByRole('button', { name: 'Next: Talk' }).click();
    await expect(other.getByRole('dialog', { name: 'Go on to “Talk”?' })).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    await expect(other.getByText('Alyona went on to “Talk”.').first()).toBeVisible();
    await expect(other.getByRole('dialog')).toHaveCount(0);
    await expect(other.getByRole('button', { name: 'Next: Questions' })).toBeVisible();
    await look(other, 'went-on');
  });

  await test.step('[W147] under a pointer that rests a button that others changed is not pressed', async () => {
    await aida.page.getByRole('button', { name: 'I would like to speak' }).click();
    const passOn = other.getByRole('button', { name: 'Pass on to Aida' });
    await passOn.hover();
    const changed = other.getByRole('button', { name: 'End this turn' });
    const held = expect(changed).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'Pass on to Aida' }).click();
    await held;
    await look(other, 'held');
    await expect(other.getByText('Aida speaks')).toBeVisible();
    await changed.click();
    await expect(other.getByText('Aida speaks')).toHaveCount(0);
  });

  await test.step('[W149] a call for help that another has ended keeps its place under a pointer and says so', async () => {
    await aida.page.getByRole('button', { name: 'Help?' }).click();
    await aida.page.getByRole('dialog').getByRole('button', { name: 'Call for help' }).click();
    const queue = other.getByRole('region', { name: /^Help wanted/ });
    const ended = queue.getByRole('button', { name: /^Done in/ });
    await ended.hover();
    await page
      .getByRole('region', { name: /^Help wanted/ })
      .getByRole('button', { name: /^Done in/ })
      .click();
    await expect(queue.getByText('This call is over.')).toBeVisible();
    await expect(ended).toHaveCount(0);
    await look(other, 'call-over');
    await other.mouse.move(0, 0);
    await expect(queue).toHaveCount(0);
    await aida.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  await test.step('[W147] who is host is not changed back by a press that was to make so', async () => {
    for (const one of [page, other]) await one.getByRole('button', { name: /Aida/ }).click();
    const [here, there] = [page, other].map((one) => one.getByRole('dialog').getByRole('button', { name: /host/i }));
    await there!.hover();
    const was = await there!.textContent();
    const held = expect(there!).toHaveAttribute('aria-disabled', 'true');
    await here!.click();
    await held;
    await expect(there!).not.toHaveText(was ?? '');
    await other.keyboard.press('Escape');
  });

  await test.step('[W146] who is to be moved and was moved is not moved again', async () => {
    for (const one of [page, other]) await one.getByRole('button', { name: /Aida/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: /^Move to/ }).click();
    await expect(other.getByText(/^Aida was moved meanwhile, to (Walnut|Poplar)\.$/).first()).toBeVisible();
    await expect(other.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('[W149] under a pointer a question that another has answered keeps its place and says so', async () => {
    await page.getByRole('button', { name: 'Next: Questions' }).click();
    for (const text of ['Who pays for it?', 'When does it begin?']) {
      await aida.page.getByLabel('Your question').fill(text);
      await aida.page.getByLabel('Your question').press('Enter');
      await expect(other.getByText(text, { exact: true })).toBeVisible();
    }
    const list = other.getByRole('region', { name: 'Questions' }).getByRole('listitem');
    await list
      .first()
      .getByRole('button', { name: /^Mark|Answered/ })
      .hover();
    await page
      .getByRole('region', { name: 'Questions' })
      .getByRole('listitem')
      .first()
      .getByRole('button', { name: /^Mark|Answered/ })
      .click();
    await expect(page.getByText('Answered: “Who pays for it?”').first()).toBeVisible();
    await expect(list).toHaveText([/Who pays for it\?[\s\S]*Answered/, /When does it begin\?/]);
    await expect(list.first().getByRole('button')).toHaveCount(0);
    await look(other, 'answered');
    await other.mouse.move(0, 0);
    await expect(list.first()).toHaveText(/When does it begin\?/);
  });

  await test.step('[W150] a question that is not finished when questions end is kept, and says so', async () => {
    const field = aida.page.getByLabel('Your question');
    await field.fill('And who');
    await page.getByRole('button', { name: 'Next: Close' }).click();
    await expect(aida.page.getByText(/^Your question was not sent\. It is kept on this device/).first()).toBeVisible();
    await look(aida.page, 'question-kept');
    await page.getByRole('button', { name: /^Back to: Questions/ }).click();
    await expect(field).toHaveValue('And who');
  });

  await test.step('[W146] the question whether to close goes with the workshop that is closed', async () => {
    for (const one of [page, other]) await one.getByRole('button', { name: 'Close the workshop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click();
    await expect(other.getByRole('dialog')).toHaveCount(0);
    await expect(other.getByText('The workshop is closed.').first()).toBeVisible();
  });

  await test.step('[W148] whoever runs the workshop no more is told at once, and goes to the board', async () => {
    await page.goto(`/forums/${forum.slug}/people`);
    const role = page.getByLabel('Role of Aida');
    const changed = (to: string) =>
      Promise.all([
        page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('?/role')),
        role.selectOption({ label: to }),
      ]);
    await page.waitForLoadState('networkidle');
    await changed('Facilitator');
    const second = await aida.context.newPage(); // the same person has the control room open twice
    second.on('pageerror', ({ message, stack }) => wrong.push(`${second.url()}: ${stack ?? message}`));
    await second.goto(`${forum.workshop}/control`);
    await aida.page.goto(`${forum.workshop}/control`);
    await expect(aida.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible();
    await expect(aida.page.locator('.bar').getByText('Live').first()).toBeVisible();
    await changed('Participant');
    await expect(aida.page.getByText(/^Your role was changed/).first()).toBeVisible();
    for (const one of [aida.page, second]) await expect(one).toHaveURL(/\/workshops\/[^/]+$/, { timeout: 20_000 });
    await look(aida.page, 'role-changed');
    expect(wrong).toEqual([]);
  });
});
