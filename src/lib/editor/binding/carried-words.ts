import * as Y from 'yjs';
import {
  attributesBehind,
  behindTheDeleted,
  deleteLetters,
  itemBeginningWith,
  itemEndingWith,
  writeLetters,
  type LetterPlace,
} from './letter-writes.ts';
import { idsOf, piecesOf, type Letters } from './letters.ts';
import { writeRecord } from './move-record.ts';
import { isAlive, type Moves } from './moves.ts';
import type { Runs } from './runs.ts';
import { readShown, textsOf, type Attributes, type Shown } from './shown.ts';
import { addToDeeds } from './undo-follows.ts';

export interface Context {
  readonly fragment: Y.XmlFragment;
  readonly moves: Moves;
  readonly deletedHere: readonly Letters[];
  /** As it was before. */
  readonly shown: Shown;
  readonly undoManager: Y.UndoManager;
  readonly strays: Stray[];
  readonly runs: Runs;
}

/** Own letters that went to the refuge, as nothing that they stood beside was left: others may be about to carry that on. */
export interface Stray {
  readonly words: readonly Letters[];
  readonly left: Y.ID | null;
  readonly right: Y.ID | null;
}

/** Own letters that the mover did not know, in the order of the text, and the letters that they stood beside. */
export interface Group {
  words: { text: string; attributes: Attributes; letters: Letters }[];
  left: Y.ID | null;
  right: Y.ID | null;
}

/** Own letters, beside those that they stood beside, wherever these went. */
export function put(inner: Y.Transaction, { words, left, right }: Group, context: Context, gone: Y.Item | null): void {
  const { moves, undoManager } = context;
  const beside = placeBeside(inner, left, right, context);
  const copies: Letters[] = [];
  let place = beside ?? refuge(context, gone);
  for (const [index, { text, attributes, letters }] of words.entries()) {
    const at: LetterPlace = place;
    const marks = Object.keys(attributes).length > 0 ? attributes : attributesBehind(at.text, at.left);
    deleteLetters(inner, letters);
    const [written] = writeLetters(inner, at, { words: text, marks, isRun: index === 0 });
    if (!written) break;
    copies.push(written);
    const to = Y.createID(written.client, written.clock);
    moves.add(letters, to);
    addToDeeds(undoManager, letters, to);
    writeRecord(context.fragment, {
      letters: [{ from: letters, to }],
      gone: [],
      cut: [],
      seen: new Map(),
      isCarry: true,
    });
    place = {
      text: at.text,
      left: itemEndingWith(inner, Y.createID(written.client, written.clock + written.length - 1)),
    };
  }
  if (!beside) context.strays.push({ words: copies, left, right });
}

export function wordsIn(doc: Y.Doc, letters: Letters): Group['words'] {
  return [...piecesOf(doc, letters)].flatMap(({ item, part }) => {
    if (!item || !(item.content instanceof Y.ContentString)) return [];
    const from = part.clock - item.id.clock;
    const text = item.content.str.slice(from, from + part.length);
    return [{ text, attributes: attributesBehind(item.parent as Y.XmlText, item), letters: part }];
  });
}

export function placeBeside(
  inner: Y.Transaction,
  left: Y.ID | null,
  right: Y.ID | null,
  { moves }: Context,
): LetterPlace | null {
  const behind = left && itemEndingWith(inner, moves.follow(left));
  if (behind?.parent instanceof Y.XmlText && isAlive(behind.parent)) {
    const place = { text: behind.parent, left: behind };
    if (moves.rootOf(left!).client === inner.doc.clientID) return place;
    return behindTheDeleted(behindTheirs(inner, place, right && moves.follow(right), moves), moves);
  }
  if (!right) return null;
  const next = itemBeginningWith(inner, moves.follow(right));
  return next?.parent instanceof Y.XmlText && isAlive(next.parent) ? { text: next.parent, left: next.left } : null;
}

/** Behind what the author of a letter has typed on, and nobody has heard of where the own ones were written; not behind `right`. */
function behindTheirs(
  inner: Y.Transaction,
  { text, left }: { text: Y.XmlText; left: Y.Item },
  right: Y.ID | null,
  moves: Moves,
): LetterPlace {
  let end = left.lastId;
  for (let item = left.right; item; item = item.right) {
    if (item.deleted) continue;
    if (!(item.content instanceof Y.ContentString)) break;
    for (const id of idsOf({ ...item.id, length: item.length })) {
      const [last, next] = [moves.rootOf(end), moves.rootOf(id)];
      const isTheirs = last.client === next.client && last.clock < next.clock;
      if (!isTheirs || (right && Y.compareIDs(id, right))) return { text, left: itemEndingWith(inner, end) };
      end = id;
    }
  }
  return { text, left: itemEndingWith(inner, end) };
}

/** The end of the paragraph in front of one that went. */
function refuge({ fragment, shown }: Context, gone: Y.Item | null): LetterPlace {
  const at = shown.paragraphs.findIndex(({ element }) => element !== null && element._item === gone);
  const all = shown.paragraphs.flatMap(({ element }) => element ?? []);
  const alive = (element: Y.XmlElement) => readShown(fragment).paragraphs.some((now) => now.element === element);
  let home =
    all.find((element) => element === gone?.parent && alive(element)) ??
    all.slice(0, Math.max(0, at)).findLast(alive) ??
    all.find(alive) ??
    readShown(fragment).paragraphs[0]?.element;
  if (!home) {
    home = new Y.XmlElement('paragraph');
    fragment.insert(fragment.length, [home]);
  }
  let text = textsOf(home).at(-1);
  if (!text) {
    text = new Y.XmlText();
    home.insert(0, [text]);
  }
  let left: Y.Item | null = null;
  for (let item = text._start; item; item = item.right) left = item;
  return { text, left };
}
