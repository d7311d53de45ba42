import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ItemId, RoomId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import * as edit from '#protocol/board/edit.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { documentName } from '#protocol/document-name.ts';
import { scanStored } from '#protocol/update/scan.ts';
import { DeletionWatch } from './deletion-watch.ts';
import { lossesIn } from './losses.ts';

const BOARD = documentName({ kind: 'board', room: 'north0000001' as RoomId });
const writer = { seat: 'writer' as SeatId, at: 1 };
const id = (index: number) => `item${index}` as ItemId;
const add =
  (index: number, text = 'Wells') =>
  (doc: Y.Doc): void =>
    edit.addItem(
      doc,
      { id: id(index), theme: null, lang: 'en', blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }] },
      writer,
    );
const remove =
  (...indexes: number[]) =>
  (doc: Y.Doc): void =>
    doc.transact(() => indexes.forEach((index) => edit.removeItem(doc, id(index), writer)));
const merge = (from: number, into: number) => (doc: Y.Doc) => edit.mergeItems(doc, id(from), id(into), writer);
const textOf = (doc: Y.Doc, index: number) =>
  (edit.itemBody(doc, id(index))!.get(0) as Y.XmlElement).get(0) as Y.XmlText;
const eight = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => add(index));

/** Rows of these edits, one each second, and what the watch and then the closer look make of them. */
function lossesOf(...edits: ((doc: Y.Doc) => void)[]) {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  const watch = new DeletionWatch();
  let told = 0;
  const lost: (readonly [seq: number, deleted: number, merged: number])[] = [];
  const look = (second: number) => {
    for (const { before, beforeHeaviest } of watch.take(second * 1_000)) {
      told += 1;
      const rows = { snapshot: null, snapshotSeq: 0, updates };
      for (const { seq, cut } of lossesIn(rows, before, beforeHeaviest)) lost.push([seq, cut.deleted, cut.merged]);
    }
  };
  let second = 0;
  doc.on('update', (update: Uint8Array) => {
    updates.push(update);
    watch.stored(BOARD, updates.length, scanStored(update), second * 1_000);
  });
  for (const change of edits) {
    change(doc);
    look((second += 1));
  }
  look(second + 10);
  return { told, lost };
}

describe('before much is deleted', () => {
  test('[B132] all at once, or idea by idea', () => {
    expect(lossesOf(...eight, remove(0, 1, 2, 3, 4, 5, 6, 7))).toEqual({ told: 1, lost: [[8, 8, 0]] });
    expect(lossesOf(...eight, ...[0, 1, 2, 3, 4, 5].map((index) => remove(index)))).toEqual({
      told: 1,
      lost: [[8, 6, 0]],
    });
  });

  test('[B132] what others write between two deletions is kept too', () => {
    const { lost } = lossesOf(...eight, remove(0), add(20, 'Written meanwhile'), remove(1, 2, 3, 4, 5, 6, 7, 20));
    expect(lost).toEqual([[10, 8, 0]]);
    const bothAreMany = lossesOf(
      ...eight,
      ...[0, 1, 2, 3, 4].map((index) => remove(index)),
      ...[10, 11].map((index) => add(index)),
      remove(5, 6, 7, 10, 11),
    );
    expect(bothAreMany.lost).toEqual([
      [8, 5, 0],
      [15, 5, 0],
    ]);
  });

  test('[B132] a board that is cleared without a pause is looked at every half a minute', () => {
    const forty = Array.from({ length: 40 }, (_, index) => index);
    const { told, lost } = lossesOf(...forty.map((index) => add(index)), ...forty.map((index) => remove(index)));
    expect(told).toBe(2);
    expect(lost.map(([seq]) => seq)).toEqual([40, 70]);
  });

  test('[B132] much that was noticed is told, also when more is deleted before anybody looks', () => {
    const doc = new Y.Doc();
    eight.forEach((change) => change(doc));
    const watch = new DeletionWatch();
    let seq = 8;
    doc.on('update', (update: Uint8Array) => watch.stored(BOARD, (seq += 1), scanStored(update), seq * 10_000));
    remove(0, 1, 2, 3, 4, 5)(doc);
    remove(6)(doc);
    expect(watch.take(seq * 10_000 + 5_000)).toMatchObject([{ before: 8, beforeHeaviest: 8 }]);
  });

  test('[B132] five ideas that are merged away', () => {
    expect(lossesOf(...eight, ...[1, 2, 3, 4, 5].map((index) => merge(index, 0)))).toEqual({
      told: 1,
      lost: [[8, 0, 5]],
    });
  });

  test('[B132] most of the words, though every idea stays', () => {
    const long = add(0, 'A long recommendation about water. '.repeat(10));
    const clear = (doc: Y.Doc) => textOf(doc, 0).delete(0, textOf(doc, 0).length);
    const replace = (doc: Y.Doc) => doc.transact(() => (clear(doc), textOf(doc, 0).insert(0, 'x'.repeat(350))));
    expect(lossesOf(long, clear).lost).toEqual([[1, 0, 0]]);
    expect(lossesOf(long, replace).lost).toEqual([[1, 0, 0]]);
  });

  test('[B132] not when words are corrected, an idea goes, or ideas are moved', () => {
    const correct = (doc: Y.Doc) => (textOf(doc, 0).delete(0, 3), textOf(doc, 0).insert(0, 'Bel'));
    expect(lossesOf(...eight, ...Array.from({ length: 60 }, () => correct))).toEqual({ told: 0, lost: [] });
    expect(lossesOf(...eight, remove(0), remove(1)).lost).toEqual([]);
    const move = (index: number) => (doc: Y.Doc) => edit.moveItem(doc, id(index), null, null, writer);
    expect(lossesOf(...eight, ...[0, 1, 2, 3, 4, 5].map(move))).toEqual({ told: 1, lost: [] });
  });

  test('[B132] two clearings a minute apart are two', () => {
    const pause = Array.from({ length: 10 }, () => () => undefined);
    const { lost } = lossesOf(
      ...eight,
      remove(0, 1, 2, 3, 4),
      ...pause,
      ...[8, 9, 10, 11].map((i) => add(i)),
      remove(5, 6, 7, 8, 9, 10, 11),
    );
    expect(lost).toEqual([
      [8, 5, 0],
      [13, 7, 0],
    ]);
  });
});

test('[B132] what a board has no room for any more is not deleted', () => {
  const flood = (doc: Y.Doc) =>
    doc.transact(() => {
      for (let index = 0; index < LIMITS.itemsOnBoard.most; index += 1) {
        boardShape(doc).items.set(`flood${index}`, new Y.Map<unknown>([['at', 2], ['body', new Y.XmlFragment()]])); // prettier-ignore
      }
    });
  const several = (doc: Y.Doc) => {
    remove(0)(doc);
    doc.transact(() => [1, 2, 3, 4, 5, 6, 7].forEach((index) => boardShape(doc).items.get(id(index))!.set('at', 9)));
  };
  expect(lossesOf(...eight, flood, several).lost).toEqual([]);
  expect(lossesOf(...eight, flood, several, remove(1, 2, 3, 4, 5)).lost).toEqual([[10, 5, 0]]);
});
