import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import * as edit from './edit.ts';
import { readBoard } from './read.ts';
import { boardShape } from './shape.ts';

const aida: edit.Writer = { seat: 'seataida' as SeatId, at: 1_000 };
const bek: edit.Writer = { seat: 'seatbek0' as SeatId, at: 2_000 };
const theme = (id: string) => id as ThemeId;
const item = (id: string) => id as ItemId;

function board(): Y.Doc {
  const doc = new Y.Doc();
  addTheme(doc, 'network');
  addTheme(doc, 'training');
  for (const id of ['a', 'b', 'c']) add(doc, id, 'network');
  return doc;
}

const addTheme = (doc: Y.Doc, id: string, writer = aida) =>
  edit.addTheme(doc, { id: theme(id), title: { text: id, lang: 'en' } }, writer);

function add(doc: Y.Doc, id: string, into: string | null, writer = aida) {
  const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text: `text of ${id}` }] } as const];
  edit.addItem(doc, { id: item(id), theme: into === null ? null : theme(into), lang: 'en', blocks }, writer);
}

/** `network: a b(c) | training: | loose` */
function outline(doc: Y.Doc): string {
  const { themes, loose } = readBoard(doc);
  const list = (items: readonly { id: string; merged: readonly { id: string }[] }[]) =>
    items
      .map(({ id, merged }) => ` ${id}${merged.length > 0 ? `(${merged.map((one) => one.id).join(' ')})` : ''}`)
      .join('');
  return [...themes.map(({ id, items }) => `${id}:${list(items)}`), `-:${list(loose)}`].join(' | ');
}

function copy(doc: Y.Doc): Y.Doc {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
}

function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
}

describe('placing', () => {
  test('[B4] an item is placed before another one, or last', () => {
    const doc = board();
    edit.moveItem(doc, item('c'), theme('network'), item('a'), aida);
    expect(outline(doc)).toBe('network: c a b | training: | -:');
    edit.moveItem(doc, item('c'), theme('network'), item('b'), aida);
    expect(outline(doc)).toBe('network: a c b | training: | -:');
    edit.moveItem(doc, item('a'), theme('training'), null, aida);
    edit.moveItem(doc, item('b'), null, null, aida);
    expect(outline(doc)).toBe('network: c | training: a | -: b');
  });

  test('[B3] two people who move the same item leave it in one place, with its text', () => {
    const doc = board();
    const other = copy(doc);
    edit.moveItem(doc, item('a'), theme('training'), null, aida);
    edit.moveItem(other, item('a'), null, null, bek);
    exchange(doc, other);
    expect(outline(doc)).toBe(outline(other));
    expect(outline(doc).match(/ a/g)).toHaveLength(1);
    const shown = readBoard(doc);
    const moved = [...shown.themes.flatMap(({ items }) => items), ...shown.loose].find(({ id }) => id === 'a');
    expect(textOfBlocks(moved?.blocks ?? [])).toBe('text of a');
  });

  test('[B4] there is room between neighbours whose order keys two people made alike', () => {
    const doc = board();
    const other = copy(doc);
    add(doc, 'x', 'network');
    add(other, 'y', 'network', bek);
    exchange(doc, other);
    const keys = ['x', 'y'].map((id) => boardShape(doc).items.get(id)?.get('order'));
    expect(keys[0]).toBe(keys[1]);
    add(doc, 'z', 'network');
    edit.moveItem(doc, item('z'), theme('network'), item('y'), aida);
    const order = readBoard(doc).themes[0]?.items.map(({ id }) => id) ?? [];
    expect(order).toHaveLength(6);
    expect(order.indexOf(item('z'))).toBeLessThan(order.indexOf(item('y')));
  });

  test('[B4] themes are placed like items', () => {
    const doc = board();
    edit.moveTheme(doc, theme('training'), theme('network'), aida);
    expect(readBoard(doc).themes.map(({ id }) => id)).toEqual(['training', 'network']);
    edit.moveTheme(doc, theme('training'), null, aida);
    expect(readBoard(doc).themes.map(({ id }) => id)).toEqual(['network', 'training']);
  });

  test('[B5] removing a theme leaves its items on the board, without a theme', () => {
    const doc = board();
    edit.removeTheme(doc, theme('network'), aida);
    expect(outline(doc)).toBe('training: | -: a b c');
  });

  test('[B5] an item that somebody moves into a theme while another removes it stays', () => {
    const doc = board();
    const other = copy(doc);
    edit.removeTheme(doc, theme('training'), aida);
    edit.moveItem(other, item('a'), theme('training'), null, bek);
    exchange(doc, other);
    expect(outline(doc)).toBe('network: b c | -: a');
    expect(outline(other)).toBe(outline(doc));
  });

  test('[B3] two people who mend different words of a theme title both keep theirs', () => {
    const doc = board();
    edit.renameTheme(doc, theme('network'), 'Regional network of schools', aida);
    const other = copy(doc);
    edit.renameTheme(doc, theme('network'), 'Regional network of mountain schools', aida);
    edit.renameTheme(other, theme('network'), 'A regional network of schools', bek);
    exchange(doc, other);
    expect(readBoard(doc).themes[0]?.title.text).toBe('A regional network of mountain schools');
  });
});

describe('merging', () => {
  test('[B6] a merged item is shown inside the other one and both keep their text', () => {
    const doc = board();
    edit.mergeItems(doc, item('a'), item('b'), aida);
    expect(outline(doc)).toBe('network: b(a) c | training: | -:');
    const merged = readBoard(doc).themes[0]?.items[0]?.merged[0];
    expect(textOfBlocks(merged?.blocks ?? [])).toBe('text of a');
  });

  test('[B6] splitting shows it again right behind the item that it was in, wherever that is now', () => {
    const doc = board();
    edit.mergeItems(doc, item('a'), item('b'), aida);
    edit.moveItem(doc, item('b'), theme('training'), null, aida);
    add(doc, 'd', 'training');
    edit.splitItem(doc, item('a'), aida);
    expect(outline(doc)).toBe('network: c | training: b a d | -:');
  });

  test('[B6] what was merged moves along into a third item, and is not merged into itself', () => {
    const doc = board();
    edit.mergeItems(doc, item('a'), item('b'), aida);
    edit.mergeItems(doc, item('b'), item('c'), aida);
    expect(outline(doc)).toBe('network: c(a b) | training: | -:');
    edit.mergeItems(doc, item('c'), item('a'), aida);
    expect(outline(doc)).toBe('network: c(a b) | training: | -:');
  });

  test('[B6] when the item that others were merged into is removed, they are shown on their own', () => {
    const doc = board();
    edit.mergeItems(doc, item('a'), item('b'), aida);
    edit.removeItem(doc, item('b'), aida);
    expect(outline(doc)).toBe('network: a c | training: | -:');
  });

  test('[B7] two people who merge two items into each other see the same one, and can split them', () => {
    const doc = board();
    const other = copy(doc);
    edit.mergeItems(doc, item('a'), item('b'), aida);
    edit.mergeItems(other, item('b'), item('a'), bek);
    exchange(doc, other);
    expect(outline(doc)).toBe('network: a(b) c | training: | -:');
    expect(outline(other)).toBe(outline(doc));
    edit.splitItem(doc, item('b'), aida);
    expect(outline(doc)).toBe('network: a b c | training: | -:');
  });
});

describe('what belongs to an item', () => {
  test('[B13] a reaction is given once a seat and kind, and taken back', () => {
    const doc = board();
    edit.toggleReaction(doc, item('a'), 'agree', aida);
    edit.toggleReaction(doc, item('a'), 'agree', bek);
    edit.toggleReaction(doc, item('a'), 'agree', aida);
    edit.toggleReaction(doc, item('a'), 'heart', bek);
    expect(readBoard(doc).themes[0]?.items[0]?.reactions).toEqual({ agree: [bek.seat], heart: [bek.seat] });
  });

  test('[B14] comments are listed by time and can be removed', () => {
    const doc = board();
    const comment = (id: string, text: string) => ({ id: id as CommentId, text: { text, lang: 'ur' } });
    edit.addComment(doc, item('a'), comment('later', 'کون؟'), bek);
    edit.addComment(doc, item('a'), comment('first', 'Who pays?'), aida);
    const comments = () => readBoard(doc).themes[0]?.items[0]?.comments.map(({ id }) => id);
    expect(comments()).toEqual(['first', 'later']);
    edit.removeComment(doc, item('a'), 'first' as CommentId, aida);
    expect(comments()).toEqual(['later']);
  });

  test('[B12] the language of an item is that of its blocks without one of their own', () => {
    const doc = board();
    edit.setItemLanguage(doc, item('a'), 'ur', aida);
    expect(readBoard(doc).themes[0]?.items[0]).toMatchObject({ lang: 'ur', blocks: [{ lang: 'ur' }] });
  });
});

describe('[B11] what a newer or broken client left behind', () => {
  test('half-written records are skipped and hide nothing that was merged into them', () => {
    const doc = board();
    const { items, themes } = boardShape(doc);
    items.set('broken', new Y.Map(Object.entries({ order: 'a0', theme: 'network' })));
    items.set('number', 5 as never);
    themes.set('untitled', new Y.Map());
    items.get('a')?.set('merged', 'broken');
    items.get('b')?.set('theme', 'untitled');
    expect(outline(doc)).toBe('network: a c | training: | -: b');
  });

  test('an order that is no order key is first, and others can still be placed around it', () => {
    const doc = board();
    boardShape(doc).items.get('b')?.set('order', '!!');
    expect(outline(doc)).toBe('network: b a c | training: | -:');
    edit.moveItem(doc, item('c'), theme('network'), item('b'), aida);
    add(doc, 'd', 'network');
    expect(outline(doc)).toBe('network: b c a d | training: | -:');
  });

  test('a language that is none, and comments that are none, do not reach the page', () => {
    const doc = board();
    const record = boardShape(doc).items.get('a');
    record?.set('lang', '"><script>');
    (record?.get('comments') as Y.Map<unknown>).set('x', null);
    expect(readBoard(doc).themes[0]?.items[0]).toMatchObject({ lang: 'und', comments: [] });
  });
});
