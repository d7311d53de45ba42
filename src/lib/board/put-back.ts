import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { EMPTY_BOARD } from '#domain/board/board.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { BoardSession } from './board-session.svelte.ts';
import { lateWords, type Words } from './late-words.ts';

export type Drafts = Pick<DocumentConnection, 'drafts' | 'openDraft' | 'discardDraft'>;

/**
 * Brings kept words back onto the board: where they were typed when the copy is of this very document, else as ideas of their own.
 * Returns how many texts.
 */
export async function putBack(session: BoardSession, kept: Drafts, isOfThisBoard: boolean): Promise<number> {
  let count = 0;
  for (const draft of kept.drafts) {
    const copy = await kept.openDraft(draft);
    const known = draft.cause === 'late' && isOfThisBoard && draft.known !== null ? fromBase64(draft.known) : null;
    const all = lateWords(copy, draft.known, session.board);
    const isTaken = known !== null && session.takeIn(copy, known);
    const left = isTaken ? withoutPlace(all, session.doc, copy, known) : all;
    for (const { blocks } of left) session.addItem(textOfBlocks(blocks), null, blocks[0]?.lang);
    count += all.length;
    kept.discardDraft(draft);
    copy.destroy();
  }
  return count;
}

/** Copies of which every word is on the board by now are kept no more. */
export async function forgetReturned(session: BoardSession, kept: Drafts): Promise<void> {
  for (const draft of kept.drafts) {
    const copy = await kept.openDraft(draft);
    session.show();
    if (lateWords(copy, draft.known, session.board).length === 0) kept.discardDraft(draft);
    copy.destroy();
  }
}

/** Those that were typed into something that somebody has deleted since. */
function withoutPlace(all: readonly Words[], doc: Y.Doc, copy: Y.Doc, known: Uint8Array): readonly Words[] {
  const [before, after] = [Y.decodeStateVector(known), Y.decodeStateVector(Y.encodeStateVector(copy))];
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, clock]): [number, number] => {
    const from = before.get(client) ?? 0;
    return [client, (after.get(client) ?? 0) > from ? from : clock];
  });
  const placed = lateWords(doc, toBase64(Y.encodeStateVector(new Map(clocks))), EMPTY_BOARD).map(({ id }) => id);
  return all.filter(({ id }) => !placed.includes(id));
}
