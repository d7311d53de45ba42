import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { guessLanguage } from '#domain/languages/guess-language.ts';
import * as edit from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { BoardSession } from './board-session.svelte.ts';

Object.assign(globalThis, { requestAnimationFrame: () => 1, cancelAnimationFrame: () => undefined });

const table = (language: string) => {
  const session = new BoardSession(new Y.Doc(), {
    seatId: 'seat' as SeatId,
    language,
    languages: ['en', 'ru', 'ky', 'ur'],
  });
  session.tellLanguagesBy(guessLanguage);
  return session;
};
const loose = (session: BoardSession) => readBoard(session.doc).loose[0]!;
const retype = (session: BoardSession, text: string) => {
  const { id } = loose(session);
  const paragraph = edit.itemBody(session.doc, id)!.get(0) as Y.XmlElement;
  const words = paragraph.get(0) as Y.XmlText;
  session.undoManager.stopCapturing();
  session.doc.transact(() => {
    words.delete(0, words.length);
    words.insert(0, text);
  }, session);
  session.followText(id);
};

test('[L8] English by an Urdu seat is English, and Urdu by an English seat Urdu: ideas, titles and comments', () => {
  for (const [own, text, lang] of [
    ['ur', 'Clean water for all', 'en'],
    ['en', 'صاف پانی سب کے لیے', 'ur'],
    ['ur', 'Айыл китепканаларын колдоо керек', 'ky'],
  ] as const) {
    const session = table(own);
    const id = session.addItem(text, null);
    session.comment(id, text);
    session.addTheme(text);
    const board = readBoard(session.doc);
    expect(board.loose[0]).toMatchObject({ lang, blocks: [{ lang }], comments: [{ text: { lang } }] });
    expect(board.themes[0]?.title.lang).toBe(lang);
  }
});

test('[L8] the language changes with the text until somebody says which it is, and can be let go again', () => {
  const session = table('ru');
  const id = session.addItem('Clean water', null);
  retype(session, 'Чистая вода для всех');
  expect(loose(session)).toMatchObject({ lang: 'ru' });
  session.setLanguage(id, 'ky');
  expect(loose(session)).toMatchObject({ lang: 'ky', langIsChosen: true, blocks: [{ lang: 'ky' }] });
  retype(session, 'صاف پانی سب کے لیے');
  expect(loose(session)).toMatchObject({ lang: 'ky', langIsChosen: true });
  session.setLanguage(id, null);
  expect(loose(session).lang).toBe('ur');
  expect(loose(session).langIsChosen).toBeUndefined();
});

test('[L8] a text that could be in several stays what it was, whoever opens it', () => {
  const [ky, kk] = [table('ky'), table('kk')];
  const id = ky.addItem('Банк', null);
  Y.applyUpdate(kk.doc, Y.encodeStateAsUpdate(ky.doc));
  const before = Y.encodeStateVector(kk.doc);
  kk.followText(id);
  expect(loose(kk).lang).toBe('ky');
  expect(Y.encodeStateVector(kk.doc)).toEqual(before);
});

test('[L8] no undo stops at it', () => {
  const session = table('en');
  session.addItem('Clean water', null);
  retype(session, 'صاف پانی سب کے لیے');
  expect(loose(session).lang).toBe('ur');
  expect([session.undo(), loose(session).blocks]).toMatchObject([true, [{ runs: [{ text: 'Clean water' }] }]]);
  expect([session.undo(), readBoard(session.doc).loose]).toEqual([true, []]);
  expect(session.canUndo).toBe(false);
});

test('[L8] lines in another alphabet have a language of their own', () => {
  const session = table('en');
  session.addItem('Clean water for all people of the valley\nصاف پانی سب کے لیے\n2027', null);
  expect(loose(session)).toMatchObject({ lang: 'en', blocks: [{ lang: 'en' }, { lang: 'ur' }, { lang: 'en' }] });
  retype(session, 'چائے سب کے لیے ہے اور پانی بھی سب کو ملے گا');
  expect(loose(session).lang).toBe('ur');
  expect(loose(session).blocks.map(({ lang }) => lang)).toEqual(['ur', 'ur', 'ur']);
});

test('[L9] what older programs stated wrongly has the direction of its alphabet', () => {
  const doc = new Y.Doc();
  const at = { seat: 'seat' as SeatId, at: 1 };
  const block = { kind: 'paragraph', lang: 'ur', runs: [{ text: 'Clean water' }] } as const;
  edit.addItem(doc, { id: 'item1' as never, theme: null, lang: 'ur', blocks: [block] }, at);
  edit.addTheme(doc, { id: 'theme1' as never, title: { text: 'Water', lang: 'ur' } }, at);
  edit.addComment(doc, 'item1' as never, { id: 'note1' as never, text: { text: 'Yes', lang: 'ur' } }, at);
  const board = readBoard(doc);
  expect(board.loose[0]).toMatchObject({ lang: 'und-Latn', blocks: [{ lang: 'und-Latn' }] });
  expect(board.loose[0]?.comments[0]?.text.lang).toBe('und-Latn');
  expect(board.themes[0]?.title.lang).toBe('und-Latn');
});
