import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everybodySaved } from './board.ts';
import { expect, test, type Guest } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

const ROOMS = [{ name: 'Walnut' }, { name: 'Сад' }];
const AGENDA = [{ kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: ROOMS }];
const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: join(process.env.LOOK_AT, `${name}.png`), fullPage: true });
};

async function write({ page }: Guest, ...texts: string[]): Promise<void> {
  const field = page.getByRole('textbox', { name: /^(Your idea|Add a recommendation)/ }).first();
  for (const text of texts) {
    await field.fill(text);
    await field.press('Enter');
    await expect(page.getByText(text)).toBeVisible();
  }
}

test('whoever runs the workshop finds ideas that say the same in other rooms and other languages', async ({
  server,
  arrive,
}) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = organizer;
  const pairs = page.getByRole('region', { name: /^\d+ pairs?$/ });
  const apart = page.getByRole('region', { name: 'Not the same' });
  const toPage = page.getByRole('link', { name: 'Similar ideas' });

  await test.step('nobody has written: the page says so', async () => {
    await toPage.click();
    await expect(page.getByText('There are not enough ideas on the boards yet', { exact: false })).toBeVisible();
  });

  const aida = await takeSeat(await arrive('Aida'), forum);
  const bolat = await takeSeat(await arrive('Bolat'), forum);
  await page.goto(`${forum.workshop}/control`);
  await beginWriting(organizer);
  await write(aida, 'Train teachers and librarians to check facts', 'Plant trees along the river');
  await write(bolat, 'Обучить учителей и библиотекарей проверке фактов', 'اسکولوں میں بس چلائی جائے');
  await everybodySaved([aida, bolat]);

  await test.step('[W200] [W201] both texts stand there with their rooms, and with the words that mean the same', async () => {
    await page.getByRole('link', { name: 'Similar ideas' }).click();
    await expect(pairs.getByRole('listitem')).toHaveCount(1);
    await expect(pairs).toContainText('Train teachers and librarians to check facts');
    await expect(pairs).toContainText('Обучить учителей и библиотекарей проверке фактов');
    await expect(pairs).toContainText('teachers – учителей');
    await expect(page.getByText('4 ideas were compared.')).toBeVisible();
    await expect(pairs.getByRole('link', { name: 'To the board of Сад' })).toHaveAttribute('href', /\?room=/);
    expect(await wrongs(page, { sizes: [PHONE, DESK], turned: true })).toEqual([]);
    for (const window of [PHONE, DESK]) {
      await page.setViewportSize(window);
      await look(page, `alike-${window.width}`);
    }
  });

  await test.step('[W202] what is not the same is remembered, and can be asked about again, by keyboard', async () => {
    await pairs.getByRole('button', { name: /^Not the same: “Train teachers/ }).press('Enter');
    await expect(apart).toContainText('Обучить учителей');
    await expect(pairs.getByRole('listitem')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: '0 pairs' })).toBeFocused();
    await page.reload();
    await expect(pairs.getByRole('listitem')).toHaveCount(0);
    await look(page, 'alike-apart');
    await apart.getByRole('button', { name: /^Ask again about/ }).press('Enter');
    await expect(pairs.getByRole('listitem')).toHaveCount(1);
    await expect(apart).toHaveCount(0);
  });

  await test.step('what is written meanwhile is compared when one looks again', async () => {
    await write(bolat, 'Сажать деревья вдоль реки');
    await everybodySaved([bolat]);
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(pairs.getByRole('listitem')).toHaveCount(2);
  });

  await test.step('[W203] a participant is not shown it', async () => {
    const answer = await aida.page.request.get(`${forum.workshop}/alike`);
    expect(answer.status()).toBe(403);
    expect(await answer.text()).not.toContain('учителей');
  });
});
