import type { Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import { fenceBehind } from './letter-writes.ts';
import { idsOf, letterAt, piecesOf, slice, type Letters } from './letters.ts';
import { writeRecord } from './move-record.ts';
import { isAlive, type Moves } from './moves.ts';
import { readShown, startsOf, textsWithin, type Shown } from './shown.ts';

export interface Move {
  readonly from: Letters;
  readonly to: Y.ID;
}

/**
 * Paragraphs, lists and marks. What y-prosemirror deletes and writes anew elsewhere is found by the editor's step, which knows where
 * each letter went, and recorded for the others.
 */
export function writeStructure(
  transaction: Y.Transaction,
  step: Step,
  after: Node,
  cut: readonly Y.ID[],
  { fragment, shown, moves }: { fragment: Y.XmlFragment; shown: Shown; moves: Moves },
): void {
  const { doc } = transaction;
  const mapping = new Map() as Parameters<typeof updateYFragment>[3]['mapping'];
  for (const [index, start] of startsOf(shown.doc).entries()) {
    const { element } = shown.paragraphs[index]!;
    if (element) mapping.set(element, shown.doc.resolve(start).parent);
  }
  const known = new Map([...doc.store.clients.keys()].map((client) => [client, Y.getState(doc.store, client)]));
  updateYFragment(doc, fragment, after, { mapping, isOMark: new Map() });

  const now = readShown(fragment);
  const found = movesBetween(doc, step, shown, now);
  const gone = goneIn(transaction, fragment);
  for (const { from, to } of found) moves.add(from, to);
  fenceStretches(transaction, found, moves);
  if (found.length === 0 && gone.length === 0 && cut.length === 0) return;
  writeRecord(fragment, {
    letters: found,
    gone: gone.map(({ id }) => id),
    isCarry: false,
    cut,
    seen: new Map([...authorsIn(gone)].map((client) => [client, known.get(client) ?? 0])),
  });
}

/** Letters in front of which a step puts something that parts them from the letter before: a new paragraph, most often. */
export function cutIn(step: Step, { doc, paragraphs }: Shown): Y.ID[] {
  const cut: Y.ID[] = [];
  const starts = startsOf(doc);
  step.getMap().forEach((from, to, newFrom, newTo) => {
    if (newTo === newFrom) return;
    const paragraph = starts.findLastIndex((start) => start <= to);
    const next = letterAt(paragraphs[paragraph]?.letters ?? [], to - (starts[paragraph] ?? 0));
    if (next && from > starts[paragraph]!) cut.push(next);
  });
  return cut;
}

/** Letters that a step has put into paragraphs: lines that were pasted. */
export function typedIn(step: Step, { doc, paragraphs }: Shown, isOwn: (letters: Letters) => boolean): Letters[][] {
  const starts = startsOf(doc);
  const typed: Letters[][] = [];
  step.getMap().forEach((_from, _to, from, to) => {
    for (const [index, { letters }] of paragraphs.entries()) {
      typed.push(slice(letters, from - starts[index]!, to - starts[index]!).filter(isOwn));
    }
  });
  return typed.filter((line) => line.length > 0);
}

function movesBetween(doc: Y.Doc, step: Step, before: Shown, now: Shown): Move[] {
  const found: Move[] = [];
  const starts = startsOf(before.doc);
  const nowStarts = startsOf(now.doc);
  const map = step.getMap();
  for (const [index, { letters }] of before.paragraphs.entries()) {
    let position = starts[index]!;
    for (const run of letters) {
      for (const { item, part } of piecesOf(doc, run)) {
        if (!item || item.deleted) found.push(...movesOf(part, position));
        position += part.length;
      }
    }
  }
  return found;

  function movesOf(part: Letters, begin: number): Move[] {
    const list: Move[] = [];
    for (let index = 0; index < part.length; index += 1) {
      const { pos, deletedAfter } = map.mapResult(begin + index, 1);
      if (deletedAfter) continue;
      const paragraph = nowStarts.findLastIndex((start) => start <= pos);
      const to = letterAt(now.paragraphs[paragraph]?.letters ?? [], pos - (nowStarts[paragraph] ?? 0));
      if (to?.client !== doc.clientID) continue;
      const last = list.at(-1);
      const follows =
        last &&
        last.from.clock + last.from.length === part.clock + index &&
        last.to.clock + last.from.length === to.clock;
      if (follows) list[list.length - 1] = { ...last, from: { ...last.from, length: last.from.length + 1 } };
      else list.push({ from: { client: part.client, clock: part.clock + index, length: 1 }, to });
    }
    return list;
  }
}

/** The outermost of what went: a paragraph, all of a list, one of two texts in a paragraph. */
export function goneIn(transaction: Y.Transaction, fragment: Y.XmlFragment): Y.Item[] {
  const gone: Y.Item[] = [];
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return;
    const isOutermost = isAlive(struct.parent as Y.XmlElement);
    if (isOutermost && Y.isParentOf(fragment, struct)) gone.push(struct);
  });
  return gone;
}

export function authorsIn(gone: readonly Y.Item[]): Set<number> {
  const authors = new Set<number>();
  for (const top of gone) {
    for (const text of textsWithin(top)) {
      for (let item = text._start; item; item = item.right) authors.add(item.id.client);
    }
  }
  return authors;
}

/** Behind each author's letters among those that went: they may be going on there, and nobody has heard of it. */
export function fenceStretches(transaction: Y.Transaction, found: readonly Move[], moves: Moves): void {
  const ends: Y.ID[] = [];
  let before: { root: Y.ID; copy: Y.ID } | null = null;
  for (const { from, to } of found) {
    for (const [index, id] of idsOf(from).entries()) {
      const root = moves.rootOf(id);
      const isNext = before?.root.client === root.client && before.root.clock + 1 === root.clock;
      if (before && !isNext) ends.push(before.copy);
      before = { root, copy: Y.createID(to.client, to.clock + index) };
    }
  }
  if (before) ends.push(before.copy);
  for (const copy of ends) if (moves.rootOf(copy).client !== transaction.doc.clientID) fenceBehind(transaction, copy);
}
