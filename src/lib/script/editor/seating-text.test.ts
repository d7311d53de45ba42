import { expect, test } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import type { DraftStep } from './draft-script.ts';
import { seatingText } from './seating-text.ts';

const en = translator(await loadCatalogue('en'), 'en');
const ru = translator(await loadCatalogue('ru'), 'ru');
const step = (more: Partial<DraftStep>): DraftStep => ({
  id: 'talk' as StepId,
  kind: 'talk',
  minutes: 5,
  ...more,
});
const said = (more: Partial<DraftStep>, ...before: Partial<DraftStep>[]) =>
  seatingText(en, step(more), before.map(step));
const as = (id: string) => ({ as: id as StepId });

test.each<[Partial<DraftStep>, string | null]>([
  [{}, null],
  [{ seating: 'keep' }, null],
  [{ place: 'alone' }, 'Each alone'],
  [{ place: 'plenary' }, 'All together'],
  [{ place: 'rooms' }, 'In their rooms'],
  [{ seating: 'shuffle' }, 'Rooms mixed anew'],
  [{ place: 'rooms', seating: 'shuffle' }, 'Rooms mixed anew'],
  [{ place: 'rooms', seating: 'rotate' }, 'Everybody in another room'],
  [{ seating: 'home' }, 'Back in the rooms of before'],
  [{ place: 'plenary', seating: 'shuffle' }, 'All together, rooms mixed anew'],
  [{ seating: 'join' }, null],
  [{ seating: as('gone') }, null],
])('[W121] rooms: %j is said as %j', (more, text) => expect(said(more)).toBe(text));

test.each<[Partial<DraftStep>, string | null]>([
  [{ place: 'pairs' }, 'In pairs'],
  [{ place: 'pairs', seating: 'shuffle' }, 'In pairs, mixed'],
  [{ place: 'pairs', seating: 'rotate' }, 'In pairs, mixed'],
  [{ place: { groups: 4 } }, 'In groups of 4'],
  [{ place: { groups: 4 }, seating: 'shuffle' }, 'In groups of 4, mixed'],
  [{ place: { groups: 4 }, seating: 'join' }, 'In groups of 4, joined from those before'],
  [{ place: { groups: 5 }, seating: 'rotate' }, 'In groups of 5, everybody in another room'],
  [{ place: { groups: 4 }, seating: 'home' }, 'In groups of 4, back in the rooms of before'],
  [{ kind: 'select', place: 'pairs' }, 'In pairs'],
  [{ kind: 'pause', place: 'pairs' }, null],
  [{ kind: 'report', place: { groups: 3 }, seating: 'shuffle' }, null],
  [{ kind: 'report', place: { groups: 3 }, seating: 'rotate' }, 'Everybody in another room'],
])('[W121] groups: %j is said as %j', (more, text) => expect(said(more)).toBe(text));

test('[W121] groups of the size of the last ones are those, whatever is between; of another size they are not', () => {
  const pairs = { place: 'pairs' } as const;
  expect(said(pairs, pairs, { kind: 'pause' })).toBe('In pairs, as before');
  expect(said(pairs, pairs, { place: { groups: 4 } })).toBe('In pairs');
  expect(said(pairs, { kind: 'pause', place: 'pairs' })).toBe('In pairs');
});

test('[W121] another step is named as it is called in the page’s language', () => {
  const tables = { id: 'tables' as StepId, title: { en: 'Tables', ru: 'Столы' } };
  expect(said({ seating: as('tables') }, tables)).toBe('Rooms as in “Tables”');
  expect(said({ place: 'pairs', seating: as('tables') }, tables)).toBe('In pairs, as in “Tables”');
  expect(seatingText(ru, step({ place: { groups: 4 }, seating: as('tables') }), [step(tables)])).toBe(
    'В группах по 4, как на шаге «Столы»',
  );
});
