import { expect, test } from 'vitest';
import { shownScript, timeAfter } from './shown-script.ts';

test.each([
  ['14:00', 0, '14:00'],
  ['14:00', 95, '15:35'],
  ['23:30', 45, '00:15'],
  [undefined, 5, '0:05'],
  [undefined, 125, '2:05'],
  ['soon', 61, '1:01'],
])('from %s, %i minutes later it is %s', (from, minutes, text) => expect(timeAfter(from, minutes)).toBe(text));

test('[W69] a script is shown in the reader’s language, each step with what has passed before it; what is passed over takes no time', () => {
  const written = {
    id: 'ours',
    title: { en: 'Ours', ru: 'Наш' },
    steps: [
      { kind: 'arrive', minutes: null },
      { kind: 'vote', minutes: 4, title: { en: 'Dots' } },
      { kind: 'talk', minutes: 7 },
      { kind: 'pause', minutes: 15, isSkipped: true },
      { kind: 'draft', minutes: 10 },
    ],
  } as const;
  expect(shownScript(written, ['ru', 'en'])).toEqual({
    id: 'ours',
    title: { text: 'Наш', lang: 'ru' },
    about: null,
    minutes: 17,
    steps: [
      { kind: 'arrive', title: null, minutes: null, after: 0, isPlayable: true, isSkipped: false },
      {
        kind: 'vote',
        title: { text: 'Dots', lang: 'en' },
        minutes: 4,
        after: null,
        isPlayable: false,
        isSkipped: false,
      },
      { kind: 'talk', title: null, minutes: 7, after: 0, isPlayable: true, isSkipped: false },
      { kind: 'pause', title: null, minutes: 15, after: null, isPlayable: true, isSkipped: true },
      { kind: 'draft', title: null, minutes: 10, after: 7, isPlayable: true, isSkipped: false },
    ],
  });
});
