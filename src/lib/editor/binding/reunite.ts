import * as Y from 'yjs';
import { put, wordsIn, type Context } from './carried-words.ts';
import { idsOf, itemOf, letterBehind, lettersOf, piecesOf, type Letters } from './letters.ts';
import { isAlive } from './moves.ts';

/**
 * What was typed in one go stands together again, wherever its beginning went: two who move the same letters, each without having heard
 * of the other, may leave its parts in two places. Its author alone does it, so that it is done once.
 */
export function reunite(inner: Y.Transaction, context: Context): void {
  for (const run of context.runs) {
    let last: Y.ID | null = null;
    for (const { client, clock, length } of run.flatMap((letters) => [...stretchesIn(inner.doc, letters)])) {
      const root = Y.createID(client, clock);
      if (context.runs.isParted(root)) last = null;
      if (!context.moves.isThere(context.moves.follow(root))) continue;
      if (last && !isNext(inner.doc, last, context.moves.follow(root))) moveBehind(inner, last, root, context);
      last = context.moves.follow(Y.createID(client, clock + length - 1));
    }
  }
}

/** Letters that stand as they were typed, and one by one those that went. */
function* stretchesIn(doc: Y.Doc, letters: Letters): Generator<Letters> {
  for (const { item, part } of [...piecesOf(doc, letters)]) {
    if (item && isAlive({ _item: item })) yield part;
    else for (const id of idsOf(part)) yield { ...id, length: 1 };
  }
}

/** An own letter, and those of its run that still stand behind it. */
function moveBehind(inner: Y.Transaction, left: Y.ID, root: Y.ID, context: Context): void {
  const { doc } = inner;
  const { moves, runs } = context;
  const ids = [moves.follow(root)];
  for (let next = letterBehind(doc, ids[0]!); next; next = letterBehind(doc, next)) {
    const origin = moves.rootOf(next);
    if (!Y.compareIDs(origin, Y.createID(root.client, root.clock + ids.length)) || runs.isParted(origin)) break;
    ids.push(next);
  }
  const words = lettersOf(ids).flatMap((letters) => wordsIn(doc, letters));
  put(inner, { words, left, right: null }, context, null);
}

const isNext = (doc: Y.Doc, one: Y.ID, next: Y.ID): boolean => Y.compareIDs(letterBehind(doc, one), next);

/** Own letters in front of which others have typed, as they saw them there. */
export function learnParted({ doc, afterState, beforeState }: Y.Transaction, { moves, runs }: Context): void {
  for (const [client, end] of afterState) {
    const begin = beforeState.get(client) ?? 0;
    const structs = doc.store.clients.get(client);
    if (client === doc.clientID || begin >= end || !structs) continue;
    for (let at = Y.findIndexSS(structs, begin); at < structs.length; at += 1) {
      const struct = structs[at];
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const next = moves.isCopy(struct.id) ? null : behindFence(doc, struct);
      if (next) runs.part([next]);
    }
  }
}

/** What stood behind letters when they were typed; a run of typing begins in front of a fence of its own. */
function behindFence(doc: Y.Doc, { id, rightOrigin }: Y.Item): Y.ID | null {
  const isFence = rightOrigin?.client === id.client && rightOrigin.clock === id.clock - 1;
  return isFence ? (itemOf(doc, rightOrigin)?.rightOrigin ?? null) : rightOrigin;
}
