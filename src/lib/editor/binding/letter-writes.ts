import * as Y from 'yjs';
import { itemOf, joined, piecesOf, type Letters } from './letters.ts';
import type { Moves } from './moves.ts';
import { formatted, type Attributes } from './shown.ts';

/**
 * Letters directly behind the item `left`, whatever was written or deleted there meanwhile; null is the start.
 *
 * Yjs puts what it inserts by index behind all that was deleted at that place. Behind one's own last letter that is already
 * somebody else's place, and the words of the two would run through one another.
 *
 * A run of typing begins with a fence: a character deleted as it is written, behind which everybody else's letters come.
 */
export function writeLetters(
  transaction: Y.Transaction,
  { text, left }: LetterPlace,
  { words, marks, isRun }: { words: string; marks: Attributes; isRun: boolean },
): Letters[] {
  const inForce = attributesBehind(text, left);
  if (isSame(inForce, marks)) {
    if (isRun) insertBehind(transaction, text, left, new Y.ContentDeleted(1));
    const { id, length } = insertBehind(transaction, text, left, new Y.ContentString(words));
    return [{ client: id.client, clock: id.clock, length }];
  }
  const { doc } = transaction;
  const before = Y.getState(doc.store, doc.clientID);
  const ended = Object.keys(inForce).map((key) => [key, null] as const);
  text.insert(countedUntil(left), words, { ...Object.fromEntries(ended), ...marks });
  const written = lettersSince(doc, before);
  const last = written.at(-1);
  const end = last && itemOf(doc, Y.createID(last.client, last.clock + last.length - 1));
  if (isRun && end) insertBehind(transaction, text, end, new Y.ContentDeleted(1));
  return written;
}

/** What its author typed behind a letter, and others have not heard of, comes before what others write there. */
export function fenceBehind(transaction: Y.Transaction, id: Y.ID): void {
  const end = itemEndingWith(transaction, id);
  if (end?.parent instanceof Y.XmlText) insertBehind(transaction, end.parent, end, new Y.ContentDeleted(1));
}

export interface LetterPlace {
  readonly text: Y.XmlText;
  readonly left: Y.Item | null;
}

/** Behind everything deleted there, as where Yjs itself would write; but in front of letters that went elsewhere. */
export function behindTheDeleted({ text, left }: LetterPlace, moves: Moves): LetterPlace {
  let at = left;
  for (let next = at ? at.right : text._start; next?.deleted; next = next.right) {
    if (moves.hasMoved(next.id) || moves.hasMoved(next.lastId)) break;
    at = next;
  }
  return { text, left: at };
}

/** The item that ends with a letter. Halves of an emoji stay together: where Yjs parts them, it writes a sign for what is broken. */
export function itemEndingWith(transaction: Y.Transaction, id: Y.ID): Y.Item | null {
  const item = itemOf(transaction.doc, id);
  if (!item) return null;
  const end = isHalf(item, id.clock + 1) ? Y.createID(id.client, id.clock + 1) : id;
  return Y.getItemCleanEnd(transaction, transaction.doc.store, end) as Y.Item;
}

export function itemBeginningWith(transaction: Y.Transaction, id: Y.ID): Y.Item | null {
  const item = itemOf(transaction.doc, id);
  if (!item) return null;
  return Y.getItemCleanStart(transaction, isHalf(item, id.clock) ? Y.createID(id.client, id.clock - 1) : id) as Y.Item;
}

/** Whether a letter is the second half of one whose first half is in the same item. */
function isHalf({ id, content }: Y.Item, clock: number): boolean {
  if (!(content instanceof Y.ContentString) || clock <= id.clock) return false;
  const at = clock - id.clock;
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(content.str.slice(at - 1, at + 1));
}

export function deleteLetters(transaction: Y.Transaction, letters: Letters): void {
  for (const { item, part } of piecesOf(transaction.doc, letters)) {
    if (!item || item.deleted) continue;
    itemBeginningWith(transaction, Y.createID(part.client, part.clock));
    itemEndingWith(transaction, Y.createID(part.client, part.clock + part.length - 1))!.delete(transaction);
    forgetMarkers(item.parent);
  }
}

export function attributesBehind(text: Y.XmlText, left: Y.Item | null): Attributes {
  let attributes: Attributes = {};
  if (!left) return attributes;
  for (let item = text._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentFormat) attributes = formatted(attributes, item.content);
    if (item === left) break;
  }
  return attributes;
}

function insertBehind(
  transaction: Y.Transaction,
  text: Y.XmlText,
  left: Y.Item | null,
  content: Y.Item['content'],
): Y.Item {
  const { clientID, store } = transaction.doc;
  const right = left ? left.right : text._start;
  const id = Y.createID(clientID, Y.getState(store, clientID));
  const item = new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content);
  item.integrate(transaction, 0);
  forgetMarkers(text);
  return item;
}

/** Yjs remembers where in a text some places are, and moves them along with what it inserts itself. */
function forgetMarkers(text: unknown): void {
  if (text instanceof Y.XmlText && text._searchMarker) text._searchMarker.length = 0;
}

function countedUntil(left: Y.Item | null): number {
  let count = 0;
  for (let item = left; item; item = item.left) if (item.countable && !item.deleted) count += item.length;
  return count;
}

function lettersSince({ store, clientID }: Y.Doc, clock: number): Letters[] {
  const structs = store.clients.get(clientID) ?? [];
  const found: Letters[] = [];
  for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
    const item = structs[at];
    if (item instanceof Y.Item && item.content instanceof Y.ContentString && item.id.clock >= clock) {
      found.push({ client: clientID, clock: item.id.clock, length: item.length });
    }
  }
  return joined(found);
}

const isSame = (a: Attributes, b: Attributes): boolean => {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
};
