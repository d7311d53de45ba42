import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import * as edit from '#protocol/board/edit.ts';
import { comparisonOf } from './comparison.ts';

const writer = { seat: 'writer' as SeatId, at: 1 };
const id = (name: string) => name as ItemId;

function boardOf(...edits: ((doc: Y.Doc) => void)[]): Y.Doc {
  const doc = new Y.Doc();
  for (const change of edits) change(doc);
  return doc;
}
const theme = (name: string, title: string) => (doc: Y.Doc) =>
  edit.addTheme(doc, { id: name as ThemeId, title: { text: title, lang: 'en' } }, writer);
const item =
  (name: string, text: string, on: string | null = null, strong?: true) =>
  (doc: Y.Doc): void =>
    edit.addItem(
      doc,
      {
        ...{ id: id(name), theme: on as ThemeId | null, lang: 'en' },
        blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text, ...(strong && { strong }) }] }],
      },
      writer,
    );
const compared = (before: Y.Doc, after: Y.Doc) =>
  comparisonOf(Y.encodeStateAsUpdate(before), Y.encodeStateAsUpdate(after));
const copyOf = (doc: Y.Doc) => boardOf((copy) => Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc)));

describe('what changed between two versions', () => {
  test('[B135] tells each idea and theme once, with all that was done to it', () => {
    const before = boardOf(
      ...[theme('t1', 'Water'), theme('t2', 'Roads'), item('stays', 'Stays', 't1'), item('words', 'Two wells', 't1')],
      ...[item('moves', 'Moves', 't1'), item('both', 'One bridge', 't1'), item('goes', 'Goes', 't1')],
      ...[item('joins', 'Joins', 't1'), item('talked', 'Talked about', 't1')],
      ...[item('apart', 'Apart', 't1'), (doc: Y.Doc) => edit.mergeItems(doc, id('apart'), id('stays'), writer)],
    );
    const after = copyOf(before);
    const reword = (name: string, text: string) => {
      edit.removeItem(after, id(name), writer);
      item(name, text, 't1')(after);
    };
    reword('words', 'Three wells');
    reword('both', 'Two bridges');
    edit.moveItem(after, id('moves'), 't2' as ThemeId, null, writer);
    edit.moveItem(after, id('both'), null, null, writer);
    edit.removeItem(after, id('goes'), writer);
    edit.mergeItems(after, id('joins'), id('stays'), writer);
    edit.splitItem(after, id('apart'), writer);
    edit.addComment(after, id('talked'), { id: 'c1' as CommentId, text: { text: 'Who pays?', lang: 'en' } }, writer);
    item('new', 'New', null)(after);
    edit.renameTheme(after, 't2' as ThemeId, 'Roads and bridges', writer);
    const { items, themes, changes, beyond } = compared(before, after);
    expect(items).toEqual({
      ...{ added: 1, deleted: 1, reworded: 2, marked: 0, language: 0, moved: 2, merged: 1, split: 1, commented: 1 },
    });
    expect(themes).toMatchObject({ reworded: 1, added: 0, deleted: 0 });
    expect(beyond).toBe(0);
    const of = (text: string) =>
      changes.find(({ pieces }) =>
        pieces
          .map((piece) => piece.text)
          .join('')
          .includes(text),
      );
    expect(of('bridges')?.isTheme).toBe(true);
    expect(changes.find(({ deeds }) => deeds.length === 2)).toMatchObject({
      ...{ deeds: ['reworded', 'moved'], theme: null, movedFrom: { text: 'Water' } },
    });
    expect(of('Moves')).toMatchObject({
      deeds: ['moved'],
      theme: { text: 'Roads and bridges' },
      movedFrom: { text: 'Water' },
    });
    expect(of('Joins')).toMatchObject({ deeds: ['merged'], mergedInto: { text: 'Stays' } });
    expect(of('Talked')).toMatchObject({ deeds: ['commented'], comments: { added: 1, removed: 0 } });
    expect(changes.at(-1)).toMatchObject({ deeds: ['deleted'], pieces: [{ kind: 'removed', text: 'Goes' }] });
    expect(of('Stays')).toBeUndefined();
    expect(compared(after, after)).toMatchObject({ changes: [], beyond: 0 });
  });

  test('[B135] an idea whose marks or language changed is told, and a theme of the same id is another thing', () => {
    const before = boardOf(item('a', 'Wells'), theme('a', 'Water'), item('b', 'Roads'));
    const after = boardOf(item('a', 'Wells', null, true), theme('a', 'Water'), item('b', 'Roads'));
    edit.setItemLanguage(after, id('b'), 'ru', writer);
    expect(compared(before, after).changes.map(({ deeds }) => deeds)).toEqual([['marked'], ['language']]);
  });

  test('[B137] more than a page takes is counted', () => {
    const names = Array.from({ length: LIMITS.changesShown.most + 7 }, (_, index) => `item${index}`);
    const { items, changes, beyond } = compared(boardOf(), boardOf(...names.map((name) => item(name, name))));
    expect([items.added, changes.length, beyond]).toEqual([names.length, LIMITS.changesShown.most, 7]);
    const long = boardOf(...['a', 'b', 'c', 'd'].map((name) => item(name, `${name} `.repeat(90_000))));
    const few = compared(boardOf(), long);
    expect(few.changes.length).toBeGreaterThan(0);
    expect(few.changes.length + few.beyond).toBe(4);
    expect(few.beyond).toBeGreaterThan(0);
  });
});
