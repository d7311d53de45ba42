import { expect, test } from './fixtures.ts';
import { forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Poplar' }];
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
    await page.getByRole('dialog').getByLabel('Title').fill('Stretch');
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
    await page.getByRole('dialog').getByRole('button', { name: 'Save the words' }).click();
    await page.getByRole('button', { name: 'Next: Stretch' }).click();
    await page.getByRole('button', { name: 'Next: Draft' }).click();
    await expect(aida.page.getByText('Word three of them.', { exact: true })).toBeVisible();
  });
});
