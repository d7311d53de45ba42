import type { Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Selection, type Transaction } from 'prosemirror-state';
import type { Step } from 'prosemirror-transform';
import { ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { put, type Context, type Stray } from './carried-words.ts';
import { carryOver } from './carry-over.ts';
import {
  behindTheDeleted,
  deleteLetters,
  fenceBehind,
  itemEndingWith,
  writeLetters,
  type LetterPlace,
} from './letter-writes.ts';
import { idsOf, itemOf, letterAt, lettersOf, piecesOf, slice, splice, type Letters } from './letters.ts';
import { keptRecords, newRecords, writeRecord } from './move-record.ts';
import { isAlive, Moves } from './moves.ts';
import { placeOf, spotOf, type Place, type Spot } from './places.ts';
import { Runs } from './runs.ts';
import { readShown, startsOf, textsOf, type Attributes, type Paragraph, type Shown } from './shown.ts';
import { authorsIn, cutIn, fenceStretches, goneIn, typedIn, writeStructure } from './structure-writes.ts';
import { textEdit, type TextEdit } from './text-edit.ts';
import { movesOfUndo, withinUndo } from './undo-writes.ts';
import { wordsTaken } from './words-taken.ts';

export interface Places {
  readonly anchor: Place;
  readonly head: Place;
}

/** Words of one person that belong together: what is typed next goes behind this letter. */
interface Run {
  readonly last: Y.ID;
}

const DELETED = 1_000; // stretches: what somebody deletes while others do not know of it

/**
 * A shared text and the editor's document, kept the same in both directions.
 *
 * y-prosemirror compares the two texts and writes the difference, by number of letter. So it cannot tell one of two equal letters
 * from the other, and takes what came in between for the editor's doing. Here what is typed is written as the step that the editor
 * took, at the letters that stood on the screen; the rest (paragraphs, lists, marks) is still y-prosemirror's difference.
 */
export class BoundText {
  readonly fragment: Y.XmlFragment;
  readonly doc: Y.Doc;
  readonly moves: Moves;
  /** What was deleted in this editor, by its author's hand. */
  readonly deletedHere: Letters[] = [];
  readonly undoManager: Y.UndoManager;
  readonly #strays: Stray[] = [];
  readonly #runs: Runs;
  #shown: Shown;
  #run: Run | null = null;
  #isWriting = false;

  constructor(fragment: Y.XmlFragment, undoManager: Y.UndoManager) {
    this.fragment = fragment;
    this.doc = fragment.doc!;
    this.undoManager = undoManager;
    this.moves = new Moves(this.doc);
    this.#runs = new Runs(this.doc.clientID, this.moves);
    this.#shown = readShown(fragment);
    for (const { letters } of keptRecords(fragment)) for (const { from, to } of letters) this.moves.add(from, to);
    withinUndo(undoManager, fragment, (transaction, step) => this.#recordUndo(transaction, step));
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** Whether a transaction of the shared document is what the editor is writing just now. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Somebody put the caret elsewhere: what they type there belongs to what stands there. */
  endRun(): void {
    this.#run = null;
  }

  /** What the editor did. The shared text must be as the editor shows it when paragraphs, lists or marks change. */
  write(transaction: Transaction): void {
    this.#isWriting = true;
    try {
      this.doc.transact((inner) => {
        for (const [index, step] of transaction.steps.entries()) {
          const after = transaction.docs[index + 1] ?? transaction.doc;
          const edit = textEdit(step, transaction.docs[index]!);
          if (edit && this.#shown.paragraphs[edit.paragraph]?.element) this.#writeText(inner, edit, after);
          else this.#writeStructure(inner, step, after);
        }
      }, ySyncPluginKey);
    } finally {
      this.#isWriting = false;
    }
  }

  /** What others did, and what undo did: letters are carried to where their neighbours went. */
  hear(transaction: Y.Transaction): void {
    carryOver(transaction, newRecords(transaction, this.fragment), this.#context);
  }

  shows(shown: Shown): void {
    this.#shown = shown;
  }

  paragraphAt(position: number): Paragraph {
    return this.#shown.paragraphs[this.#spotAt(position).paragraph]!;
  }

  placesOf({ anchor, head, empty }: Selection): Places {
    if (empty) {
      const place = this.#caretOf(anchor);
      return { anchor: place, head: place };
    }
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
    const begin = placeOf(this.#shown, this.#spotAt(from));
    const end = this.#behind(this.#spotAt(to));
    return anchor < head ? { anchor: begin, head: end } : { anchor: end, head: begin };
  }

  /** Null when nothing around one of them is left. */
  positionOf(place: Place): number | null {
    const spot = spotOf(place, this.#shown, this.moves, this.doc);
    return spot && startsOf(this.#shown.doc)[spot.paragraph]! + spot.offset;
  }

  /** Where the caret goes when its text is gone: the end of the paragraph before. */
  refuge(before: EditorState, after: Node): number {
    const { paragraph } = this.#spotIn(before.doc, before.selection.head);
    const starts = startsOf(after);
    const start = starts[Math.min(Math.max(0, paragraph - 1), starts.length - 1)] ?? 1;
    return TextSelection.near(after.resolve(after.resolve(start).end()), -1).head;
  }

  get #context(): Context {
    const { fragment, moves, deletedHere, undoManager } = this;
    return { fragment, moves, deletedHere, undoManager, shown: this.#shown, strays: this.#strays, runs: this.#runs };
  }

  #caretOf(position: number): Place {
    const spot = this.#spotAt(position);
    return this.#run && this.#isAt(this.#run, spot)
      ? { side: 'after', id: this.#run.last }
      : placeOf(this.#shown, spot);
  }

  #behind(spot: Spot): Place {
    const last = letterAt(this.#shown.paragraphs[spot.paragraph]!.letters, spot.offset - 1);
    return last ? { side: 'after', id: last } : placeOf(this.#shown, spot);
  }

  #isAt({ last }: Run, { paragraph, offset }: Spot): boolean {
    const spot = spotOf({ side: 'after', id: last }, this.#shown, this.moves, this.doc);
    return spot?.paragraph === paragraph && spot.offset === offset;
  }

  #spotAt = (position: number): Spot => this.#spotIn(this.#shown.doc, position);

  #spotIn(doc: Node, position: number): Spot {
    const starts = startsOf(doc);
    const paragraph = Math.max(
      0,
      starts.findLastIndex((start) => start <= position),
    );
    const most = doc.resolve(starts[paragraph] ?? 0).parent.content.size;
    return { paragraph, offset: Math.min(most, Math.max(0, position - (starts[paragraph] ?? 0))) };
  }

  #writeText(transaction: Y.Transaction, edit: TextEdit, after: Node): void {
    const { paragraph, from, to } = edit;
    const paragraphs = this.#shown.paragraphs;
    const shown = paragraphs[paragraph]!;
    const doomed = slice(shown.letters, from, to);
    const run = this.#run && this.#isAt(this.#run, { paragraph, offset: to }) ? this.#run : null;
    let place = edit.content.length > 0 ? this.#placeFor(transaction, edit, doomed, run) : null;
    if (place && !run) this.#runs.begin(letterAt(shown.letters, to));
    for (const letters of doomed) this.#deleteLetters(transaction, letters);
    const written: Letters[] = [];
    for (const node of edit.content) {
      const isFirst = written.length === 0;
      const isRun = isFirst && (!run || this.moves.hasMoved(run.last));
      const letters = writeLetters(transaction, place!, { words: node.text!, marks: attributesOf(node), isRun });
      written.push(...letters);
      this.#runs.add(letters);
      const last = letters.at(-1)!;
      const id = Y.createID(last.client, last.clock + last.length - 1);
      this.#run = { last: id };
      place = { text: place!.text, left: itemEndingWith(transaction, id) };
    }
    shown.letters = splice(shown.letters, from, to, written);
    this.#shown = { doc: after, paragraphs };
  }

  /** Behind what is replaced, or one's own last letter; else where nobody's words are cut in two. */
  #placeFor(
    transaction: Y.Transaction,
    { paragraph, from }: TextEdit,
    doomed: Letters[],
    run: Run | null,
  ): LetterPlace {
    const lastDoomed = letterAt(doomed, lengthIn(doomed) - 1);
    const behind = lastDoomed ?? run?.last ?? null;
    const exact = behind && this.#livePlace(transaction, behind);
    if (exact) return exact;
    const { element, letters } = this.#shown.paragraphs[paragraph]!;
    const left = letterAt(letters, from - 1);
    const place = left && this.#livePlace(transaction, left);
    if (place) return behindTheDeleted(place, this.moves);
    const next = letterAt(letters, from);
    const text = next && itemOf(this.doc, this.moves.follow(next))?.parent;
    const isThere = text instanceof Y.XmlText && isAlive(text);
    return behindTheDeleted({ text: isThere ? text : this.#textIn(transaction, element!), left: null }, this.moves);
  }

  #livePlace(transaction: Y.Transaction, id: Y.ID): LetterPlace | null {
    const item = itemEndingWith(transaction, this.moves.follow(id));
    const text = item?.parent;
    return text instanceof Y.XmlText && isAlive(text) ? { text, left: item } : null;
  }

  /** The paragraph's text. When the paragraph is gone, the nearest one's that is not, or a new one's. */
  #textIn(transaction: Y.Transaction, element: Y.XmlElement): Y.XmlText {
    const all = this.#shown.paragraphs.flatMap((paragraph) => paragraph.element ?? []);
    const before = all.slice(0, all.indexOf(element)).reverse();
    const home = [element, ...before, ...all].find((one) => isAlive(one)) ?? newParagraph(this.fragment);
    const text = textsOf(home)[0];
    if (text) return text;
    const made = new Y.XmlText();
    home.insert(0, [made]);
    return made;
  }

  #deleteLetters(transaction: Y.Transaction, letters: Letters): void {
    this.deletedHere.push(letters);
    if (this.deletedHere.length > DELETED) this.deletedHere.shift();
    for (const { item, part } of [...piecesOf(this.doc, letters)]) {
      if (item && isAlive({ _item: item })) deleteLetters(transaction, part);
      else {
        const copies = idsOf(part).map((id) => this.moves.follow(id));
        for (const letters of lettersOf(copies)) deleteLetters(transaction, letters);
      }
    }
  }

  /** Undo moves letters as a deed does: what others wrote beside them, and nobody has heard of here, goes with them. */
  #recordUndo(transaction: Y.Transaction, step: Y.UndoManager['undoStack'][number]): void {
    const { fragment, moves } = this;
    if (!isAlive(fragment)) return;
    const gone = goneIn(transaction, fragment);
    const { letters, doubled } = movesOfUndo(transaction, step, fragment, moves);
    for (const twice of lettersOf(doubled)) deleteLetters(transaction, twice);
    for (const { from, to } of letters) moves.add(from, to);
    if (this.undoManager.undoing)
      for (const words of wordsTaken(transaction, fragment, moves)) put(transaction, words, this.#context, null);
    if (gone.length === 0 && letters.length === 0) return;
    fenceStretches(transaction, letters, moves);
    const seen = new Map(
      [...authorsIn(gone)].map((client) => [client, transaction.beforeState.get(client) ?? 0] as const),
    );
    writeRecord(fragment, { letters, gone: gone.map(({ id }) => id), isCarry: false, cut: [], seen });
  }

  #writeStructure(transaction: Y.Transaction, step: Step, after: Node): void {
    const cut = cutIn(step, this.#shown);
    this.#runs.part(cut);
    writeStructure(transaction, step, after, cut, { fragment: this.fragment, shown: this.#shown, moves: this.moves });
    this.#run = null;
    this.#shown = readShown(this.fragment);
    const isTyped = ({ client, clock }: Letters) =>
      client === this.doc.clientID && !this.moves.isCopy(Y.createID(client, clock));
    for (const line of typedIn(step, this.#shown, isTyped)) {
      this.#runs.begin(null);
      this.#runs.add(line);
      const { client, clock, length } = line.at(-1)!;
      this.#run = { last: Y.createID(client, clock + length - 1) };
    }
    if (this.#run) fenceBehind(transaction, this.#run.last);
  }
}

function newParagraph(fragment: Y.XmlFragment): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  fragment.insert(fragment.length, [paragraph]);
  return paragraph;
}

const attributesOf = (node: Node): Attributes =>
  Object.fromEntries(node.marks.map(({ type, attrs }) => [type.name, attrs]));

const lengthIn = (list: readonly Letters[]): number => list.reduce((sum, { length }) => sum + length, 0);
