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

  await test.step('[W146] a dialog about a step that is over closes and says who went on', async () => {
    await page.getByRole('button', { name: 'Next: Draft' }).click();
    for (const one of [page, other]) await one.getByRole('button', { name: 'Next: Talk' }).click();
    await expect(other.getByRole('dialog', { name: 'Go on to “Talk”?' })).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    await expect(other.getByText('Alyona went on to “Talk”.')).toBeVisible();
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

  await test.step('[W146] who is to be moved and was moved is not moved again', async () => {
    for (const one of [page, other]) await one.getByRole('button', { name: /Aida/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: /^Move to/ }).click();
    await expect(other.getByText(/^Aida was moved meanwhile, to (Walnut|Poplar)\.$/)).toBeVisible();
    await expect(other.getByRole('dialog')).toHaveCount(0);
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
    await role.selectOption({ label: 'Facilitator' });
    await expect(page.getByText('Facilitator').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    const wrong: string[] = [];
    aida.page.on('pageerror', ({ message }) => wrong.push(message));
    await aida.page.goto(`${forum.workshop}/control`);
    await expect(aida.page.getByRole('heading', { name: 'Rooms' })).toBeVisible();
    await expect(aida.page.locator('.bar').getByText('Live')).toBeVisible();
    await role.selectOption({ label: 'Participant' });
    await expect(aida.page.getByText(/^Your role was changed/).first()).toBeVisible();
    await expect(aida.page).toHaveURL(/\/workshops\/[^/]+$/);
    await look(aida.page, 'role-changed');
    expect(wrong).toEqual([]);
  });
});
