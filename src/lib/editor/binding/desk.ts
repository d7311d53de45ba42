import { EditorState, TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { undoInPlace } from '../undo-in-place.ts';
import type { BoundText } from './bound-text.ts';
import { differenceOf } from './difference.ts';
import { HEARD, heard } from './heard.ts';
import { leaveText, openText } from './left-texts.ts';
import { readShown } from './shown.ts';

/** For tests: one person's copy of a text and an editor without a screen. What they write waits in `unsent`. */
export class Desk {
  readonly doc = new Y.Doc();
  readonly bound: BoundText;
  readonly unsent: Uint8Array[] = [];
  state: EditorState;
  readonly #undoManager: Y.UndoManager;

  constructor(
    client: number,
    beginning: Uint8Array,
    textIn = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('text'),
  ) {
    this.doc.clientID = client;
    Y.applyUpdate(this.doc, beginning, 'network');
    const fragment = textIn(this.doc);
    this.#undoManager = undoInPlace(
      new Y.UndoManager(fragment, {
        trackedOrigins: new Set([ySyncPluginKey]),
        deleteFilter: isEmpty,
        captureTimeout: 1e9,
      }),
    );
    this.bound = openText(fragment, this.#undoManager);
    this.state = EditorState.create({ doc: this.bound.shown.doc, plugins: [heard(this.bound)] });
    fragment.observeDeep(this.#changed);
    this.doc.on('update', (update: Uint8Array, origin) => origin !== 'network' && this.unsent.push(update));
  }

  get text(): string {
    return this.state.doc.textBetween(0, this.state.doc.content.size, '¶');
  }

  /** The text with the caret in it. */
  get shown(): string {
    const { head } = this.state.selection;
    const { size } = this.state.doc.content;
    return `${this.state.doc.textBetween(0, head, '¶')}|${this.state.doc.textBetween(head, size, '¶')}`;
  }

  /** The letters beside the caret in its paragraph. */
  get beside(): readonly [left: string, right: string] {
    const { parent, parentOffset } = this.state.selection.$head;
    const [left, right] = [parent.textContent.slice(0, parentOffset), parent.textContent.slice(parentOffset)];
    return [[...left].at(-1) ?? '', [...right][0] ?? ''];
  }

  /** Closes the editor. */
  leave(): void {
    this.bound.fragment.unobserveDeep(this.#changed);
    leaveText(this.bound);
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'network');
  }

  type(words: string): void {
    for (const letter of words) this.#dispatch(this.state.tr.insertText(letter));
  }

  press(key: Command): void {
    this.#undoManager.stopCapturing();
    key(this.state, (transaction) => this.#dispatch(transaction));
    this.#undoManager.stopCapturing();
  }

  /** Takes back what was typed since the caret was put here, or the key before. */
  undo(): void {
    this.#undoManager.undo();
  }

  redo(): void {
    this.#undoManager.redo();
  }

  point(position: number): void {
    this.#undoManager.stopCapturing();
    this.#dispatch(this.state.tr.setSelection(TextSelection.near(this.state.doc.resolve(position))));
  }

  /** In front of some words. */
  pointAt(words: string): void {
    this.state.doc.descendants((node, at) => {
      const index = node.isText ? node.text!.indexOf(words) : -1;
      if (index >= 0) this.point(at + index);
    });
  }

  pointAtEnd(): void {
    this.point(this.state.doc.content.size - 1);
  }

  #changed = (_: unknown, transaction: Y.Transaction): void => {
    if (this.bound.isWriting) return;
    this.bound.hear(transaction);
    this.#show();
  };

  #dispatch(transaction: Transaction): void {
    if (transaction.docChanged) this.bound.write(transaction);
    else if (transaction.selectionSet) this.bound.endRun();
    this.state = this.state.apply(transaction);
    if (!this.bound.shown.doc.eq(this.state.doc)) this.#show();
  }

  #show(): void {
    const { anchor, head } = this.bound.placesOf(this.state.selection);
    const next = readShown(this.bound.fragment);
    const transaction = differenceOf(this.state, next.doc);
    this.bound.shows(next);
    const at = this.bound.positionOf(head) ?? this.bound.refuge(this.state, next.doc);
    const other = this.bound.positionOf(anchor) ?? at;
    const [$anchor, $head] = [transaction.doc.resolve(other), transaction.doc.resolve(at)];
    transaction.setSelection(TextSelection.between($anchor, $head));
    this.state = this.state.apply(transaction.setMeta(HEARD, true));
  }
}

/** What others wrote in keeps what lies around it, as on a board. */
const isEmpty = ({ content }: Y.Item): boolean => !(content instanceof Y.ContentType) || content.type._length === 0;

/** A text of these paragraphs, on the desks of so many people. */
export function desks(clients: readonly number[], ...paragraphs: string[]): Desk[] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const elements = paragraphs.map((words) => {
    const paragraph = new Y.XmlElement('paragraph');
    if (words !== '') paragraph.insert(0, [new Y.XmlText(words)]);
    return paragraph;
  });
  doc.getXmlFragment('text').insert(0, elements);
  return clients.map((client) => new Desk(client, Y.encodeStateAsUpdate(doc)));
}

/** One server: everybody hears all in one order, each in their own time. */
export class Table {
  readonly #people: readonly Desk[];
  readonly #all: { readonly from: Desk; readonly update: Uint8Array }[] = [];
  readonly #heard = new Map<Desk, number>();

  constructor(people: readonly Desk[]) {
    this.#people = people;
  }

  send(from: Desk): void {
    const update = from.unsent.shift();
    if (update) this.#all.push({ from, update });
  }

  tell(desk: Desk): void {
    const at = this.#heard.get(desk) ?? 0;
    const next = this.#all[at];
    if (!next) return;
    this.#heard.set(desk, at + 1);
    if (next.from !== desk) desk.hear(next.update);
  }

  /** Until nobody has anything to say. */
  settle(): void {
    const isOpen = () =>
      this.#people.some((desk) => desk.unsent.length > 0 || (this.#heard.get(desk) ?? 0) < this.#all.length);
    for (let round = 0; isOpen(); round += 1) {
      if (round > 10_000) throw new Error('they never stop answering one another');
      for (const desk of this.#people) {
        this.send(desk);
        this.tell(desk);
      }
    }
  }
}
