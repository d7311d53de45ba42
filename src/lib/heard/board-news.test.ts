import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { BoardSession } from '#lib/board/board-session.svelte.ts';
import { firstWords } from '#lib/board/first-words.ts';
import { REACTION_TEXTS } from '#lib/board/reaction-texts.ts';
import { loadCatalogue, type Locale } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { BoardNews } from './board-news.ts';
import { watchOthers } from './others-deeds.ts';

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (frame) => clearTimeout(frame);
});

const NAMES = ['Aida', 'Bek', 'Cholpon', 'Davron'];

/** Aida listens; the others write on copies of their own. */
async function table(locale: Locale = 'en') {
  const docs = NAMES.map(() => new Y.Doc());
  for (const doc of docs)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'wire');
    });
  const sessions = docs.map((doc, at) => new BoardSession(doc, { seatId: `seat${at}` as SeatId, language: 'en' }));
  const [aida] = sessions as [BoardSession];
  const t = translator(await loadCatalogue(locale), locale);
  const told: string[] = [];
  const gathered = new Map<string, () => string>();
  const clock = { now: 0 };
  const callOf = (id: ItemId) => {
    const item = aida.item(id);
    const words = item ? firstWords(item.blocks) : '';
    return t('board.called', { number: t('board.ideaNumber', { number: aida.place(id)?.number ?? '' }), words });
  };
  const news = new BoardNews({
    me: 'seat0' as SeatId,
    t,
    item: (id) => aida.item(id),
    callOf,
    titleOf: (theme: ThemeId | null) =>
      aida.board.themes.find(({ id }) => id === theme)?.title.text ?? t('board.loose'),
    nameOf: (seat) => NAMES[Number(seat.replace('seat', ''))] ?? null,
    reactionOf: (reaction) => t(REACTION_TEXTS[reaction], { count: 0 }),
    shorten: (words) => words.slice(0, 20),
    announce: (text) => told.push(text),
    gather: (key, render) => gathered.set(key, render),
    now: () => clock.now,
  });
  const seatOf = (client: number) => {
    const at = docs.findIndex(({ clientID }) => clientID === client);
    return at < 0 ? null : (`seat${at}` as SeatId);
  };
  watchOthers(docs[0]!, seatOf, (deeds) => news.hear(deeds), aida);
  return {
    sessions: sessions as [BoardSession, BoardSession, BoardSession, BoardSession],
    told,
    news,
    clock,
    /** What the digest says now. */
    digest() {
      for (const session of sessions) session.show();
      const words = [...gathered.values()].map((render) => render()).filter(Boolean);
      gathered.clear();
      return words;
    },
  };
}

function write(session: BoardSession, item: ItemId, text: string): void {
  ((itemBody(session.doc, item)?.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, text);
}

test('[B96] ideas of others are counted by who wrote them, and one’s own are not news', async () => {
  const { sessions, digest, told } = await table();
  const [aida, bek, cholpon, davron] = sessions;
  aida.addItem('mine', null);
  expect(digest()).toEqual([]);
  bek.addItem('one', null);
  expect(digest()).toEqual(['1 new idea by Bek.']);
  bek.addItem('two', null);
  bek.addItem('three', null);
  cholpon.addItem('four', null);
  davron.comment(bek.addItem('five', null), 'Good.');
  davron.addTheme('Network');
  expect(digest()).toEqual(['4 new ideas, 3 by Bek, 1 by Cholpon; 1 new theme; 1 new comment.']);
  expect(digest()).toEqual([]);
  expect(told).toEqual([]);
});

test('[B97] what is done to one’s own items is told at once, by whom, and with the names from before', async () => {
  const { sessions, told, digest } = await table();
  const [aida, bek, cholpon] = sessions;
  const mine = aida.addItem('More teachers', null);
  const other = aida.addItem('Fewer forms', null);
  const his = bek.addItem('Better roads', null);
  const theme = cholpon.addTheme('Network');
  digest();
  cholpon.comment(mine, 'Who pays?');
  bek.merge(his, other);
  bek.move(other, { theme, before: null });
  digest();
  cholpon.merge(mine, other);
  cholpon.remove(other);
  expect(told).toEqual([
    'Cholpon commented on your idea 1 “More teachers”: Who pays?',
    'Bek merged idea 3 “Better roads” into your item, idea 2 “Fewer forms”.',
    'Bek moved your idea 2 “Fewer forms” to Network.',
    'Cholpon merged your idea 1 “More teachers” into idea 1.1 “Fewer forms”.',
    'Deleted: your idea 1.1 “Fewer forms”.',
  ]);
  expect(digest()).toEqual([]);
});

test('[B96] one’s own words that come back from where they were kept are not news', async () => {
  const { sessions, digest } = await table();
  const [aida] = sessions;
  const mine = aida.addItem('More teachers', null);
  const known = Y.encodeStateVector(aida.doc);
  const kept = new Y.Doc();
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(aida.doc));
  ((itemBody(kept, mine)?.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Many ');
  expect(aida.takeIn(kept, known)).toBe(true);
  expect(firstWords(aida.item(mine)!.blocks)).toBe('Many More teachers');
  expect(digest()).toEqual([]);
});

test('[B96] what is done to items of others is counted', async () => {
  const { sessions, told, digest } = await table();
  const [, bek, cholpon, davron] = sessions;
  const ids = ['a', 'b', 'c', 'd'].map((text) => bek.addItem(text, null)) as [ItemId, ItemId, ItemId, ItemId];
  digest();
  for (let letter = 0; letter < 30; letter += 1) {
    write(cholpon, ids[0], 'x');
    write(davron, ids[0], 'y');
  }
  davron.move(ids[1], { theme: null, before: ids[0] });
  davron.merge(ids[2], ids[0]);
  davron.remove(ids[3]);
  expect(digest()).toEqual(['1 item is being edited; 1 item moved; 1 item merged; 1 item deleted.']);
  expect(told).toEqual([]);
});

test('[B96] who writes in one’s own item is told once, until they have left it alone for a minute', async () => {
  const { sessions, digest, clock } = await table();
  const [aida, bek, cholpon] = sessions;
  const mine = aida.addItem('More teachers', null);
  digest();
  for (let second = 0; second < 300; second += 1) {
    clock.now = second * 1_000;
    write(bek, mine, 'x');
    if (second === 0) write(cholpon, mine, 'y');
    if (second === 5)
      expect(digest()).toEqual([expect.stringMatching(/^Writing in your idea 1 “[^”]+”: Bek, Cholpon\.$/)]);
  }
  expect(digest()).toEqual([]);
  clock.now += 61_000;
  write(bek, mine, 'z');
  expect(digest()).toEqual([expect.stringMatching(/: Bek\.$/)]);
});

test('[B96] who comes and goes is folded, and who was away for a moment was not away', async () => {
  const { news, digest } = await table();
  const seats = (...nth: number[]) => nth.map((at) => `seat${at}` as SeatId);
  news.here(seats(0, 1, 2));
  expect(digest()).toEqual(['Now here: Bek, Cholpon.']);
  news.here(seats(0, 2));
  news.here(seats(0, 1, 2));
  expect(digest().filter(Boolean)).toEqual([]);
  news.here(seats(0, 3));
  expect(digest()).toEqual(['Now here: Davron. No longer here: Bek, Cholpon.']);
  news.here(Array.from({ length: 9 }, (_, at) => `seat${at}` as SeatId));
  expect(digest()).toEqual(['Now here: Bek, Cholpon, Somebody, 4 more.']);
});

test('[B96] that others come back after one’s own outage is no news, nor that they went with it', async () => {
  const { news, digest, clock } = await table();
  const seats = (...nth: number[]) => nth.map((at) => `seat${at}` as SeatId);
  news.away(); // a page that has just come
  news.here(seats(0, 1, 2));
  expect(digest()).toEqual(['Now here: Bek, Cholpon.']);
  news.here(seats(0, 2)); // the first that is seen of an outage
  news.away();
  expect(digest().filter(Boolean)).toEqual([]);
  clock.now = 60_000;
  news.here([]);
  clock.now = 65_000;
  news.here(seats(0, 1));
  expect(digest().filter(Boolean)).toEqual([]);
  clock.now = 80_000;
  news.here(seats(0, 1, 3));
  expect(digest()).toEqual(['Now here: Davron.']);
  news.here(seats(0, 3));
  expect(digest()).toEqual(['No longer here: Bek.']);
});

test('[B97] in Russian too', async () => {
  const { sessions, told, digest } = await table('ru');
  const [aida, bek, cholpon] = sessions;
  const mine = aida.addItem('Больше учителей', null);
  bek.addItem('Дороги', null);
  bek.addItem('Мосты', null);
  cholpon.comment(mine, 'Кто платит?');
  expect(told).toEqual(['Cholpon комментирует ваш пункт (идея 1 «Больше учителей»): Кто платит?']);
  expect(digest()).toEqual(['2 новые идеи, автор: Bek.']);
});

test('[B97] a reaction to one’s own item concerns one, once, and only while it stands', async () => {
  const { sessions, digest } = await table();
  const [aida, bek, cholpon] = sessions;
  const mine = aida.addItem('Tea for everybody', null);
  const other = bek.addItem('Bread', null);
  digest();
  bek.react(mine, 'agree');
  cholpon.react(mine, 'agree');
  cholpon.react(other, 'heart');
  bek.react(mine, 'question');
  bek.react(mine, 'question'); // taken back
  aida.react(mine, 'heart');
  expect(digest()).toEqual(['Agree: Bek, Cholpon, on your idea 1 “Tea for everybody”.']);
  expect(digest()).toEqual([]);
});

test('[B97] what was moved within its theme is not said to have gone to another', async () => {
  const { sessions, told } = await table();
  const [aida, bek] = sessions;
  const first = aida.addItem('First', null);
  const mine = aida.addItem('Mine', null);
  const theme = bek.addTheme('Schools');
  for (const session of [aida, bek]) session.show();
  bek.move(mine, { theme: null, before: first });
  bek.show();
  bek.move(mine, { theme, before: null });
  expect(told.map((line) => line.replace(/ your .*”/, ' it'))).toEqual([
    'Bek moved it up or down; it stays in Without a theme.',
    'Bek moved it to Schools.',
  ]);
});
