import type { Page } from '@playwright/test';
import { barriers, smallTargets } from '../accessible.ts';
import { keepsCaret, lengthen, shorten, troubles, type Size } from './overflow.ts';

export const PHONE: Size = { width: 320, height: 640 };
export const DESK: Size = { width: 1280, height: 800 };
/** A phone on its side, and a window of 1280 × 1024 enlarged four times. */
const LOW: readonly Size[] = [
  { width: 640, height: 360 },
  { width: 320, height: 256 },
];

interface Asked {
  readonly sizes: readonly Size[];
  /** People write in it: it must do in low windows, and what is written stays in sight. */
  readonly isBoard?: boolean;
  /** Also with words that are longer by two fifths. */
  readonly longer?: boolean;
  /** Also in the other colours and from the other side. */
  readonly turned?: boolean;
}

/** What is wrong with a page as it stands, without loading it again: it is left as it was. */
export async function wrongs(page: Page, { sizes, isBoard, longer, turned }: Asked): Promise<string[]> {
  const own = page.viewportSize()!;
  await settled(page);
  await atTheMiddle(page);
  const least = (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) ? 44 : 24;
  const wrong = [...(await barriers(page)), ...(await smallTargets(page, least))];
  const at = async (kind: string, size: Size) => {
    const there = `${kind} ${size.width}×${size.height}: `;
    if (!(await keepsCaret(page, size)) && isBoard) wrong.push(`${there}what is written is out of sight`);
    wrong.push(...(await troubles(page)).map((what) => there + what));
  };
  for (const size of [...sizes, ...(isBoard ? LOW : [])]) await at('', size);
  if (longer) {
    await lengthen(page);
    await at('longer', PHONE);
    await shorten(page);
  }
  if (turned) {
    const back = await turn(page);
    for (const size of isBoard ? sizes : [PHONE]) await at('turned', size);
    await page.setViewportSize(own);
    wrong.push(...(await barriers(page)).map((what) => `turned: ${what}`));
    await back();
  }
  await page.setViewportSize(own);
  return wrong;
}

/** Where a page happens to stand, the buttons of what is being written may lie half under the bar at its foot. */
function atTheMiddle(page: Page): Promise<void> {
  return page.evaluate(() => {
    const writing = document.activeElement;
    if (!writing?.matches('[contenteditable=true]')) return;
    const buttons = writing.closest('.item')?.querySelector('[role=toolbar]');
    (buttons ?? writing).scrollIntoView({ block: 'center', behavior: 'instant' });
  });
}

/** The other colours, from the other side: the interface itself speaks no language yet that is written so. */
async function turn(page: Page): Promise<() => Promise<void>> {
  const [dir, isDark] = await page.evaluate(
    () => [document.documentElement.dir, matchMedia('(prefers-color-scheme: dark)').matches] as const,
  );
  const show = async (dir: string, colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
    await settled(page);
  };
  await show('rtl', isDark ? 'light' : 'dark');
  return () => show(dir, isDark ? 'dark' : 'light');
}

/** What moves arrives: half-way, colours are mixed and places are others. Printed pages and hidden ones would be waited for in vain. */
async function settled(page: Page): Promise<void> {
  const arrive = () =>
    page.evaluate(() => {
      for (const moving of document.getAnimations())
        if (moving.effect?.getComputedTiming().endTime === Infinity) moving.cancel();
        else moving.finish();
    });
  await arrive();
  await page.waitForTimeout(50); // what was hidden while the colours changed sets out with the next frame
  await arrive();
}
