import * as Y from 'yjs';
import { placeBeside, put, wordsIn, type Context, type Group } from './carried-words.ts';
import { deleteLetters, itemBeginningWith } from './letter-writes.ts';
import { holds, idsOf, itemOf, lettersOf, piecesOf, type Letters } from './letters.ts';
import type { MoveRecord } from './move-record.ts';
import { isAlive, type Moves } from './moves.ts';
import { find } from './places.ts';
import { learnParted, reunite } from './reunite.ts';
import { formatted, readShown, textsWithin, type Attributes, type Shown } from './shown.ts';
import { addToDeeds } from './undo-follows.ts';

/** Undo leaves alone what is carried: it is what somebody typed before, in another place. */
const CARRIED = Symbol('carried');

/**
 * Somebody split, joined or wrapped paragraphs and did not know yet what was done there.
 *
 * - What I typed there goes on in the copy. Its author alone carries it, so it arrives once.
 * - Two did it to the same letters: of the copies the one that has moved most often stays, else the later in the text. Whoever sees
 *   two deletes the other one. A copy that its mover left is then always behind one that is kept, in whatever order all this is heard.
 * - What I deleted there is deleted in the copy.
 * - What I typed in one go stands together, wherever it is.
 */
export function carryOver(transaction: Y.Transaction, records: readonly MoveRecord[], context: Context): void {
  if (transaction.origin === CARRIED) return;
  const { doc } = transaction;
  const others = records.filter(({ by }) => by !== doc.clientID);
  if (others.length === 0 && !isOwnGone(transaction, context)) return learnParted(transaction, context);
  doc.transact((inner) => {
    if (others.length > 0) follow(inner, transaction, others, context);
    learnParted(transaction, context);
    reunite(inner, context);
  }, CARRIED);
}

/** Whether somebody deleted what may be a copy of an own letter: the one that stays may be elsewhere. */
const isOwnGone = ({ doc, deleteSet }: Y.Transaction, { moves }: Context): boolean =>
  [...deleteSet.clients.keys()].some((client) => client === doc.clientID || moves.hasCopiesOf(client));

function follow(inner: Y.Transaction, outer: Y.Transaction, others: readonly MoveRecord[], context: Context): void {
  const now = readShown(context.fragment);
  const losers: Y.ID[] = [];
  for (const { letters, cut } of others) {
    for (const move of letters) learn(inner, move, now, losers, context);
    context.runs.part(cut);
  }
  for (const letters of lettersOf(losers)) deleteLetters(inner, letters);
  carryBehind(inner, losers, context);
  for (const record of others) if (!record.isCarry) carryOwn(inner, outer, record, context);
  takeHome(inner, context);
}

function learn(
  inner: Y.Transaction,
  { from, to }: MoveRecord['letters'][number],
  now: Shown,
  losers: Y.ID[],
  { moves, deletedHere, undoManager }: Context,
): void {
  for (const { item, part } of [...piecesOf(inner.doc, from)]) {
    if (item && !item.deleted) continue; // no move, whatever it says
    const target = Y.createID(to.client, to.clock + part.clock - from.clock);
    moves.add(part, target);
    addToDeeds(undoManager, part, target);
    const doomed: Y.ID[] = [];
    for (const [index, id] of idsOf(part).entries()) {
      const family = moves.familyOf(id).filter((one) => moves.isThere(one));
      if (family.length > 1) losers.push(...allButLast(family, now, moves));
      else if (deletedHere.some((letters) => holds(letters, id.client, id.clock))) {
        doomed.push(Y.createID(target.client, target.clock + index));
      }
    }
    for (const letters of lettersOf(doomed)) deleteLetters(inner, letters);
  }
}

/** Those of a family that do not stay. */
function allButLast(family: readonly Y.ID[], now: Shown, moves: Moves): Y.ID[] {
  const places = family.flatMap((id) => ({ id, spot: find(now, id) })).filter(({ spot }) => spot !== null);
  places.sort(
    (a, b) =>
      moves.hopsOf(a.id) - moves.hopsOf(b.id) ||
      a.spot!.paragraph - b.spot!.paragraph ||
      a.spot!.offset - b.spot!.offset,
  );
  return places.slice(0, -1).map(({ id }) => id);
}

function carryOwn(inner: Y.Transaction, outer: Y.Transaction, record: MoveRecord, context: Context): void {
  const { doc } = inner;
  const isMoved = (id: Y.ID) =>
    record.letters.some(
      ({ from }) => from.client === id.client && from.clock <= id.clock && id.clock < from.clock + from.length,
    );
  const gone = record.gone.flatMap((id) => itemOf(doc, id) ?? []);
  carryBehind(
    inner,
    record.letters.map(({ from }) => from),
    context,
  );
  for (const item of gone) {
    if (!(item.content instanceof Y.ContentType) || !Y.isParentOf(context.fragment, item)) continue;
    const seen = record.seen.get(doc.clientID) ?? 0;
    const isUnseen = ({ id, item: { content } }: Stretch) =>
      content instanceof Y.ContentString &&
      id.client === doc.clientID &&
      id.clock >= seen &&
      Y.isDeleted(outer.deleteSet, id);
    for (const text of textsWithin(item)) {
      const first = itemOf(doc, Y.createID(doc.clientID, seen));
      if (first?.parent === text && first.id.clock < seen) itemBeginningWith(inner, Y.createID(doc.clientID, seen));
    }
    for (const group of groupsIn([...textsWithin(item)], context.moves, isMoved, isUnseen))
      put(inner, group, context, item);
  }
}

/** Own letters that stand behind some that went elsewhere, in a text that is still there. */
function carryBehind(inner: Y.Transaction, moved: readonly (Letters | Y.ID)[], context: Context): void {
  const { doc } = inner;
  const { moves } = context;
  const texts = new Set<Y.XmlText>();
  const ids = new Set<string>();
  /** Where they went. */
  const goals = new Set<string>();
  for (const one of moved) {
    const letters = 'length' in one ? one : { client: one.client, clock: one.clock, length: 1 };
    for (const id of idsOf(letters)) {
      ids.add(keyOf(id));
      goals.add(keyOf(moves.follow(id)));
    }
    const text = itemOf(doc, Y.createID(letters.client, letters.clock))?.parent;
    if (text instanceof Y.XmlText && isAlive(text) && Y.isParentOf(context.fragment, text._item)) texts.add(text);
  }
  const isMoved = (id: Y.ID) => ids.has(keyOf(id));
  const isGoal = (letters: Letters) => idsOf(letters).some((one) => goals.has(keyOf(one)));
  for (const text of texts) {
    let isBehind = false;
    const isOwn = ({ item, id, isLetters }: Stretch) => {
      if (isMoved(item.id) || isMoved(item.lastId)) isBehind = true;
      else if (isLetters && moves.rootOf(id).client !== doc.clientID) isBehind = false;
      return isBehind && isLetters;
    };
    for (const group of groupsIn([text], moves, isMoved, isOwn)) {
      // a copy that stays comes before what was typed on
      group.words.sort((a, b) => Number(isGoal(b.letters)) - Number(isGoal(a.letters)));
      put(inner, group, context, null);
    }
  }
}

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

function itemsOf(text: Y.XmlText): Y.Item[] {
  const items: Y.Item[] = [];
  for (let item = text._start; item; item = item.right) items.push(item);
  return items;
}

/** Letters of one item that one author typed, or all of what has none. */
interface Stretch {
  readonly item: Y.Item;
  readonly id: Y.ID;
  readonly length: number;
  /** They are on the screen. */
  readonly isLetters: boolean;
}

function stretchesOf(item: Y.Item, moves: Moves): Stretch[] {
  const isLetters = !item.deleted && item.content instanceof Y.ContentString;
  const isWhole = !(item.content instanceof Y.ContentString) || !moves.hasCopiesOf(item.id.client);
  if (isWhole) return [{ item, id: item.id, length: item.length, isLetters }];
  const stretches: { item: Y.Item; id: Y.ID; length: number; isLetters: boolean; author: number }[] = [];
  for (const id of idsOf({ ...item.id, length: item.length })) {
    const author = moves.rootOf(id).client;
    const last = stretches.at(-1);
    if (last?.author === author) last.length += 1;
    else stretches.push({ item, id, length: 1, isLetters, author });
  }
  return stretches;
}

function groupsIn(
  texts: readonly Y.XmlText[],
  moves: Moves,
  isMoved: (id: Y.ID) => boolean,
  isOwn: (stretch: Stretch) => boolean,
): Group[] {
  const groups: Group[] = [];
  let open: Group | null = null;
  let left: Y.ID | null = null;
  let attributes: Attributes = {};
  for (const item of texts.flatMap(itemsOf)) {
    const { content } = item;
    if (!item.left) attributes = {};
    if (content instanceof Y.ContentFormat) {
      attributes = formatted(attributes, content);
      continue;
    }
    for (const stretch of stretchesOf(item, moves)) {
      if (isOwn(stretch) && content instanceof Y.ContentString) {
        open ??= { words: [], left, right: null };
        if (!groups.includes(open)) groups.push(open);
        const { id, length } = stretch;
        const from = id.clock - item.id.clock;
        open.words.push({ text: content.str.slice(from, from + length), attributes, letters: { ...id, length } });
      } else if (isMoved(item.id) || isMoved(item.lastId)) {
        if (open) open.right = item.id;
        open = null;
        left = item.lastId;
      }
    }
  }
  return groups;
}

function takeHome(inner: Y.Transaction, context: Context): void {
  const { moves, strays } = context;
  for (const { words, left, right } of strays.splice(0)) {
    const there = words.flatMap((letters) => lettersOf(idsOf(letters).filter((id) => moves.isThere(id))));
    if (there.length === 0) continue;
    if (!placeBeside(inner, left, right, context)) strays.push({ words: there, left, right });
    else {
      put(inner, { words: there.flatMap((letters) => wordsIn(inner.doc, letters)), left, right }, context, null);
      carryBehind(inner, there, context);
    }
  }
}
