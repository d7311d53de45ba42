import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import { isLanguage } from '#domain/languages/language.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import { isOrderKey } from '#protocol/board/order-key.ts';
import { outcomeFragment, OUTCOME_PARTS } from '#protocol/outcome-doc.ts';
import { parseOutcomeDocument } from '#protocol/outcome-schema.ts';
import { isSafeHref } from '#protocol/rich-text.ts';
import { readingOf, type ReadingJob } from '#server/documents/reading.ts';
import { makeEqual } from '#server/history/make-equal.ts';
import { changesOf } from '#server/history/changes.ts';
import { OUTCOME_FORMATS, renderOutcome } from '#server/outcome/render/render.ts';
import { BoardSession } from '#lib/board/board-session.svelte.ts';
import { lateWords } from '#lib/board/late-words.ts';
import { reuse } from '#lib/board/reuse.ts';
import { forum } from '../integration/outcome-sample.ts';
import { commit, deeds, INTACT, plant, plantBad } from './hostile-values.ts';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 500);
const SLOW_FORMATS_EACH = Math.ceil(DOCUMENTS / 4); // PDF and Word take a second
const OPENED_EACH = 10; // a person's deeds on an open board take as long as everything else

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (handle) => clearTimeout(handle);
});

const json = <T>(bytes: Uint8Array): T => JSON.parse(new TextDecoder().decode(bytes)) as T;
const read = (job: ReadingJob) => readingOf(job).json;
const itemsOf = ({ themes, loose }: Board): Item[] =>
  [...themes.flatMap(({ items }) => items), ...loose].flatMap((item) => [item, ...item.merged]);

function expectBlocks(blocks: readonly Block[]): void {
  for (const block of blocks) {
    expect(isLanguage(block.lang)).toBe(true);
    for (const runs of block.kind === 'list' ? block.items : [block.runs]) {
      for (const { text, href, strong, em } of runs) {
        expect(typeof text === 'string' && text !== '' && text.isWellFormed()).toBe(true);
        expect([strong, em].every((mark) => mark === undefined || mark === true)).toBe(true);
        expect(href === undefined || isSafeHref(href)).toBe(true);
      }
    }
  }
  expect(textOfBlocks(blocks).length).toBeLessThanOrEqual(LIMITS.textInOnePlace.most * 2);
}

/** What the types of a board promise. */
function expectWellTyped(board: Board): void {
  const ids = itemsOf(board).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(board.themes.map(({ id }) => id)).size).toBe(board.themes.length);
  for (const { title } of board.themes) expect(title.text.isWellFormed() && isLanguage(title.lang)).toBe(true);
  for (const item of itemsOf(board)) {
    expect(typeof item.by === 'string' && item.by.isWellFormed() && item.id.length > 0).toBe(true);
    expect(isLanguage(item.lang)).toBe(true);
    expect(new Date(item.at).getTime()).toBe(item.at);
    expectBlocks(item.blocks);
    for (const { text, at, id } of item.comments) {
      expect(text.text.isWellFormed() && isLanguage(text.lang) && id.length > 0).toBe(true);
      expect(new Date(at).getTime()).toBe(at);
    }
    for (const seats of Object.values(item.reactions)) expect(new Set(seats).size).toBe(seats.length);
    for (const inner of item.merged) expect(inner.merged).toEqual([]);
  }
  expect(JSON.parse(JSON.stringify(board))).toEqual(board);
}

test(`[B60] ${DOCUMENTS} documents of arbitrary values: every board well-typed, every format made, every other item as it was`, async () => {
  const pure = new Y.Doc();
  plant(pure);
  const planted = json<Board>(read({ kind: 'board', bytes: Y.encodeStateAsUpdate(pure) })).themes[0]!.items[0]!;
  const seen = { documents: 0, boards: 0, spoilt: 0, items: 0, formats: 0, restored: 0 };
  const spoiling = fc.asyncProperty(deeds, deeds, async (onBoard, onOutcome) => {
    const doc = new Y.Doc();
    plant(doc);
    plantBad(doc);
    const before = Y.encodeStateAsUpdate(doc);
    for (const deed of onBoard) commit(doc, deed);
    const bytes = Y.encodeStateAsUpdate(doc);
    const boardJson = read({ kind: 'board', bytes });
    const board = json<Board>(boardJson);
    expectWellTyped(board);
    const intact = itemsOf(board).find(({ id }) => id === INTACT.item);
    expect(intact).toEqual(planted);
    seen.boards += 1;
    seen.items += itemsOf(board).length;
    if (itemsOf(board).length !== 4) seen.spoilt += 1;

    // The outcome's own document, spoilt alike.
    const draft = new Y.Doc();
    for (const part of OUTCOME_PARTS) {
      for (const deed of onOutcome) {
        const value = deed.make();
        if (value instanceof Y.AbstractType) {
          try {
            outcomeFragment(draft, part).insert(0, [value as Y.XmlElement]);
          } catch {
            // Yjs writes no such thing
          }
        }
      }
    }
    const draftJson = read({ kind: 'draft', bytes: Y.encodeStateAsUpdate(draft), language: 'en' });
    for (const blocks of Object.values(json<Record<string, Block[]>>(draftJson))) expectBlocks(blocks);
    const room = { id: 'room0001', name: 'North' };
    const job = { kind: 'outcome' as const, forum, people: [], draft: draftJson, boards: [{ room, json: boardJson }] };
    const document = parseOutcomeDocument(json(read(job)));
    const recommendation = document.themes
      .flatMap(({ recommendations }) => recommendations)
      .find(({ id }) => id === INTACT.item);
    expect(recommendation?.blocks).toEqual(planted.blocks);

    const isSampled = seen.documents % SLOW_FORMATS_EACH === 0;
    seen.documents += 1;
    for (const format of OUTCOME_FORMATS) {
      if ((format === 'pdf' || format === 'docx') && !isSampled) continue;
      const { bytes: file } = await renderOutcome(document, format);
      seen.formats += 1;
      expect(file.length).toBeGreaterThan(100);
      if (format === 'pdf' || format === 'docx') continue;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
      expect(text).toContain('Плотина');
    }

    // Everything else that reads it: versions, restore, a draft on a device, an open board.
    expect(changesOf({ snapshot: bytes, snapshotSeq: 1, updates: [] }, [before, bytes])).toHaveLength(2);
    const restored = new Y.Doc();
    Y.applyUpdate(restored, bytes);
    const then = new Y.Doc();
    Y.applyUpdate(then, before);
    makeEqual(restored, then, new Set(['themes', 'items']));
    const back = json<Board>(read({ kind: 'board', bytes: Y.encodeStateAsUpdate(restored) }));
    const was = itemsOf(json<Board>(read({ kind: 'board', bytes: before })));
    expect(withoutOrder(itemsOf(back))).toEqual(withoutOrder(was, itemsOf(back)));
    expect(itemsOf(back).find(({ id }) => id === INTACT.item)).toEqual(planted);
    seen.restored += 1;
    lateWords(doc, null, { themes: [], loose: [] });
    expect(reuse(back, board)).toEqual(board);
    if (seen.documents % OPENED_EACH === 0) openAndUse(bytes, board);
  });
  await fc.assert(spoiling, { numRuns: DOCUMENTS, endOnFailure: process.env.SHRINK === undefined });
  console.log(JSON.stringify(seen));
  expect(seen.spoilt).toBeGreaterThan(DOCUMENTS / 10);
}, 1_800_000);

/** A time that was spoilt does not come back: whoever puts it there again is not who wrote the record. */
function withoutOrder(items: readonly Item[], told = items): unknown[] {
  const timeless = new Set(
    told.flatMap((item) => [item, ...item.comments]).flatMap(({ id, at }) => (at === 0 ? id : [])),
  );
  const timed = <T extends { id: string; at: number }>(one: T): T =>
    timeless.has(one.id as never) ? { ...one, at: 0 } : one;
  return items.map(({ merged: _, ...item }) => ({ ...timed(item), comments: item.comments.map(timed) }));
}

/** What a person does on an open board, with each item that it shows. */
function openAndUse(bytes: Uint8Array, board: Board): void {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, bytes);
  const session = new BoardSession(doc, { seatId: 'aidaseat' as never, language: 'en' });
  expect(session.board).toEqual(board);
  for (const { id } of itemsOf(board)) {
    session.react(id, 'heart');
    session.comment(id, 'why?');
    session.move(id, { theme: null, before: null });
    session.undo();
    session.merge(id, INTACT.item as never);
    session.split(id);
    session.setLanguage(id, 'ky');
    const back = session.remove(id);
    back();
  }
  for (const { id } of board.themes) session.renameTheme(id, 'named');
  session.addItem('new', null);
  for (const key of doc.getMap<Y.Map<unknown>>('items').keys()) {
    const order = (doc.getMap('items').get(key) as Y.Map<unknown> | undefined)?.get?.('order');
    if (isOrderKey(order)) expect(order.length).toBeLessThanOrEqual(LIMITS.orderKey.most);
  }
  session.destroy();
}
