import type { Locale } from '#lib/i18n/locales.ts';
import { expect, test } from './fixtures.ts';
import { LONG_FORUM, LONG_TEXTS } from './states/hall.ts';
import { WAYS } from './states/ways.ts';
import { DESK, PHONE, wrongs } from './states/wrongs.ts';

/** `SWEEP=full`: both languages in both colours and directions, at all sizes and with longer words. */
const isFull = process.env.SWEEP === 'full';
const ALL = [PHONE, { width: 360, height: 740 }, { width: 768, height: 1024 }, DESK];

interface Dress {
  readonly locale: Locale;
  readonly colorScheme: 'light' | 'dark';
  readonly asked: Parameters<typeof wrongs>[1];
}
const DRESSES: readonly Dress[] = [
  { locale: 'en', colorScheme: 'light', asked: { sizes: [PHONE, DESK], longer: true, turned: true } },
  { locale: 'ru', colorScheme: 'dark', asked: { sizes: [PHONE] } },
];

test.use({ actionTimeout: 30_000 });
test.describe.configure({ mode: 'parallel' });

for (const [what, walk, least] of WAYS)
  for (const { locale, colorScheme, asked } of DRESSES)
    test(`[B82] [B85] [B104] [B105] every state, ${what}, ${locale}, ${colorScheme}: axe, targets, widths, nothing over a control`, async ({
      server,
      arrive,
    }) => {
      test.setTimeout(isFull ? 1_800_000 : 900_000);
      let states = 0;
      await walk({
        server,
        arrive,
        locale,
        look: async (page, state, where) => {
          states += 1;
          const how = isFull ? { sizes: ALL, longer: true, turned: true } : asked;
          expect.soft(await wrongs(page, { ...how, isBoard: where === 'board' }), state).toEqual([]);
        },
        forum: LONG_FORUM,
        texts: LONG_TEXTS,
        options: { colorScheme, reducedMotion: 'reduce' }, // what is half dealt has half its contrast
      });
      expect(states).toBeGreaterThanOrEqual(least);
    });
