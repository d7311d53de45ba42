import * as Y from 'yjs';
import type { Seeded } from '../faults/seeded.ts';

const TEXTS = ['a', 'bc', 'ё', '😀', 'ارد', '👩‍👩‍👧', 'x'.repeat(40)];
const VALUES: readonly unknown[] = [
  null,
  undefined,
  true,
  -1,
  70_000,
  2 ** 40,
  0.1,
  1e300,
  10n,
  'ү',
  Uint8Array.of(1, 2, 255),
  [1, [2, { deep: ['x'] }]],
  { key: { inner: null } },
];

/** A few people who use everything that a document can hold, and hear of each other now and then. */
export class RichDocs {
  readonly docs: readonly Y.Doc[];
  /** Each edit of anybody as it was sent. */
  readonly updates: Uint8Array[] = [];
  readonly #random: Seeded;
  readonly #undo: readonly Y.UndoManager[];

  constructor(random: Seeded, people = random.between(1, 3)) {
    this.#random = random;
    this.docs = Array.from({ length: people }, (_, index) => {
      const doc = new Y.Doc({ gc: random.next() < 0.7, guid: `${index}` }); // a random one takes as long as all else
      doc.clientID = random.next() < 0.5 ? index + 1 : random.between(1, 2 ** 32 - 1);
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== this) this.updates.push(update);
      });
      return doc;
    });
    this.#undo = this.docs.map(
      (doc) =>
        new Y.UndoManager([doc.getText('text'), doc.getMap('map'), doc.getArray('array')], { captureTimeout: 0 }),
    );
  }

  edit(times: number): void {
    for (; times > 0; times -= 1) this.#once();
  }

  /** Tells one what another has. */
  tell(from: Y.Doc, to: Y.Doc): void {
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), this);
  }

  #once(): void {
    const random = this.#random;
    const index = random.between(0, this.docs.length - 1);
    const doc = this.docs[index]!;
    const text = doc.getText('text');
    const array = doc.getArray<unknown>('array');
    const map = doc.getMap<unknown>('map');
    const xml = doc.getXmlFragment('xml');
    const value = this.#pick(VALUES);
    const place = random.between(0, text.length);
    switch (random.between(0, 13)) {
      case 0:
      case 1:
        return text.insert(place, this.#pick(TEXTS));
      case 2:
        return text.delete(place, Math.min(random.between(1, 5), text.length - place));
      case 3:
        return text.format(place, Math.min(3, text.length - place), { bold: this.#pick([true, null, { on: 1 }]) });
      case 4:
        return void text.insertEmbed(place, this.#pick([{ image: 'x' }, { deep: [[1]] }]));
      case 5:
        return array.insert(random.between(0, array.length), [this.#plain(), this.#plain()]);
      case 6: {
        const at = random.between(0, Math.max(0, array.length - 1));
        return array.delete(at, Math.min(2, array.length - at));
      }
      case 7:
        return void map.set(`key${random.between(0, 3)}`, value);
      case 8:
        return map.delete(`key${random.between(0, 3)}`);
      case 9:
        return void map.set(
          'inner',
          this.#pick([new Y.Map([['a', 1]]), new Y.Array(), new Y.Text('in'), new Y.XmlElement('b')]),
        );
      case 10: {
        const element = this.#pick([new Y.XmlElement('paragraph'), new Y.XmlText('words'), new Y.XmlHook('hook')]);
        xml.insert(random.between(0, xml.length), [element as Y.XmlElement]);
        if (element instanceof Y.XmlElement && !(element instanceof Y.XmlHook)) element.setAttribute('lang', 'ky');
        return;
      }
      case 11:
        return xml.length > 0 ? xml.delete(random.between(0, xml.length - 1), 1) : undefined;
      case 12:
        return void this.#undo[index]![this.#pick(['undo', 'redo'] as const)]();
      default:
        return this.tell(this.#pick(this.docs), doc);
    }
  }

  /** What an array takes: without a bigint and without nothing. */
  #plain(): unknown {
    return this.#pick(VALUES.filter((value) => value !== undefined && typeof value !== 'bigint'));
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.between(0, list.length - 1)]!;
  }
}
