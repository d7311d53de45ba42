import { beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { Announcements } from '#lib/heard/announcements.svelte.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import { Presence } from '#lib/sync/presence.svelte.ts';
import { Toasts } from '#lib/ui/toasts.svelte.ts';
import { Awareness } from 'y-protocols/awareness';
import { BoardDesk } from './board-desk.svelte.ts';
import { BoardSession } from './board-session.svelte.ts';
import { EarlyWords } from './early-words.ts';
import { KeptItems } from './kept-items.svelte.ts';
import { bringBack, found, letGo, lose } from './taken-away.ts';

const english = await loadCatalogue('en');
const [AIDA, BOLAT] = ['aida' as SeatId, 'bolat' as SeatId];

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (frame) => clearTimeout(frame);
  // nothing is shown here
  globalThis.document ??= { getElementById: () => null } as unknown as Document;
});

/** Aida at her desk, and Bolat at the same board. On it: the theme “Water” with “Wells”, and “Roads” without a theme. */
function table() {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  const link = (from: Y.Doc, to: Y.Doc) =>
    from.on('update', (update: Uint8Array, origin: unknown) => origin !== 'wire' && Y.applyUpdate(to, update, 'wire'));
  link(mine, theirs);
  link(theirs, mine);
  const session = new BoardSession(mine, { seatId: AIDA, language: 'en' });
  const bolat = new BoardSession(theirs, { seatId: BOLAT, language: 'en' });
  const water = session.addTheme('Water');
  const [wells, roads] = [session.addItem('Wells', water), session.addItem('Roads', null)];
  bolat.show();
  const awareness = new Awareness(mine);
  const presence = new Presence();
  presence.watch(awareness);
  const [toasts, announcements] = [new Toasts(), new Announcements()];
  const region = Symbol('page');
  announcements.open(region);
  const access = { canWrite: true, asksPeople: true, isClosed: false, whyClosed: null, away: null };
  const desk = new BoardDesk({
    ...{ session, awareness, presence, toasts, announcements, access },
    t: translator(english, 'en'),
    nameOf: (seat) => (seat === BOLAT ? 'Bolat' : null),
    leads: () => null,
    hueOf: () => 0,
    connection: null,
    place: { document: 'board', item: null, isComposing: false, board: null, kept: new KeptItems() },
  });
  const sitsAt = (item: ItemId | null) => {
    awareness.states.set(theirs.clientID, { seat: BOLAT, item });
    awareness.emit('change', [{ added: [], updated: [theirs.clientID], removed: [] }, 'wire']);
  };
  sitsAt(null);
  const words = () =>
    [...desk.board.themes.flatMap(({ items }) => items), ...desk.board.loose].map(({ blocks }) => textOfBlocks(blocks));
  return {
    ...{ desk, session, bolat, access, water, wells, roads, sitsAt, words },
    noted: () => toasts.shown.at(-1),
    heard: () => announcements.linesIn(region).at(-1)?.text,
  };
}

test('an item in a sentence has its number and its words, wherever it stands', () => {
  const { desk, session, wells, roads, water } = table();
  const { names } = desk;
  expect([names.callOf(wells), names.callOf(roads)]).toEqual(['1.1 “Wells”', 'idea 1 “Roads”']);
  expect([names.titleOf(water), names.titleOf(null)]).toEqual(['Water', 'Without a theme']);
  session.merge(roads, wells);
  expect(names.numberOf(roads)).toBe('1.1');
});

test('[B74] what was undone and done again is named', () => {
  const { desk, wells, noted } = table();
  desk.moves.to(wells, { theme: null, before: null });
  desk.takingBack.undo();
  expect(noted()?.text).toBe('Undone: “Wells” is in Water.');
  desk.takingBack.redo();
  expect(noted()?.text).toBe('Done again: “Wells” is in Without a theme.');
});

test('[B73] an undo that would undo what somebody else did says who it was', () => {
  const { desk, bolat, wells, roads, words, noted } = table();
  desk.moves.to(wells, { theme: null, before: roads });
  bolat.move(wells, { theme: null, before: null });
  desk.takingBack.undo();
  expect(noted()?.text).toBe('Bolat has changed this since: it stays as it is.');
  desk.session.show();
  expect(words()).toEqual(['Roads', 'Wells']);
});

test('[B72] an item in which somebody writes is deleted only after a question', () => {
  const { desk, wells, roads, sitsAt, words, noted } = table();
  sitsAt(wells);
  desk.removal.ask(wells);
  expect([desk.removal.asked?.id, words()]).toEqual([wells, ['Wells', 'Roads']]);
  desk.removal.remove(wells);
  expect([desk.removal.asked, words()]).toEqual([undefined, ['Roads']]);
  desk.removal.ask(roads);
  expect([desk.removal.asked, words(), noted()?.text]).toEqual([undefined, [], 'Deleted: idea 1 “Roads”.']);
  noted()?.action?.run();
  expect(words()).toEqual(['Roads']);
});

test('[B70] what others took away stays for whoever wrote in it, until they bring it back or let it go', async () => {
  const { desk, bolat, session, wells, roads, words, heard, noted } = table();
  const take = (item: ItemId) => {
    bolat.remove(item);
    lose(desk, item, { client: bolat.doc.clientID, seat: null });
    return session.show();
  };
  take(wells);
  await expect.poll(heard).toMatch(/^Bolat /);
  expect([words(), desk.names.labelOf(wells)]).toEqual([['Wells', 'Roads'], desk.names.callOf(wells)]);
  bringBack(desk, wells);
  expect([desk.kept.of(wells), words()]).toEqual([undefined, ['Wells', 'Roads']]);

  take(roads);
  letGo(desk, roads);
  expect(words()).toEqual(['Wells']);
  noted()?.action?.run();
  expect([desk.kept.of(roads)?.by, words()]).toEqual([BOLAT, ['Wells', 'Roads']]);
});

test('[B70] what comes back and goes again within a frame stays for whoever wrote in it', () => {
  const { desk, bolat, wells, words } = table();
  const by = { client: bolat.doc.clientID, seat: null };
  const putBack = bolat.remove(wells);
  lose(desk, wells, by);
  putBack();
  found(desk, wells);
  bolat.remove(wells);
  lose(desk, wells, by);
  expect([desk.kept.of(wells)?.by, words()]).toEqual([BOLAT, ['Wells', 'Roads']]);
});

test('what was on its way when writing ended does not happen, and that is said', () => {
  const { desk, access, wells, roads, words, noted } = table();
  desk.merging.begin(wells);
  access.canWrite = false;
  desk.merging.into(roads);
  expect(noted()?.text).toBe('Writing has ended meanwhile: nothing was changed.');
  desk.takingBack.undo();
  desk.removal.ask(wells);
  expect([desk.merging.item, words()]).toEqual([undefined, ['Wells', 'Roads']]);
});

test('[B99] whoever closes an editor with a key hears what was typed last, too', () => {
  const { session, desk, wells, words } = table();
  const field = vi.spyOn(EarlyWords.prototype, 'begin').mockReturnValue(); // there is no page
  desk.writing.begin(wells);
  const [paragraph] = itemBody(session.doc, wells)!.toArray() as Y.XmlElement[];
  (paragraph!.get(0) as Y.XmlText).insert(5, ' now');
  desk.writing.leave(wells, 'key');
  expect(words()).toContain('Wells now');
  field.mockRestore();
});
