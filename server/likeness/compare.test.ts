import { describe, expect, test } from 'vitest';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, RoomId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { Glossary } from '#domain/similarity/glossary.ts';
import { pairOf } from '#domain/workshop/apart/apart.ts';
import { alikeIdeas } from './compare.ts';

const NORTH = 'north' as RoomId;
const SOUTH = 'south' as RoomId;
const glossary = new Glossary('tree: tree дерев\nriver: river рек. реки\nplant: plant сажать');

const item = (id: string, text: string, lang = 'en'): Item => ({
  id: id as ItemId,
  by: '' as SeatId,
  at: 0,
  lang,
  blocks: [{ kind: 'paragraph', lang, runs: [{ text }] }],
  comments: [],
  reactions: {},
  merged: [],
});
const board = (room: RoomId, ...loose: Item[]) => ({ room, json: bytes({ themes: [], loose }) });
const bytes = (read: Board) => new TextEncoder().encode(JSON.stringify(read));
const told = (boards: Parameters<typeof alikeIdeas>[0]['boards'], apart: string[] = []) =>
  alikeIdeas({ boards, apart }, glossary);
const pairs = ({ pairs: all }: ReturnType<typeof told>) => all.map(({ ideas }) => ideas.map(({ id }) => id).join(' '));

const trees = item('trees', 'Plant trees along the river');
const derevya = item('derevya', 'Сажать деревья у реки', 'ru');
const again = item('again', 'Plant trees along the river bank');

describe('ideas of a workshop that may be the same', () => {
  test('[W200] are of different rooms; of one, when nobody writes in another', () => {
    const two = told([board(NORTH, trees, again), board(SOUTH, derevya)]);
    expect([pairs(two), two.isOneRoom]).toEqual([['trees derevya'], false]);
    const one = told([board(NORTH, trees, again), board(SOUTH)]);
    expect([pairs(one), one.isOneRoom]).toEqual([['trees again'], true]);
  });

  test('[W201] come with their rooms, their languages and the words that both have', () => {
    const [pair] = told([board(NORTH, trees), board(SOUTH, derevya)]).pairs;
    expect(pair?.ideas.map(({ room, lang }) => [room, lang])).toEqual([
      [NORTH, 'en'],
      [SOUTH, 'ru'],
    ]);
    expect(pair?.shared.map(({ words }) => words)).toContainEqual(['trees', 'деревья']);
  });

  test('[W202] are not asked about again, and can be', () => {
    const boards = [board(NORTH, trees), board(SOUTH, derevya)];
    const apart = [pairOf('trees', 'derevya'), pairOf('gone', 'trees')];
    const seen = told(boards, apart);
    expect(seen.pairs).toEqual([]);
    expect(seen.apart.map((two) => two.map(({ id }) => id))).toEqual([['derevya', 'trees']]);
  });

  test('[W203] a board that cannot be read is named, and the others are compared', () => {
    const seen = told([{ room: 'west' as RoomId, json: null }, board(NORTH, trees), board(SOUTH, derevya)]);
    expect([seen.unread, pairs(seen)]).toEqual([['west'], ['trees derevya']]);
  });

  test('what says nothing is not counted; what is too much is, and is said', () => {
    expect(told([board(NORTH, item('none', ' '), item('signs', '\u200b'))])).toMatchObject({ compared: 0, beyond: 0 });
    const { most } = LIMITS.ideasCompared;
    const many = Array.from({ length: most + 2 }, (_, index) => item(`i${index}`, `${index}`));
    expect(told([board(NORTH, ...many)])).toMatchObject({ compared: most, beyond: 2 });
  });

  test('an idea is cut where nobody reads on, and never within a letter', () => {
    const long = item('long', `Plant trees ${'🌳'.repeat(1_000)}`);
    const [pair] = told([board(NORTH, long), board(SOUTH, trees)]).pairs;
    const text = pair?.ideas[0].text ?? '';
    expect([text.length < 700, text.isWellFormed()]).toEqual([true, true]);
  });
});
