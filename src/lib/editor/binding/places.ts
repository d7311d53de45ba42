import * as Y from 'yjs';
import { itemOf, letterAt, offsetOf } from './letters.ts';
import type { Moves } from './moves.ts';
import type { Shown } from './shown.ts';

/** A place between letters that others may write around. */
export type Place =
  /** Behind or in front of a letter, wherever it goes. */
  | { readonly side: 'after' | 'before'; readonly id: Y.ID }
  /** The end of a paragraph, whoever goes on there; `last` is the letter in front of it. */
  | { readonly side: 'end'; readonly paragraph: Y.ID | null; readonly last: Y.ID | null };

export interface Spot {
  readonly paragraph: number;
  readonly offset: number;
}

/** What somebody pointed at: the letter on the right, as others' letters at that place come before it. */
export function placeOf({ paragraphs }: Shown, { paragraph, offset }: Spot): Place {
  const { element, letters } = paragraphs[paragraph]!;
  const next = letterAt(letters, offset);
  if (next) return { side: 'before', id: next };
  return { side: 'end', paragraph: element?._item?.id ?? null, last: letterAt(letters, offset - 1) };
}

/** Null when nothing around it is left. */
export function spotOf(place: Place, shown: Shown, moves: Moves, doc: Y.Doc): Spot | null {
  switch (place.side) {
    case 'after':
      return besideLetter(place.id, 'left', shown, moves, doc);
    case 'before':
      return besideLetter(place.id, 'right', shown, moves, doc);
    case 'end':
      return endOf(place, shown, moves, doc);
  }
}

function endOf({ paragraph, last }: Place & { side: 'end' }, shown: Shown, moves: Moves, doc: Y.Doc): Spot | null {
  const at = shown.paragraphs.findIndex(({ element }) => isItem(element, paragraph));
  const spot = last && besideLetter(last, 'left', shown, moves, doc);
  if (!spot) return at < 0 ? null : { paragraph: at, offset: lengthOf(shown, at) };
  // what was joined on behind it is another paragraph's text
  const { letters } = shown.paragraphs[spot.paragraph]!;
  let { offset } = spot;
  for (let next = letterAt(letters, offset); next && !moves.isCopy(next); next = letterAt(letters, offset)) offset += 1;
  return { paragraph: spot.paragraph, offset };
}

/** Beside a letter, or where it stood: beside the next one on that side that is left of its text. */
function besideLetter(id: Y.ID, side: 'left' | 'right', shown: Shown, moves: Moves, doc: Y.Doc): Spot | null {
  const letter = moves.follow(id);
  const found = find(shown, letter) ?? findCopy(id, shown, moves);
  if (found) return side === 'left' ? { ...found, offset: found.offset + 1 } : found;
  const item = itemOf(doc, letter);
  if (!item) return null;
  if (item.redone) {
    const { client, clock } = item.redone;
    return besideLetter(Y.createID(client, clock + letter.clock - item.id.clock), side, shown, moves, doc);
  }
  for (let next = item[side]; next; next = next[side]) {
    if (next.deleted || !(next.content instanceof Y.ContentString)) continue;
    const spot = find(shown, side === 'left' ? next.lastId : next.id);
    if (spot) return side === 'left' ? { ...spot, offset: spot.offset + 1 } : spot;
  }
  const at = shown.paragraphs.findIndex(({ element }) => element !== null && element === paragraphOf(item));
  if (at < 0) return null;
  return { paragraph: at, offset: side === 'left' ? 0 : lengthOf(shown, at) };
}

/** Before what was heard is shown, the screen has the letter that went. */
function findCopy(id: Y.ID, shown: Shown, moves: Moves): Spot | null {
  for (const copy of moves.familyOf(id)) {
    const found = find(shown, copy);
    if (found) return found;
  }
  return null;
}

export function find({ paragraphs }: Shown, id: Y.ID): Spot | null {
  for (const [paragraph, { letters }] of paragraphs.entries()) {
    const offset = offsetOf(letters, id);
    if (offset >= 0) return { paragraph, offset };
  }
  return null;
}

export const lengthOf = ({ paragraphs }: Shown, at: number): number =>
  paragraphs[at]!.letters.reduce((sum, { length }) => sum + length, 0);

const paragraphOf = (item: Y.Item): unknown => (item.parent as Y.AbstractType<unknown>)._item?.parent;

const isItem = (element: Y.XmlElement | null, id: Y.ID | null): boolean =>
  Y.compareIDs(element?._item?.id ?? null, id) && (element === null || id !== null);
