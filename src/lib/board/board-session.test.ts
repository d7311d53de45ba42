import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { BoardSession } from './board-session.svelte.ts';

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (frame) => clearTimeout(frame);
});

function table() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  docs[0].on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'wire' && Y.applyUpdate(docs[1], update, 'wire'),
  );
  docs[1].on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'wire' && Y.applyUpdate(docs[0], update, 'wire'),
  );
  const [aida, bek] = docs.map(
    (doc, index) => new BoardSession(doc, { seatId: `seat${index}` as SeatId, language: 'en' }),
  );
  return { aida: aida as BoardSession, bek: bek as BoardSession };
}

const words = (board: Board) =>
  [...board.themes.flatMap(({ items }) => items), ...board.loose].map(({ blocks }) => textOfBlocks(blocks));

function shown(session: BoardSession): string[] {
  session.show();
  return words(session.board);
}

function write(session: BoardSession, item: Parameters<typeof itemBody>[1], text: string): void {
  const paragraph = itemBody(session.doc, item)?.get(0) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).insert(0, text);
}

test('[B8] one undo takes back one deed, also when deeds follow each other at once', () => {
  const { aida } = table();
  aida.addItem('one', null);
  const two = aida.addItem('two', null);
  aida.react(two, 'agree');
  expect(aida.undo()).toBe(true);
  expect(shown(aida)).toEqual(['one', 'two']);
  aida.undo();
  expect(shown(aida)).toEqual(['one']);
  aida.redo();
  expect(shown(aida)).toEqual(['one', 'two']);
});

test('[B8] undo takes back one’s own deeds and nobody else’s', () => {
  const { aida, bek } = table();
  aida.addItem('hers', null);
  bek.addItem('his', null);
  aida.undo();
  expect(shown(aida)).toEqual(['his']);
  expect(aida.undo()).toBe(false);
  expect(shown(bek)).toEqual(['his']);
});

test('[B9] undoing that an item was added keeps what others have written in it', () => {
  const { aida, bek } = table();
  const theme = aida.addTheme('Network');
  const item = aida.addItem('hers', theme);
  write(bek, item, 'his, ');
  aida.undo();
  expect(shown(bek)).toEqual(['his, ']);
  expect(bek.board.themes[0]?.items).toHaveLength(1);
  expect(bek.board.themes[0]?.items[0]).toMatchObject({ by: 'seat0', lang: 'en' });
});

test('[B9] a comment of somebody keeps the item it is about', () => {
  const { aida, bek } = table();
  const item = aida.addItem('hers', null);
  bek.comment(item, 'Good.');
  aida.undo();
  bek.show();
  expect(bek.board.loose[0]?.comments).toMatchObject([{ text: { text: 'Good.' } }]);
});

test('[B10] a removal is taken back by itself, whatever was done since', () => {
  const { aida, bek } = table();
  const gone = aida.addItem('gone', null);
  const restore = aida.remove(gone);
  aida.addItem('later', null);
  bek.addItem('his', null);
  expect(shown(bek)).toEqual(['later', 'his']);
  restore();
  expect(shown(bek).sort()).toEqual(['gone', 'his', 'later']);
  expect(shown(aida)).toEqual(shown(bek));
});

test('[B5] a removed theme comes back with its items', () => {
  const { aida } = table();
  const theme = aida.addTheme('Network');
  aida.addItem('one', theme);
  const restore = aida.removeTheme(theme);
  expect(aida.board).toMatchObject({ themes: [], loose: [{}] });
  restore();
  expect(aida.board).toMatchObject({ themes: [{ title: { text: 'Network' }, items: [{}] }], loose: [] });
});

test('what others do arrives with the next frame, and what did not change stays the same object', async () => {
  const { aida, bek } = table();
  aida.addItem('one', null);
  const [before] = aida.board.loose;
  bek.addItem('two', null);
  await expect.poll(() => words(aida.board)).toEqual(['one', 'two']);
  expect(aida.board.loose[0]).toBe(before);
});

test('a seed is shown until the document has content', () => {
  const seed: Board = { themes: [], loose: [{ ...emptyItem }] };
  const session = new BoardSession(new Y.Doc(), { seatId: 's' as SeatId, language: 'en' }, seed);
  expect(session.board).toBe(seed);
  session.show();
  expect(session.board.loose).toEqual([]);
});

const emptyItem = {
  id: 'i' as never,
  by: 's' as SeatId,
  at: 0,
  lang: 'en',
  blocks: [],
  comments: [],
  reactions: {},
  merged: [],
};
