import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Item } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import * as edit from '#protocol/board/edit.ts';
import { goneBy } from '#protocol/board/gone-by.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { scanUpdate } from '#protocol/update/scan.ts';
import { Authorship } from './authorship.ts';
import { DocumentLog } from './document-log.ts';
import { writersOf } from './news.ts';
import { Ownership } from './ownership.ts';
import { putDown } from './placement.ts';

const [AIDA, BEK, CHOLPON] = ['seataida', 'seatbek0', 'seatchol'] as [SeatId, SeatId, SeatId];

let log: DocumentLog;
let ownership: Ownership;
let authorship: Authorship;
beforeEach(() => {
  log = new DocumentLog([]);
  ownership = new Ownership(new Map());
  authorship = new Authorship(() => log, ownership);
});

/** Somebody's browser: what it has changed goes to the server in one update. */
class Page {
  readonly doc = new Y.Doc();
  readonly seat: SeatId;
  constructor(seat: SeatId) {
    this.seat = seat;
    this.read();
  }
  get writer(): edit.Writer {
    return { seat: this.seat, at: 1_000, origin: this };
  }
  read(): this {
    Y.applyUpdate(this.doc, log.whole());
    return this;
  }
  send(update = Y.encodeStateAsUpdate(this.doc, log.stateVector())): Uint8Array {
    const scanned = scanUpdate(update)!;
    expect(ownership.take(writersOf(scanned), this.seat)).toBe(true);
    const honest = authorship.honest(putDown(scanned, log.places)!, this.seat);
    log.append(honest);
    authorship.appended(honest);
    return honest.bytes;
  }
}

const id = 'item0001' as ItemId;
const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text: 'Better roads' }] }] as const;
const comment = (name: string, text = 'Who pays?') => ({ id: name as CommentId, text: { text, lang: 'en' } });

function stored(): Item[] {
  const board = readBoard(new Page(AIDA).doc);
  return [...board.loose, ...board.themes.flatMap(({ items }) => items)];
}

/** An idea of Bek's with a comment and a reaction of Cholpon's. */
function begin(): void {
  const bek = new Page(BEK);
  edit.addItem(bek.doc, { id, theme: null, lang: 'en', blocks }, bek.writer);
  bek.send();
  const cholpon = new Page(CHOLPON);
  edit.addComment(cholpon.doc, id, comment('comment1'), cholpon.writer);
  edit.toggleReaction(cholpon.doc, id, 'agree', cholpon.writer);
  cholpon.send();
}

describe('[Y85] nobody writes, comments, reacts or deletes in another’s name', () => {
  test('what names another seat is stored with nobody’s name, and its words are kept', () => {
    begin();
    const aida = new Page(AIDA);
    const asBek: edit.Writer = { ...aida.writer, seat: BEK };
    edit.addItem(aida.doc, { id: 'item0002' as ItemId, theme: null, lang: 'en', blocks }, asBek);
    edit.addComment(aida.doc, id, comment('comment2', 'I withdraw it'), asBek);
    edit.toggleReaction(aida.doc, id, 'heart', asBek);
    edit.addTheme(aida.doc, { id: 'theme001' as ThemeId, title: { text: 'Roads', lang: 'en' } }, asBek);
    aida.send();
    const [first, second] = stored();
    expect(second).toMatchObject({ by: '', blocks });
    expect(first?.comments.map(({ by, text }) => [by, text.text])).toEqual([
      [CHOLPON, 'Who pays?'],
      ['', 'I withdraw it'],
    ]);
    expect(first?.reactions).toEqual({ agree: [CHOLPON] });
    expect(boardShape(new Page(AIDA).doc).themes.get('theme001')?.get('by')).toBe('');
  });

  test('nor later, over what stands there: the author stays, and a comment keeps its author’s words', () => {
    begin();
    const aida = new Page(AIDA);
    const record = boardShape(aida.doc).items.get(id)!;
    aida.doc.transact(() => {
      record.set('by', AIDA);
      (record.get('comments') as Y.Map<unknown>).set('comment1', { by: CHOLPON, at: 1, text: 'I pay', lang: 'en' });
    });
    aida.send();
    expect(stored()[0]).toMatchObject({ by: BEK, comments: [{ by: '', text: { text: 'I pay' } }] });
    aida.read();
    aida.doc.transact(() => record.set('by', CHOLPON));
    aida.send();
    expect(stored()[0]?.by).toBe(BEK);
  });

  test('a reaction that somebody took back is not given again by others', () => {
    begin();
    const cholpon = new Page(CHOLPON);
    edit.toggleReaction(cholpon.doc, id, 'agree', cholpon.writer);
    cholpon.send();
    const aida = new Page(AIDA);
    (boardShape(aida.doc).items.get(id)?.get('reactions') as Y.Map<unknown>).set(`heart:${CHOLPON}`, 'x');
    aida.send();
    expect(stored()[0]?.reactions).toEqual({});
    cholpon.read();
    edit.toggleReaction(cholpon.doc, id, 'agree', cholpon.writer);
    cholpon.send();
    expect(stored()[0]?.reactions).toEqual({ agree: [CHOLPON] });
  });

  test('who deletes in another’s name is nobody', () => {
    begin();
    const bek = new Page(BEK);
    const record = boardShape(bek.doc).items.get(id);
    const aida = new Page(AIDA);
    let sent: Uint8Array = new Uint8Array();
    aida.doc.gc = false; // the mark is sent only while somebody can undo the deletion
    aida.doc.on('update', (update: Uint8Array) => (sent = update));
    edit.removeItem(aida.doc, id, { ...aida.writer, seat: CHOLPON });
    const told = aida.send(sent);
    let gone: ReturnType<typeof goneBy> = null;
    boardShape(bek.doc).items.observe(() => (gone = goneBy(record)));
    Y.applyUpdate(bek.doc, told);
    expect(gone).toMatchObject({ seat: '' });
  });
});

describe('[Y85] what others wrote comes back with their names', () => {
  test('when a deletion is undone, also after others have seen the board anew', () => {
    begin();
    for (const seat of [AIDA, CHOLPON]) {
      const page = new Page(seat);
      const undo = new Y.UndoManager([page.doc.getMap('items')], { trackedOrigins: new Set([page]) });
      edit.removeItem(page.doc, id, page.writer);
      page.send();
      expect(stored()).toEqual([]);
      undo.undo();
      page.send();
      expect(stored()).toMatchObject([
        { by: BEK, blocks, comments: [{ by: CHOLPON }], reactions: { agree: [CHOLPON] } },
      ]);
      authorship.forget();
    }
  });

  test('when an idea that others deleted is brought back', () => {
    begin();
    const [item] = stored();
    const bek = new Page(BEK);
    edit.removeItem(bek.doc, id, bek.writer);
    bek.send();
    const aida = new Page(AIDA);
    edit.bringBack(aida.doc, item!, { theme: null, above: null }, aida.writer);
    aida.send();
    expect(stored()).toEqual([item]);
  });

  test('an idea that was moved ten thousand times comes back like any other', () => {
    begin();
    const aida = new Page(AIDA);
    const record = boardShape(aida.doc).items.get(id)!;
    for (let time = 0; time < 10_000; time += 1) record.set('order', time % 2 ? 'a1' : 'a2');
    aida.send();
    const undo = new Y.UndoManager([aida.doc.getMap('items')], { trackedOrigins: new Set([aida]) });
    edit.removeItem(aida.doc, id, aida.writer);
    aida.send();
    undo.undo();
    aida.send();
    expect(stored()[0]?.by).toBe(BEK);
  });
});

test('[Y85] a document that is larger than what is read at once is not read: what names others then names nobody', () => {
  begin();
  const [item] = stored();
  const [bek, aida] = [new Page(BEK), new Page(AIDA)];
  edit.removeItem(bek.doc, id, bek.writer);
  bek.send();
  aida.read();
  const whole = log.whole.bind(log);
  Object.defineProperty(log, 'size', { value: 2_000_001 });
  log.whole = () => {
    throw new Error('was looked at');
  };
  edit.bringBack(aida.doc, item!, { theme: null, above: null }, aida.writer);
  aida.send();
  log.whole = whole;
  expect(stored()).toMatchObject([{ by: '', blocks, reactions: {} }]);
});

test('[Y85] own words, of whichever device, are stored as they are, without looking at the document', () => {
  begin();
  log.whole = () => {
    throw new Error('was looked at');
  };
  const own = new Y.Doc();
  const writer: edit.Writer = { seat: BEK, at: 1 };
  edit.addItem(own, { id: 'item0003' as ItemId, theme: null, lang: 'en', blocks }, writer);
  edit.addComment(own, 'item0003' as ItemId, comment('comment3'), writer);
  for (let time = 0; time < 3; time += 1) edit.toggleReaction(own, 'item0003' as ItemId, 'agree', writer);
  edit.moveItem(own, 'item0003' as ItemId, null, null, writer);
  const update = putDown(scanUpdate(Y.encodeStateAsUpdate(own))!, log.places)!;
  ownership.take(writersOf(update), BEK);
  expect(authorship.honest(update, BEK)).toBe(update);
});
