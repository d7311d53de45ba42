import type { Locator, Page } from '@playwright/test';
import { expect, type Guest } from './fixtures.ts';

/** A board as a person sees it: each theme's heading with the texts of its items, in order. */
export type Outline = [heading: string, items: string[]][];

const BOARD = 'main section:has(> h2), main section:has(> header h2), main section:has(h2)';

export async function outline(page: Page): Promise<Outline> {
  const sections = page.locator(BOARD).filter({ has: page.getByRole('group', { name: /^Item / }) });
  return sections.evaluateAll((elements) =>
    elements.map((section): [string, string[]] => [
      section.querySelector('h2')?.textContent?.trim().replace(/\s+/g, ' ') ?? '',
      [...section.querySelectorAll('[role=group][aria-label^="Item "]')].map((item) =>
        [...item.querySelectorAll('p:not(.others)')].map((paragraph) => paragraph.textContent?.trim() ?? '').join('\n'),
      ),
    ]),
  );
}

export const item = (page: Page, number: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^Item ${number.replace('.', '\\.')}(:|$)`) });

export async function addItem({ page }: Guest, theme: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: `Add a recommendation to ${theme}` }).fill(text);
  await page.keyboard.press('Enter');
}

export async function everybodySees(guests: readonly Guest[], expected: Outline): Promise<void> {
  await Promise.all(guests.map(({ page }) => expect.poll(() => outline(page)).toEqual(expected)));
}

export async function everybodySaved(guests: readonly Guest[]): Promise<void> {
  await Promise.all(guests.map(({ page }) => expect(page.getByText('Saved', { exact: true })).toBeVisible()));
}
