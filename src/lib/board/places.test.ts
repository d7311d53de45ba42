import { describe, expect, test } from 'vitest';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { itemsInOrder, placeDown, placesOf, placeUp, themeStep } from './places.ts';

const item = (id: string): Item => ({
  id: id as ItemId,
  by: 's' as SeatId,
  at: 0,
  lang: 'en',
  blocks: [],
  comments: [],
  reactions: {},
  merged: [],
});
const theme = (id: string, ...items: string[]) => ({
  id: id as ThemeId,
  title: { text: id, lang: 'en' },
  items: items.map(item),
});
const board: Board = { themes: [theme('one', 'a', 'b'), theme('two'), theme('three', 'c')], loose: [item('d')] };
const up = (id: string) => placeUp(board, id as ItemId);
const down = (id: string) => placeDown(board, id as ItemId);

describe('[B16] a step by keyboard', () => {
  test('goes before the item above and behind the item below', () => {
    expect(up('b')).toEqual({ theme: 'one', before: 'a' });
    expect(down('a')).toEqual({ theme: 'one', before: null });
  });

  test('crosses into the theme above at its end and into the one below at its beginning', () => {
    expect(up('c')).toEqual({ theme: 'two', before: null });
    expect(down('b')).toEqual({ theme: 'two', before: null });
    expect(up('d')).toEqual({ theme: 'three', before: null });
    expect(down('c')).toEqual({ theme: null, before: 'd' });
  });

  test('ends at the top and at the bottom', () => {
    expect(up('a')).toBeNull();
    expect(down('d')).toBeNull();
    expect(up('gone')).toBeNull();
  });

  test('moves themes likewise', () => {
    expect(themeStep(board, 'three' as ThemeId, -1)).toBe('two');
    expect(themeStep(board, 'two' as ThemeId, 1)).toBeNull();
    expect(themeStep(board, 'one' as ThemeId, -1)).toBeUndefined();
    expect(themeStep(board, 'three' as ThemeId, 1)).toBeUndefined();
  });
});

test('[B2] items are numbered within their theme, and counted without one', () => {
  const places = placesOf(board);
  expect([...places].map(([id, { number }]) => `${id} ${number}`)).toEqual(['a 1.1', 'b 1.2', 'c 3.1', 'd 1']);
  expect(itemsInOrder(board).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});
