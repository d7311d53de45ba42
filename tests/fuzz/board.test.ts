import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { ownUndo } from '#lib/board/undo.ts';
import * as edit from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';

/** Two to five people at one board, each on a copy of their own; what they do arrives late, in any order of pairs. */
class Person {
  readonly doc = new Y.Doc();
  readonly writer: edit.Writer;
  readonly undo: Y.UndoManager;
  constructor(index: number) {
    this.doc.clientID = index + 1;
    this.writer = { seat: `seat${index}` as SeatId, at: index, origin: this };
    this.undo = ownUndo(this.doc, this);
  }
}

type Step = readonly [person: number, deed: Deed, first: number, second: number, third: number];
type Deed = (typeof DEEDS)[number] | 'writeWithin' | 'cut';
const DEEDS = [
  'addTheme',
  'removeTheme',
  'moveTheme',
  'addItem',
  'addItem',
  'moveItem',
  'moveItem',
  'merge',
  'merge',
  'split',
  'remove',
  'write',
  'write',
  'comment',
  'react',
  'undo',
  'redo',
  'send',
  'send',
] as const;

class Session {
  readonly people: Person[];
  /** Every item that was ever added, by whom. */
  readonly added = new Map<string, Person>();
  /** Items that somebody removed. */
  readonly removed = new Set<string>();
  readonly undoers = new Set<Person>();
  #next = 0;

  constructor(count: number) {
    this.people = Array.from({ length: count }, (_, index) => new Person(index));
  }

  run([who, deed, first, second, third]: Step): void {
    const person = pick(this.people, who) as Person;
    const { doc, writer, undo } = person;
    const items = [...boardShape(doc).items.keys()].sort() as ItemId[];
    const themes = [...boardShape(doc).themes.keys()].sort() as ThemeId[];
    const item = pick(items, first);
    const theme = pick([null, ...themes], second) ?? null;
    const id = `x${this.#next++}`;
    undo.stopCapturing();
    switch (deed) {
      case 'addTheme':
        return edit.addTheme(doc, { id: id as ThemeId, title: { text: id, lang: 'en' } }, writer);
      case 'removeTheme':
        return theme === null ? undefined : edit.removeTheme(doc, theme, writer);
      case 'moveTheme':
        return theme === null ? undefined : edit.moveTheme(doc, theme, pick(themes, third) ?? null, writer);
      case 'addItem':
        this.added.set(id, person);
        return edit.addItem(doc, { id: id as ItemId, theme, lang: 'en', blocks: paragraph(`<${id}>`) }, writer);
      case 'moveItem':
        return item && edit.moveItem(doc, item, theme, pick([null, ...items], third) ?? null, writer);
      case 'merge':
        return item && edit.mergeItems(doc, item, pick(items, third) as ItemId, writer);
      case 'split':
        return item && edit.splitItem(doc, item, writer);
      case 'remove':
        if (!item) return;
        this.removed.add(item);
        return edit.removeItem(doc, item, writer);
      case 'write':
        return write(person, item, third);
      case 'writeWithin': {
        const text = textOf(person, item);
        return (
          text && doc.transact(() => text.insert(third % (text.length + 1), LETTERS[this.#next % 26]!), writer.origin)
        );
      }
      case 'cut': {
        const text = textOf(person, item);
        const from = text && third % Math.max(1, text.length);
        return (
          text && doc.transact(() => text.delete(from!, Math.min(1 + (second % 3), text.length - from!)), writer.origin)
        );
      }
      case 'comment':
        return item && edit.addComment(doc, item, { id: id as CommentId, text: { text: id, lang: 'en' } }, writer);
      case 'react':
        return item && edit.toggleReaction(doc, item, 'agree', writer);
      case 'undo':
        this.undoers.add(person);
        return void undo.undo();
      case 'redo':
        this.undoers.add(person);
        return void undo.redo();
      case 'send':
        return send(person, pick(this.people, first) as Person);
    }
  }

  /** Few items that everybody has: then two people often mean the same ones. */
  begin(): void {
    for (const deed of ['addTheme', 'addItem', 'addItem', 'addItem'] as const) this.run([1, deed, 0, 1, 0]);
    this.settle();
  }

  settle(): void {
    for (const from of this.people) for (const to of this.people) send(from, to);
    for (const from of this.people) for (const to of this.people) send(from, to);
  }
}

test('[B1][B2] all copies show the same board, and every item on it exactly once', () => {
  const step = fc.tuple(fc.nat(), fc.constantFrom(...DEEDS), fc.nat(), fc.nat(), fc.nat());
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
      const session = new Session(count);
      session.begin();
      for (const each of steps) session.run(each);
      session.settle();
      const [first, ...rest] = session.people.map(({ doc }) => readBoard(doc));
      for (const board of rest) expect(board).toEqual(first);

      const shown = everything(first as Board);
      const kept = [...boardShape((session.people[0] as Person).doc).items.keys()];
      expect(shown.map(({ id }) => id).sort()).toEqual(kept.sort());

      // What nobody removed, and whose author never undid anything, is there with its words.
      for (const [id, author] of session.added) {
        if (session.removed.has(id) || session.undoers.has(author)) continue;
        const item = shown.find((one) => one.id === id);
        expect(textOfBlocks(item?.blocks ?? []), `text of ${id}`).toContain(`<${id}>`);
      }
    }),
    { numRuns: 500 },
  );
});

test('[B8] undoing all of one’s own deeds leaves the others’ board', () => {
  const step = fc.tuple(
    fc.constantFrom('addItem', 'moveItem', 'react', 'write', 'merge'),
    fc.nat(),
    fc.nat(),
    fc.nat(),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const session = new Session(2);
      const [aida, bek] = session.people as [Person, Person];
      session.begin();
      const before = readBoard(bek.doc);
      for (const [deed, ...rest] of steps) session.run([0, deed, ...rest]);
      while (aida.undo.undo() !== null);
      session.settle();
      expect(readBoard(bek.doc)).toEqual(before);
    }),
    { numRuns: 200 },
  );
});

test('[B1][B10] an item that is removed and brought back reads on every copy as it did, whatever was undone in it', () => {
  const deed = fc.constantFrom('writeWithin', 'writeWithin', 'cut', 'undo', 'redo', 'remove');
  const step = fc.tuple(fc.nat(1), deed, fc.nat(2), fc.nat(), fc.nat());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const session = new Session(2);
      const [aida, bek] = session.people as [Person, Person];
      session.begin();
      for (const each of steps) {
        const before = readBoard(bek.doc);
        const isRemoval = each[1] === 'remove' && everything(before).length > 0;
        session.run(each);
        if (isRemoval) session.run([each[0], 'undo', 0, 0, 0]);
        session.settle();
        if (isRemoval) expect(readBoard(bek.doc)).toEqual(before);
        expect(readBoard(aida.doc)).toEqual(readBoard(bek.doc));
      }
    }),
    { numRuns: 200 },
  );
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const everything = (board: Board): Item[] =>
  [...board.themes.flatMap(({ items }) => items), ...board.loose].flatMap((item) => [item, ...item.merged]);

const paragraph = (text: string) => [{ kind: 'paragraph', lang: 'en', runs: [{ text }] } as const];

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

function textOf({ doc }: Person, item: ItemId | undefined): Y.XmlText | undefined {
  const text = item && (edit.itemBody(doc, item)?.get(0) as Y.XmlElement | undefined)?.get(0);
  return text instanceof Y.XmlText ? text : undefined;
}

function write(person: Person, item: ItemId | undefined, at: number): void {
  const text = textOf(person, item);
  const { doc, writer } = person;
  if (text) doc.transact(() => text.insert(at % 2 === 0 ? 0 : text.length, `.${at % 10}`), writer.origin);
}

function send(from: Person, to: Person): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'network');
}
