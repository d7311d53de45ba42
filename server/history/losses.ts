import type * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape, itemRecord } from '#protocol/board/shape.ts';
import type { Cut } from '#server/storage/cuts.ts';
import { Replay, type Rows } from './states.ts';

const MANY = 5; // ideas: what one person may take back with a few keys is not worth a version
const ANY_TEXT = 120; // characters on a board, of which most may be missed

export interface Lost {
  /** The last update before it. */
  readonly seq: number;
  readonly cut: Deletion;
}
type Deletion = Extract<Cut, { kind: 'deletion' }>;

/**
 * Where a version should end because much was deleted right after it. What was written between `before` and `beforeHeaviest` is in the
 * second only, and what was deleted between them in the first only.
 */
export function lossesIn(rows: Rows, before: number, beforeHeaviest: number): Lost[] {
  const replay = new Replay(rows);
  try {
    const first = shownAt(replay.upTo(before));
    const second = before === beforeHeaviest ? first : shownAt(replay.upTo(beforeHeaviest));
    const now = shownAt(replay.upTo(rows.snapshotSeq + rows.updates.length));
    const heaviest = lossOf(second.board, now.board, now.present);
    const later = heaviest ? second : now;
    const earlier = second === first ? null : lossOf(first.board, later.board, later.present);
    return [
      ...(earlier ? [{ seq: before, cut: earlier }] : []),
      ...(heaviest ? [{ seq: beforeHeaviest, cut: heaviest }] : []),
    ];
  } finally {
    replay.destroy();
  }
}

interface Shown {
  readonly board: Board;
  /** Ids of all that is there, where the board has no room for all. */
  readonly present: ReadonlySet<string>;
}

function shownAt(doc: Y.Doc): Shown {
  const board = readBoard(doc);
  const { items } = boardShape(doc);
  return { board, present: board.beyond ? new Set([...items.keys()].filter((id) => itemRecord(items, id))) : NONE };
}

const NONE: ReadonlySet<string> = new Set();

/** Null: not much. `present`: what is there afterwards although the board does not show it is not deleted. */
export function lossOf(before: Board, after: Board, present = NONE): Deletion | null {
  const is = standing(after);
  const was = new Map([...standing(before)].filter(([id]) => is.has(id) || !present.has(id)));
  const deleted = [...was.keys()].filter((id) => !is.has(id)).length;
  const merged = [...was].filter(([id, { isMerged }]) => !isMerged && is.get(id)?.isMerged).length;
  if (deleted < MANY && merged < MANY && !isMostGone(was, is)) return null;
  return { kind: 'deletion', deleted, merged: merged < MANY ? 0 : merged };
}

type Standing = ReadonlyMap<string, { readonly text: string; readonly isMerged: boolean }>;

function standing({ themes, loose }: Board): Standing {
  const found = new Map<string, { text: string; isMerged: boolean }>();
  const add = (items: readonly Item[], isMerged: boolean) => {
    for (const { id, blocks, merged } of items) {
      found.set(id, { text: textOfBlocks(blocks), isMerged });
      add(merged, true);
    }
  };
  for (const { items } of themes) add(items, false);
  add(loose, false);
  return found;
}

/** By words, so that a text in the place of another one counts. */
function isMostGone(was: Standing, is: Standing): boolean {
  let had = 0;
  let gone = 0;
  for (const [id, { text }] of was) {
    const left = new Set(wordsOf(is.get(id)?.text ?? ''));
    for (const word of wordsOf(text)) {
      had += word.length;
      if (!left.has(word)) gone += word.length;
    }
  }
  return had >= ANY_TEXT && gone * 2 > had;
}

const wordsOf = (text: string): string[] => text.match(/\S+/g) ?? [];
