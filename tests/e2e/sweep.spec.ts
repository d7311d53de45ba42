import type { Page } from '@playwright/test';
import type { Locale } from '#lib/i18n/locales.ts';
import { barriers, smallTargets } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { everyState, type Look } from './states/every-state.ts';
import { LONG_FORUM, LONG_TEXTS } from './states/hall.ts';
import { keepsCaret, lengthen, shorten, troubles, type Size } from './states/overflow.ts';

/** `SWEEP=full`: at all sizes, and two walks more, in Russian and in dark, and from right to left. */
const isFull = process.env.SWEEP === 'full';
const WIDTHS: readonly Size[] = isFull
  ? [
      { width: 320, height: 640 },
      { width: 360, height: 740 },
      { width: 768, height: 1024 },
      { width: 1280, height: 800 },
    ]
  : [
      { width: 320, height: 640 },
      { width: 1280, height: 800 },
    ];
/** A phone on its side, and a window of 1280 × 1024 enlarged four times. */
const LOW: readonly Size[] = [
  { width: 640, height: 360 },
  { width: 320, height: 256 },
];

interface Walk {
  readonly locale: Locale;
  readonly colorScheme: 'light' | 'dark';
  readonly isTurned?: boolean;
}
const WALKS: readonly Walk[] = [
  { locale: 'en', colorScheme: 'light' },
  { locale: 'ru', colorScheme: 'dark' },
  { locale: 'en', colorScheme: 'light', isTurned: true },
];

test.use({ actionTimeout: 30_000 });

for (const { locale, colorScheme, isTurned = false } of WALKS.slice(0, isFull ? 3 : 1))
  test(`[B82] [B85] [B104] [B105] every state, ${locale}, ${colorScheme}${isTurned ? ', from right to left' : ''}: axe, targets, widths, nothing over a control`, async ({
    server,
    arrive,
  }) => {
    test.setTimeout(900_000);
    const found: string[] = [];
    let states = 0;
    const look: Look = async (page, state, where) => {
      states += 1;
      const own = page.viewportSize()!;
      await settled(page);
      const least = (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) ? 44 : 24;
      const wrong = [...(await barriers(page)), ...(await smallTargets(page, least))];
      const at = async (kind: string, size: Size) => {
        const there = `${kind} ${size.width}×${size.height}: `;
        if (!(await keepsCaret(page, size)) && where === 'board') wrong.push(`${there}what is written is out of sight`);
        wrong.push(...(await troubles(page)).map((what) => there + what));
      };
      for (const size of [...WIDTHS, ...(where === 'board' ? LOW : [])]) await at('', size);
      await lengthen(page);
      await at('longer', WIDTHS[0]!);
      await shorten(page);
      await page.setViewportSize(own);
      found.push(...wrong.map((what) => `${state}: ${what}`));
    };
    await everyState({
      server,
      locale,
      look,
      forum: LONG_FORUM,
      texts: LONG_TEXTS,
      options: { colorScheme, reducedMotion: 'reduce' }, // what is half dealt has half its contrast
      arrive: async (name, options) => {
        const guest = await arrive(name, options);
        if (isTurned) await guest.context.addInitScript(keepTurned);
        return guest;
      },
    });
    expect(found).toEqual([]);
    expect(states).toBeGreaterThan(50);
  });

/** As for a language that is written from the right: the interface itself speaks none yet. */
function keepTurned(): void {
  const turn = () => {
    const root = document.documentElement;
    if (root && root.dir !== 'rtl') root.dir = 'rtl';
  };
  new MutationObserver(turn).observe(document, {
    attributes: true,
    subtree: true,
    childList: true,
    attributeFilter: ['dir'],
  });
  turn();
}

/** What moves has arrived: half-way, colours are mixed and places are others. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
  });
}
