import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { hearRestores } from '#lib/heard/restores.ts';
import * as edit from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { tellRestore, type RestoreTold } from '#protocol/board/restored.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { keepOverwritten } from './keep-overwritten.ts';
import { KeptItems } from './kept-items.svelte.ts';
import { paragraphsOf } from './paragraphs.ts';

const AIDA = 'aida0001' as SeatId;
const ITEM = 'item0001' as ItemId;

/** A board on which somebody writes in the item; `act` happens on the server, and comes as one update. */
function table(writing: ItemId | null = ITEM) {
  const [server, doc] = [new Y.Doc(), new Y.Doc()];
  const pass = (act: (doc: Y.Doc) => void) => {
    server.transact(() => act(server));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  };
  pass((doc) =>
    edit.addItem(
      doc,
      { id: ITEM, theme: null, lang: 'en', blocks: paragraphsOf('Wells', 'en') },
      { seat: AIDA, at: 0, origin: null },
    ),
  );
  const kept = new KeptItems();
  const shown = (): Board => kept.on(readBoard(doc));
  const desk = {
    kept,
    session: { doc },
    get board() {
      return shown();
    },
  } as unknown as BoardDesk;
  const heard: [RestoreTold, boolean][] = [];
  const stop = hearRestores(
    doc,
    () => writing,
    (told, overwritten) => heard.push([told, keepOverwritten(desk, told, overwritten)]),
  );
  const texts = () => shown().loose.map(({ blocks }) => textOfBlocks(blocks));
  return { pass, heard, texts, stop, doc };
}

const word = (doc: Y.Doc) => (edit.itemBody(doc, ITEM)!.get(0) as Y.XmlElement).get(0) as Y.XmlText;
const restored = { by: AIDA, of: 5 };
const undone = { by: AIDA, of: null };

test('[Y27] words that a restore takes from an open editor stay behind their item, until they stand there again', () => {
  const { pass, heard, texts } = table();
  pass((doc) => {
    word(doc).delete(0, 5);
    word(doc).insert(0, 'Roads');
    tellRestore(doc, restored);
  });
  expect([heard, texts()]).toEqual([[[restored, true]], ['Roads', 'Wells']]);
  pass((doc) => {
    word(doc).insert(0, 'Wells and ');
    tellRestore(doc, undone);
  });
  // now the restored ones are overwritten in their turn, but still stand in what came
  expect(heard[1]).toEqual([undone, false]);
  expect(texts()).toEqual(['Wells and Roads']);
});

test.each<[string, ItemId | null, (doc: Y.Doc) => void]>([
  ['nobody writes here', null, (doc) => word(doc).delete(0, 5)],
  ['the words stayed', ITEM, () => {}],
  [
    'the item went, which its editor sees to',
    ITEM,
    (doc) => edit.removeItem(doc, ITEM, { seat: AIDA, at: 0, origin: null }),
  ],
])('[Y27] a restore is told and nothing kept where %s', (_, writing, act) => {
  const { pass, heard, texts, doc } = table(writing);
  pass((server) => {
    act(server);
    tellRestore(server, restored);
  });
  expect(heard).toEqual([[restored, false]]);
  expect(texts()).toHaveLength(readBoard(doc).loose.length);
});

test('[Y27] what others write is no restore, and a word about one that is no word is not told', () => {
  const { pass, heard, stop } = table();
  pass((doc) => word(doc).delete(0, 5));
  for (const broken of [null, 'Aida', { by: 7, of: 5 }, { by: 'aida0001', of: Infinity }, { by: 'aida0001' }])
    pass((doc) => (doc.getMap('themes') as Y.Map<unknown>).set('a restore', broken));
  expect(heard).toEqual([]);
  stop();
  pass((doc) => tellRestore(doc, restored));
  expect(heard).toEqual([]);
});
