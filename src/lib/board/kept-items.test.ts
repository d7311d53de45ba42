import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import * as edit from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { KeptItems } from './kept-items.svelte.ts';
import { MemoryStorage } from '#lib/sync/page-storage.ts';
import { KeptShelf } from './kept-shelf.ts';
import { paragraphsOf } from './paragraphs.ts';
import { watchItem, type ItemChange } from './watch-item.ts';
import { doesMove, whereaboutsOf } from './whereabouts.ts';

const id = (name: string) => `item-${name}` as ItemId;
const themeId = (name: string) => `theme-${name}` as ThemeId;
const aida: edit.Writer = { seat: 'aida' as SeatId, at: 7 };
const davron: edit.Writer = { seat: 'davron' as SeatId, at: 8 };

/** Two copies of one board: themes N and S, items a, b, c in N, and d in none. */
function table() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  let isLinked = true;
  const link = (from: Y.Doc, to: Y.Doc) =>
    from.on('update', (update: Uint8Array, origin: unknown) => {
      if (isLinked && origin !== 'wire') Y.applyUpdate(to, update, 'wire');
    });
  link(...docs);
  link(docs[1], docs[0]);
  for (const name of ['N', 'S']) edit.addTheme(docs[0], { id: themeId(name), title: { text: name, lang: 'en' } }, aida);
  for (const name of ['a', 'b', 'c', 'd']) {
    const theme = name === 'd' ? null : themeId('N');
    edit.addItem(docs[0], { id: id(name), theme, lang: 'en', blocks: paragraphsOf(name, 'en') }, aida);
  }
  return {
    mine: docs[0],
    theirs: docs[1],
    apart(act: () => void) {
      isLinked = false;
      act();
      isLinked = true;
      const [one, other] = docs.map((doc) => Y.encodeStateAsUpdate(doc)) as [Uint8Array, Uint8Array];
      Y.applyUpdate(docs[0], other, 'wire');
      Y.applyUpdate(docs[1], one, 'wire');
    },
  };
}

const names = (items: readonly Item[]) => items.map(({ blocks }) => textOfBlocks(blocks)).join(' ');
const shown = ({ themes, loose }: Board) => [...themes.map(({ items }) => names(items)), names(loose)];

describe('what an editor has to be carried for', () => {
  const moves = (act: (doc: Y.Doc) => void, of = 'b') => {
    const { mine, theirs } = table();
    const before = readBoard(mine);
    act(theirs);
    return doesMove(before, readBoard(mine), id(of));
  };

  test.each<[string, boolean, (doc: Y.Doc) => void]>([
    ['another place in its list', true, (doc) => edit.moveItem(doc, id('b'), themeId('N'), id('a'), davron)],
    ['another theme', true, (doc) => edit.moveItem(doc, id('b'), themeId('S'), null, davron)],
    ['a neighbour that changes places', true, (doc) => edit.moveItem(doc, id('a'), themeId('N'), null, davron)],
    ['a merge', true, (doc) => edit.mergeItems(doc, id('b'), id('d'), davron)],
    ['its theme moved', true, (doc) => edit.moveTheme(doc, themeId('N'), null, davron)],
    ['its theme removed', true, (doc) => edit.removeTheme(doc, themeId('N'), davron)],
    ['its end', true, (doc) => edit.removeItem(doc, id('b'), davron)],
    ['a neighbour that goes', false, (doc) => edit.removeItem(doc, id('a'), davron)],
    ['a neighbour that is merged into it', false, (doc) => edit.mergeItems(doc, id('a'), id('b'), davron)],
    ['a neighbour that comes', false, (doc) => edit.moveItem(doc, id('d'), themeId('N'), id('b'), davron)],
  ])('[B69] %s: %j', (_, doesIt, act) => expect(moves(act)).toBe(doesIt));

  test('[B69] an item that was merged away is found in the other', () => {
    const { mine } = table();
    edit.mergeItems(mine, id('b'), id('d'), davron);
    expect(whereaboutsOf(readBoard(mine), id('b'))).toMatchObject({ theme: null, root: { id: id('d') }, above: null });
  });
});

describe('what was deleted', () => {
  test.each([
    ['who can take it back', 'davron', (doc: Y.Doc) => void new Y.UndoManager(boardShape(doc).items)],
    ['who cannot', null, () => {}],
  ])('[B70] says while it goes whose deed it was: of one %s', async (_, seat, begin) => {
    const { mine, theirs } = table();
    begin(theirs);
    const heard: ItemChange[] = [];
    const stop = watchItem(mine, id('b'), (change) => heard.push(change));
    edit.removeItem(theirs, id('a'), davron);
    edit.removeItem(theirs, id('b'), davron);
    await Promise.resolve(); // after the transaction, before the next key
    stop();
    expect(heard).toEqual([{ body: null, by: { client: theirs.clientID, seat }, isOwn: false }]);
  });

  test('[B71] a text that is there again is told with what there was when it came', async () => {
    const { mine, theirs } = table();
    const undo = new Y.UndoManager(boardShape(theirs).items, { trackedOrigins: new Set([davron]) });
    const heard: ItemChange[] = [];
    const stop = watchItem(mine, id('b'), (change) => heard.push(change));
    edit.removeItem(theirs, id('b'), { ...davron, origin: davron });
    undo.undo();
    const came = Y.getState(mine.store, theirs.clientID);
    edit.addComment(theirs, id('a'), { id: 'comment1' as never, text: { text: 'Why?', lang: 'en' } }, davron);
    await Promise.resolve();
    stop();
    expect(heard.map((change) => change.came?.get(theirs.clientID))).toEqual([came, came]);
  });

  test('[B70] stays where it was, whatever happens around it, and takes no number from others', () => {
    const { mine, theirs } = table();
    const kept = new KeptItems();
    const where = whereaboutsOf(readBoard(mine), id('b'))!;
    edit.removeItem(theirs, id('b'), davron);
    kept.keep({ ...where, item: where.item, by: null });
    expect(shown(kept.on(readBoard(mine)))).toEqual(['a b c', '', 'd']);
    edit.moveItem(theirs, id('a'), themeId('S'), null, davron);
    expect(shown(kept.on(readBoard(mine)))).toEqual(['c', 'a b', 'd']);
    edit.removeTheme(theirs, themeId('S'), davron);
    expect(shown(kept.on(readBoard(mine)))).toEqual(['c', 'a b d']);
    kept.drop(id('b'));
    expect(shown(kept.on(readBoard(mine)))).toEqual(['c', 'a d']);
  });

  test('[B70] comes back to its place with the words that were kept, its comments and reactions', () => {
    const { mine, theirs } = table();
    edit.addComment(mine, id('b'), { id: 'comment1' as never, text: { text: 'Why?', lang: 'en' } }, davron);
    edit.toggleReaction(mine, id('b'), 'heart', davron);
    const { item, theme, above } = whereaboutsOf(readBoard(mine), id('b'))!;
    edit.removeItem(theirs, id('b'), davron);
    edit.bringBack(mine, { ...item, blocks: paragraphsOf('b and more', 'en') }, { theme, above }, aida);
    expect(shown(readBoard(theirs))).toEqual(['a b and more c', '', 'd']);
    const back = whereaboutsOf(readBoard(theirs), id('b'))!.item;
    expect(back).toEqual({ ...item, blocks: paragraphsOf('b and more', 'en') });
  });

  test('[B71] two who bring it back at once make one, and who comes later finds it there', () => {
    const { mine, theirs, apart } = table();
    const { item, ...place } = whereaboutsOf(readBoard(mine), id('b'))!;
    edit.removeItem(theirs, id('b'), davron);
    apart(() => {
      edit.bringBack(mine, item, place, aida);
      edit.bringBack(theirs, item, place, davron);
    });
    edit.bringBack(mine, { ...item, blocks: paragraphsOf('again', 'en') }, place, aida);
    for (const doc of [mine, theirs]) expect(shown(readBoard(doc))).toEqual(['a b c', '', 'd']);
  });

  test('[B71] words that somebody else’s copy does not have stay kept, behind it', () => {
    const { mine } = table();
    const kept = new KeptItems();
    const where = whereaboutsOf(readBoard(mine), id('b'))!;
    kept.keep({ ...where, by: null });
    kept.meet(readBoard(mine), null);
    expect(kept.of(id('b'))).toBeUndefined();
    expect(kept.on(readBoard(mine))).toEqual(readBoard(mine));

    kept.keep({ ...where, by: null });
    kept.reword(id('b'), paragraphsOf('mine', 'en'));
    kept.meet(readBoard(mine), id('b'));
    expect(kept.of(id('b'))).toBeDefined();
    kept.meet(readBoard(mine), null);
    expect(shown(kept.on(readBoard(mine)))).toEqual(['a b mine c', '', 'd']);
  });
});

describe('over a reload', () => {
  const shelf = () => new KeptShelf(aida.seat, 'board/one');
  beforeEach(() => vi.stubGlobal('localStorage', new MemoryStorage()));
  afterEach(() => vi.unstubAllGlobals());

  test('[B70] this device has what was kept, in its place, for this seat and this board, until it is let go', () => {
    const { mine, theirs } = table();
    const where = whereaboutsOf(readBoard(mine), id('b'))!;
    edit.removeItem(theirs, id('b'), davron);
    const before = new KeptItems(shelf());
    before.keep({ ...where, by: davron.seat });
    before.reword(id('b'), paragraphsOf('b and more', 'en'));
    const after = new KeptItems(shelf());
    after.restore();
    expect(shown(after.on(readBoard(mine)))).toEqual(['a b and more c', '', 'd']);
    expect(after.of(id('b'))?.by).toBe(davron.seat);
    expect(new KeptShelf(davron.seat, 'board/one').take()).toEqual([]);
    expect(new KeptShelf(aida.seat, 'board/two').take()).toEqual([]);
    after.drop(id('b'));
    expect(shelf().take()).toEqual([]);
  });

  test.each(['', 'null', '{', '{"id":1}', '[null, 1, {"id":"x"}, {"id":"x","text":"y","writer":"z","lang":7}]'])(
    '[B70] what cannot be read there is nothing: %s',
    (stored) => {
      localStorage.setItem(`kept:${aida.seat}/board/one`, stored);
      expect(shelf().take()).toEqual([]);
    },
  );

  test('[B70] a store that is closed to us stops nothing', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    });
    const { mine } = table();
    const kept = new KeptItems(shelf());
    kept.keep({ ...whereaboutsOf(readBoard(mine), id('b'))!, by: null });
    expect(kept.of(id('b'))).toBeDefined();
  });
});
