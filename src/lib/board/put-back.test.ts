import { toBase64 } from 'lib0/buffer';
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { DraftCopy } from '#lib/sync/kept-copy.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { writeBlocks } from '#protocol/rich-text.ts';
import { BoardSession } from './board-session.svelte.ts';
import { KeptItems } from './kept-items.svelte.ts';
import { LateHere } from './late-here.svelte.ts';
import { forgetReturned, putBack } from './put-back.ts';

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (frame) => clearTimeout(frame);
});

const me = { seatId: 'aida' as SeatId, language: 'en' };

/** What the server has: ideas `one` and `two`. */
function serverBoard() {
  const server = new BoardSession(new Y.Doc(), { seatId: 'davron' as SeatId, language: 'en' });
  const items = { one: server.addItem('one', null), two: server.addItem('two', null) };
  return { server, ...items };
}

/** A copy that goes on after writing has closed. */
function lateCopy(server: BoardSession, write: (copy: BoardSession) => void, cause: DraftCopy['cause'] = 'late') {
  const copy = new BoardSession(new Y.Doc(), me);
  Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(server.doc));
  write(copy);
  const known = cause === 'late' ? toBase64(Y.encodeStateVector(server.doc)) : null;
  const draft: DraftCopy = { database: 'draft', cause, known, at: 0, edits: 1 };
  const held = Y.encodeStateAsUpdate(copy.doc);
  return {
    drafts: [draft],
    openDraft: () => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, held);
      return Promise.resolve(doc);
    },
    discardDraft(gone: DraftCopy) {
      this.drafts = this.drafts.filter((one) => one !== gone);
    },
  };
}

/** The board as the server has it, in this browser. */
function reopened(server: BoardSession): BoardSession {
  const here = new BoardSession(new Y.Doc(), me);
  Y.applyUpdate(here.doc, Y.encodeStateAsUpdate(server.doc));
  here.show();
  return here;
}

function write(session: BoardSession, item: ItemId, text: string): void {
  const paragraph = itemBody(session.doc, item)?.get(0) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).insert(0, text);
}

function shown(session: { show(): void; board: Board }): string[] {
  session.show();
  return session.board.loose.map(({ blocks }) => textOfBlocks(blocks));
}

test('[B76] late words come back where they were typed, into what others wrote since, and undo takes them out again', async () => {
  const { server, one } = serverBoard();
  const kept = lateCopy(server, (copy) => {
    write(copy, one, 'late ');
    copy.addItem('new', null);
    copy.comment(one, 'Why?');
  });
  write(server, one, 'theirs ');
  const here = reopened(server);
  expect(await putBack(here, kept, true)).toBe(3);
  expect(shown(here)[0]).toMatch(/late theirs one|theirs late one/);
  expect(shown(here).slice(1)).toEqual(['two', 'new']);
  expect(here.board.loose[0]?.comments).toHaveLength(1);
  expect(kept.drafts).toEqual([]);
  here.undo();
  expect(shown(here)).toEqual(['theirs one', 'two']);
});

test('[B76] what was typed in a text that is gone by now comes back as an idea', async () => {
  const { server, one } = serverBoard();
  const kept = lateCopy(server, (copy) => write(copy, one, 'late '));
  server.remove(one);
  const here = reopened(server);
  expect(await putBack(here, kept, true)).toBe(1);
  expect(shown(here)).toEqual(['two', 'late one']);
});

test('[B76] nor is a word lost that stood in a paragraph which is gone, though others have written in the text', async () => {
  const { server, one } = serverBoard();
  const kept = lateCopy(server, (copy) => write(copy, one, 'late '));
  itemBody(server.doc, one)!.delete(0, 1);
  writeBlocks(itemBody(server.doc, one)!, [{ kind: 'paragraph', lang: 'en', runs: [{ text: 'anew' }] }], 'en');
  const here = reopened(server);
  await putBack(here, kept, true);
  expect(shown(here)).toEqual(['anew', 'two', 'late one']);
});

test.each([
  ['of another board', 'late', false],
  ['of a board that was restored', 'restored', true],
] as const)(
  '[B76] words %s come onto this one as ideas, and nothing of that board with them',
  async (_, cause, isHere) => {
    const { server } = serverBoard();
    const kept = lateCopy(server, (copy) => copy.addItem('kept', null), cause);
    const elsewhere = new BoardSession(new Y.Doc(), me);
    elsewhere.addItem('here', null);
    await putBack(elsewhere, kept, isHere);
    expect(shown(elsewhere)).toEqual(cause === 'late' ? ['here', 'kept'] : ['here', 'one', 'two', 'kept']);
    expect(kept.drafts).toEqual([]);
  },
);

test('[B76] nor do themes of another board come along that the server never had', async () => {
  const kept = lateCopy(new BoardSession(new Y.Doc(), me), (copy) => {
    copy.addItem('kept', copy.addTheme('Water'));
  });
  const elsewhere = new BoardSession(new Y.Doc(), me);
  await putBack(elsewhere, kept, false);
  expect(shown(elsewhere)).toEqual(['Water', 'kept']);
  expect(elsewhere.board.themes).toEqual([]);
});

test('[Y10] [B76] a copy that builds on what is not here is not merged', async () => {
  const { server, one } = serverBoard();
  const kept = lateCopy(server, (copy) => write(copy, one, 'late '));
  const restored = serverBoard().server;
  const here = reopened(restored);
  await putBack(here, kept, true);
  expect(shown(here)).toEqual(['one', 'two', 'late one']);
  expect(here.doc.store.pendingStructs).toBeNull();
});

test('[B76] late words stand beside their items, and late items where they stood until they are let go', async () => {
  const { server, one, two } = serverBoard();
  const drafts = lateCopy(server, (copy) => {
    write(copy, one, 'late ');
    copy.move(copy.addItem('new', null), { theme: null, before: two });
  });
  const here = reopened(server);
  const [late, kept] = [new LateHere(), new KeptItems()];
  await late.read(drafts);
  late.place(here.board, kept);
  const [first, second] = here.board.loose as [Board['loose'][number], Board['loose'][number]];
  expect(textOfBlocks(late.at(first) ?? [])).toBe('late one');
  expect(late.at(second)).toBeUndefined();
  expect(kept.on(here.board).loose.map(({ blocks }) => textOfBlocks(blocks))).toEqual(['one', 'new', 'two']);
  kept.drop(kept.on(here.board).loose[1]!.id);
  late.place(here.board, kept);
  expect(kept.on(here.board)).toBe(here.board);
  drafts.drafts = [];
  await late.read(drafts);
  late.place(here.board, kept);
  expect([late.at(first), kept.on(here.board)]).toEqual([undefined, here.board]);
});

test('[B76] what was put back at its item alone is kept no more, once nothing else of its copy is missing', async () => {
  const { server, one } = serverBoard();
  let late = '' as ItemId;
  const kept = lateCopy(server, (copy) => {
    late = copy.addItem('new', null);
    copy.comment(one, 'Why?');
  });
  const here = reopened(server);
  const copy = new BoardSession(await kept.openDraft(), me);
  copy.show();
  here.bringBack(copy.item(late)!, { theme: null, above: null });
  await forgetReturned(here, kept);
  expect(kept.drafts).toHaveLength(1); // the comment
  here.comment(one, 'Why?');
  await forgetReturned(here, kept);
  expect(kept.drafts).toEqual([]);
});
