import { expect, test } from 'vitest';
import { comesEarly } from './faces.ts';

const BUILT = ['onest', 'source-serif-4'].flatMap((family) =>
  ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext'].map(
    (script) => `/_app/immutable/assets/${family}-${script}-wght-normal.D3pK.woff2`,
  ),
);
const BOARD = '/forums/[slug]/workshops/[id]';
const early = (route: string | null, locale: 'en' | 'ru') => BUILT.filter((path) => comesEarly(path, route, locale));

test.each(['/', BOARD])('[H30] %s is told of the two faces of its language', (route) => {
  expect(early(route, 'en')).toEqual([BUILT[0], BUILT[4]]);
  expect(early(route, 'ru')).toEqual([BUILT[2], BUILT[6]]);
});

test.each(['/join/[code]', '/join', null])('[H30] %s is told of none', (route) => {
  expect([...early(route, 'en'), ...early(route, 'ru')]).toEqual([]);
});
