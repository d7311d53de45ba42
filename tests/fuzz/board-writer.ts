import * as Y from 'yjs';
import type { Seeded } from '../faults/seeded.ts';

/** Somebody with an ordinary client: writes in a board's items, undoes, and hears of the others when it comes. */
export class BoardWriter {
  readonly doc: Y.Doc;
  readonly sent: Uint8Array[] = [];
  readonly #undo: Y.UndoManager;
  #heard = 0;

  constructor(client: number, gc: boolean) {
    this.doc = new Y.Doc({ gc });
    this.doc.clientID = client;
    this.#undo = new Y.UndoManager([this.#items], { captureTimeout: 0 });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.sent.push(update);
    });
  }

  /** The rows of a log up to so many. */
  hear(rows: readonly Uint8Array[], upTo = rows.length): void {
    for (; this.#heard < upTo; this.#heard += 1) Y.applyUpdate(this.doc, rows[this.#heard]!, this);
  }

  edit(random: Seeded): void {
    const items = this.#items;
    const ids = [...items.keys()];
    const item = items.get(ids[random.between(0, Math.max(0, ids.length - 1))] ?? '');
    const text = item instanceof Y.Map ? item.get('text') : undefined;
    switch (random.between(0, 6)) {
      case 0:
        items.set(`item${random.between(0, 4)}`, newItem());
        return;
      case 1:
      case 2:
        if (text instanceof Y.Text) text.insert(random.between(0, text.length), 'xy');
        return;
      case 3:
        if (text instanceof Y.Text && text.length > 2) text.delete(random.between(0, text.length - 2), 2);
        return;
      case 4:
        if (item instanceof Y.Map) item.set('order', random.between(0, 9));
        return;
      case 5:
        if (ids.length > 1 && random.next() < 0.5) items.delete(ids[0]!);
        return;
      default:
        if (random.next() < 0.6) this.#undo.undo();
        else this.#undo.redo();
    }
  }

  clear(): void {
    const items = this.#items;
    this.doc.transact(() => {
      for (const key of [...items.keys()]) items.delete(key);
    });
  }

  get #items(): Y.Map<unknown> {
    return this.doc.getMap('items');
  }
}

const newItem = () =>
  new Y.Map<unknown>([
    ['text', new Y.Text('words')],
    ['order', 'a'],
  ]);
