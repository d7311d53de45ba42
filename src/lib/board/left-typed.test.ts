import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { MemoryStorage } from '#lib/sync/page-storage.ts';
import { KeptField } from './kept-field.svelte.ts';
import { KeptShelf } from './kept-shelf.ts';
import { keepTitles, leftTyped, takeAlong } from './left-typed.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { KeptItem } from './kept-items.svelte.ts';

const AIDA = 'aida' as SeatId;
const BORIS = 'boris' as SeatId;
const WALNUT = 'board/walnut';
const POPLAR = 'board/poplar';

let storage: MemoryStorage;
beforeEach(() => vi.stubGlobal('localStorage', (storage = new MemoryStorage())));
afterEach(() => vi.unstubAllGlobals());

const typed = (seat: SeatId, field: string, text: string) => (new KeptField(seat, field).text = text);
const none = () => false;
const leftAt = (here: string, isOpen: (document: string) => boolean = none) =>
  leftTyped(AIDA, here, isOpen, storage)
    .map(({ text }) => text)
    .sort();

function inField(field: string): string {
  const kept = new KeptField(AIDA, field);
  kept.restore();
  return kept.text;
}

test('[B81] an idea that was begun goes along to the next board, over nothing that stands there', () => {
  typed(AIDA, WALNUT, 'Half a sent');
  takeAlong(AIDA, WALNUT, POPLAR, storage);
  expect([inField(WALNUT), inField(POPLAR)]).toEqual(['', 'Half a sent']);
  typed(AIDA, WALNUT, 'Another');
  takeAlong(AIDA, WALNUT, POPLAR, storage);
  expect([inField(WALNUT), inField(POPLAR)]).toEqual(['Another', 'Half a sent']);
  expect(leftAt(POPLAR)).toEqual(['Another']);
});

test('[B81] what is typed on after one was moved goes along too, and takes the place of nothing else', () => {
  typed(AIDA, WALNUT, 'Half a');
  const first = takeAlong(AIDA, WALNUT, POPLAR, storage);
  typed(AIDA, WALNUT, 'Half a sentence');
  const second = takeAlong(AIDA, WALNUT, POPLAR, storage, first);
  expect([first, second, inField(WALNUT), inField(POPLAR)]).toEqual([
    { to: POPLAR, text: 'Half a' },
    { to: POPLAR, text: 'Half a sentence' },
    '',
    'Half a sentence',
  ]);
  typed(AIDA, POPLAR, 'Written there meanwhile');
  typed(AIDA, WALNUT, 'Half a sentence more');
  expect(takeAlong(AIDA, WALNUT, POPLAR, storage, second)).toBeNull();
  expect([inField(WALNUT), inField(POPLAR)]).toEqual(['Half a sentence more', 'Written there meanwhile']);
});

test('[B81] whoever is sent elsewhere after all finds it there, and not where they were sent before', () => {
  const QUINCE = 'group/w/four/1';
  typed(AIDA, WALNUT, 'Half a');
  const first = takeAlong(AIDA, WALNUT, POPLAR, storage);
  const second = takeAlong(AIDA, WALNUT, QUINCE, storage, first);
  expect([second, inField(WALNUT), inField(POPLAR), inField(QUINCE)]).toEqual([
    { to: QUINCE, text: 'Half a' },
    '',
    '',
    'Half a',
  ]);
  typed(AIDA, QUINCE, 'Half a, and more, typed there');
  expect(takeAlong(AIDA, WALNUT, POPLAR, storage, second)).toBeNull();
  expect([inField(POPLAR), inField(QUINCE)]).toEqual(['', 'Half a, and more, typed there']);
});

test('[B81] what was typed into any field of another board is offered, once, to its seat', () => {
  typed(AIDA, WALNUT, 'An idea');
  typed(AIDA, `${WALNUT}/theme1`, 'A line of a theme');
  typed(AIDA, `${WALNUT}/comment/item1`, 'A comment');
  typed(AIDA, POPLAR, 'Here');
  typed(AIDA, `${POPLAR}/theme2`, 'Here too');
  typed(BORIS, WALNUT, 'Of another seat');
  typed(AIDA, 'theme-of-an-older-page', 'Older');
  keepTitles(AIDA, ['A title'], storage);
  expect(leftAt(POPLAR)).toEqual(['A comment', 'A line of a theme', 'A title', 'An idea', 'Older']);
  expect(leftAt(POPLAR, (document) => document === WALNUT)).toEqual(['A title', 'Older']);
  for (const { forget } of leftTyped(AIDA, POPLAR, none, storage)) forget();
  expect(leftAt(POPLAR)).toEqual([]);
  expect([inField(POPLAR), inField(`${POPLAR}/theme2`)]).toEqual(['Here', 'Here too']);
});

test('[B81] titles of one page are kept beside those of the page before, each once', () => {
  keepTitles(AIDA, ['Water'], storage);
  keepTitles(AIDA, ['Roads'], storage);
  keepTitles(AIDA, ['Roads'], storage);
  expect(leftAt(POPLAR)).toEqual(['Roads', 'Water']);
});

test('[B81] what others took away on another board is offered too, and a broken shelf stops nothing', () => {
  new KeptShelf(AIDA, WALNUT).put([kept('one', 'Taken away'), kept('two', 'And this')]);
  storage.setItem(`kept:${AIDA}/board/elm`, '[{"id":1},null,"x"');
  storage.setItem(`kept:${AIDA}/board/oak`, '[{"id":1},null,"x"]');
  const left = leftTyped(AIDA, POPLAR, none, storage);
  expect(left.map(({ text }) => text)).toEqual(['Taken away', 'And this']);
  left[0]!.forget();
  expect(leftAt(POPLAR)).toEqual(['And this']);
  expect(leftAt(WALNUT)).toEqual([]);
  expect(new KeptShelf(AIDA, WALNUT).take().map(({ item }) => item.id)).toEqual(['two']);
});

const kept = (id: string, text: string) =>
  ({
    item: {
      id,
      by: AIDA,
      at: 1,
      lang: 'en',
      blocks: paragraphsOf(text, 'en'),
      comments: [],
      reactions: {},
      merged: [],
    },
    theme: null,
    above: null,
    by: null,
  }) as unknown as KeptItem;
