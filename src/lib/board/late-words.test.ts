import { toBase64 } from 'lib0/buffer';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import * as edit from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { lateWords } from './late-words.ts';
import { paragraphsOf } from './paragraphs.ts';

const writer = { seat: 'seat0001' as SeatId, at: 0, origin: null };

function add(doc: Y.Doc, id: string, text: string, theme: string | null = null): void {
  edit.addItem(
    doc,
    { id: id as ItemId, theme: theme as ThemeId | null, lang: 'en', blocks: paragraphsOf(text, 'en') },
    writer,
  );
}

function write(doc: Y.Doc, item: string, text: string): void {
  const paragraph = edit.itemBody(doc, item as ItemId)?.get(0) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).insert(0, text);
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What the server has, and a copy that goes on alone. */
function lockedBoard() {
  const server = new Y.Doc();
  edit.addTheme(server, { id: 'theme001' as ThemeId, title: { text: 'Networks', lang: 'en' } }, writer);
  add(server, 'item0001', 'on the board', 'theme001');
  add(server, 'item0002', 'begun');
  const known = toBase64(Y.encodeStateVector(server));
  return { server, draft: copyOf(server), known };
}

const words = (...given: Parameters<typeof lateWords>) => lateWords(...given).map(({ blocks }) => textOfBlocks(blocks));

test('[Y31] late words are the new items, the touched ones, comments and titles: nothing else of the board', () => {
  const { server, draft, known } = lockedBoard();
  add(draft, 'item0003', 'a late idea', 'theme001');
  write(draft, 'item0002', 'late: ');
  edit.addComment(
    draft,
    'item0001' as ItemId,
    { id: 'comment1' as CommentId, text: { text: 'a late comment', lang: 'en' } },
    writer,
  );
  edit.renameTheme(draft, 'theme001' as ThemeId, 'Late networks', writer);
  expect(words(draft, known, readBoard(server))).toEqual([
    'Late networks',
    'a late comment',
    'a late idea',
    'late: begun',
  ]);
});

test('[Y31] what others went on writing meanwhile is not taken for late words, moves and reactions are not words', () => {
  const { server, draft, known } = lockedBoard();
  write(server, 'item0001', 'still ');
  edit.moveItem(draft, 'item0002' as ItemId, 'theme001' as ThemeId, null, writer);
  edit.toggleReaction(draft, 'item0001' as ItemId, 'agree', writer);
  expect(words(draft, known, readBoard(server))).toEqual([]);
});

test('[Y31] what was stored after all is on the board, and no late word', () => {
  const { draft, known } = lockedBoard();
  add(draft, 'item0003', 'stored just in time');
  expect(words(draft, known, readBoard(copyOf(draft)))).toEqual([]);
});

test('[Y10] of a copy from before a restore, everything that is missing on the board is shown', () => {
  const { server, draft } = lockedBoard();
  add(draft, 'item0003', 'after the backup');
  expect(words(draft, null, readBoard(server))).toEqual(['after the backup']);
});
