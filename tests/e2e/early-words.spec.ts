import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BuiltChunk } from '../../server/vite/chunks.ts';
import { expect, test } from './fixtures.ts';
import { takeSeat, writingOn } from './forum-on.ts';
import { addIdea } from './ideas.ts';

const EDITOR = new Set(['src/lib/board/ItemEditor.svelte', 'src/lib/editor/mount.ts']);
const DELAYS = [0, 100, 800, 3_000]; // ms
const BETWEEN_KEYS = [25, 80, 150]; // ms
const TYPED = 'm0123456789'; // `m` would be a command

const chunks = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../build/weight.json'), 'utf8'),
) as readonly BuiltChunk[];
const isEditor = ({ pathname }: URL) =>
  chunks.some(({ entry, file }) => EDITOR.has(entry ?? '') && pathname === `/${file}`);
const box = (page: Page) => page.getByRole('textbox', { name: /^Text of/ });

/** A page whose editor is not there yet, and comes so late. Returns how many of its files were asked for. */
async function fresh(page: Page, delay: number): Promise<() => number> {
  let asked = 0;
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route(isEditor, async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, delay));
    await route.continue();
  });
  await page.reload();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  return () => asked;
}

test('[B100] what is typed from the click on is in the idea, in its order and at its place, however late the editor is', async ({
  server,
  arrive,
}) => {
  const { forum } = await writingOn(server, arrive);
  const aida = await takeSeat(await arrive('Aida', { serviceWorkers: 'block' }), forum);
  const { page } = aida;
  const all = DELAYS.flatMap((delay) => BETWEEN_KEYS.map((between) => ({ delay, between })));
  const cases = process.env.EARLY_WORDS === 'all' ? all : all.filter((_, at) => at % 4 === 1); // 30 s or 100
  for (const at of cases.keys()) await addIdea(aida, `<${at}>`);

  for (const [at, { delay, between }] of cases.entries())
    await test.step(`the editor ${delay} ms late, a key every ${between} ms`, async () => {
      const asked = await fresh(page, delay);
      await page.getByText(`<${at}>`).click();
      await page.keyboard.type(TYPED, { delay: between });
      await expect(box(page)).toHaveText(`<${at}>${TYPED}`);
      await expect(box(page)).toBeFocused();
      expect(asked()).toBeGreaterThan(0);
      await page.keyboard.type('!');
      await expect(box(page)).toHaveText(`<${at}>${TYPED}!`);
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    });

  await test.step('where it was clicked, and with its lines', async () => {
    await addIdea(aida, 'Clean water');
    await fresh(page, 800);
    const idea = page.getByText('Clean water', { exact: true });
    await idea.click({ position: { x: 1, y: 8 } });
    await page.keyboard.type('Very');
    await page.keyboard.press('Enter');
    await page.keyboard.type('x');
    await page.keyboard.press('Backspace');
    await expect(box(page).locator('p')).toHaveText(['Very', 'Clean water']);
    await page.keyboard.press('Escape');
  });

  await test.step('a second wish to edit does not cancel the first', async () => {
    for (const delay of [0, 800]) {
      await fresh(page, delay);
      await page.getByText('<0>').click();
      await page.keyboard.type('a');
      await page.getByRole('group', { name: /<0>/ }).getByRole('button', { name: /^Edit/ }).click();
      await page.keyboard.type('b');
      await expect(box(page)).toBeFocused();
      await expect(box(page)).toHaveText(/ab$/);
      await page.keyboard.press('Escape');
      await expect(box(page)).toHaveCount(0);
    }
  });

  await test.step('who turns to something else before it came is not called back', async () => {
    await fresh(page, 800);
    await page.getByText('<1>').click();
    await page.getByRole('textbox', { name: 'Your idea' }).click();
    await page.keyboard.type('Roads');
    await page.waitForTimeout(1_500); // by then it would have come
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toHaveValue('Roads');
    await expect(box(page)).toHaveCount(0);
  });
});
