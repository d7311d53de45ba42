import * as Y from 'yjs';
import { goneBy } from '#protocol/board/gone-by.ts';
import { boardShape } from '#protocol/board/shape.ts';
import type { SharedType } from '#protocol/shared-value.ts';

/** Whose deed it was: a connection, and the seat that it says it is of. */
export interface Author {
  readonly client: number;
  readonly seat: string | null;
}

interface Captured {
  readonly stackItem: Y.UndoManager['undoStack'][number];
  readonly changedParentTypes: ReadonlyMap<SharedType, unknown>;
}

const TOUCHED = Symbol('items');

/** Whose hands each item was in last, apart from this page's: for words about a deed that can no longer be taken back. */
export class OtherHands {
  readonly #items: Y.Map<Y.Map<unknown>>;
  readonly #last = new Map<string, Author>();

  constructor(doc: Y.Doc) {
    this.#items = boardShape(doc).items;
    this.#items.observeDeep(this.#changed);
  }

  /** Remembers with a step which items it is about. */
  readonly noted = ({ stackItem, changedParentTypes }: Captured): void => {
    const touched = (stackItem.meta.get(TOUCHED) as Set<string> | undefined) ?? new Set<string>();
    for (const type of changedParentTypes.keys()) {
      const { _item: struct } = type;
      if (struct?.parentSub && struct.parent === this.#items) touched.add(struct.parentSub);
    }
    stackItem.meta.set(TOUCHED, touched);
  };

  /** Who was last at what a step is about; null: nobody knows. */
  lastAt({ meta }: Captured['stackItem']): Author | null {
    for (const item of (meta.get(TOUCHED) as Set<string> | undefined) ?? []) {
      const by = this.#last.get(item);
      if (by) return by;
    }
    return null;
  }

  destroy(): void {
    this.#items.unobserveDeep(this.#changed);
  }

  readonly #changed = (events: readonly Y.YEvent<SharedType>[], transaction: Y.Transaction) => {
    if (transaction.local) return;
    const client = onlyClientIn(transaction);
    for (const { target } of events) {
      if (target === this.#items) continue;
      const item = recordOf(target, this.#items);
      if (item !== null && client !== null) this.#last.set(item, { client, seat: null });
    }
    for (const item of transaction.changed.get(this.#items as SharedType) ?? []) {
      const by = item === null ? null : goneIn(transaction, this.#items, item);
      if (item !== null && by) this.#last.set(item, by);
    }
  };
}

/** Who took a record away or replaced it in a transaction that is just over. */
export function goneIn(transaction: Y.Transaction, records: Y.Map<Y.Map<unknown>>, id: string): Author | null {
  const now = records._map.get(id);
  const record = now?.deleted ? now : now?.left;
  const mark = record?.content instanceof Y.ContentType ? goneBy(record.content.type) : null;
  const client = mark?.client ?? onlyClientIn(transaction);
  return client === null ? null : { client, seat: typeof mark?.seat === 'string' ? mark.seat : null };
}

/** What was deleted may come without its content, and without the mark in it. */
function onlyClientIn({ beforeState, afterState }: Y.Transaction): number | null {
  const [first, ...others] = [...afterState].filter(([client, clock]) => clock > (beforeState.get(client) ?? 0));
  return first && others.length === 0 ? first[0] : null;
}

/** The key under which the record lies that holds a type. */
function recordOf(type: SharedType, records: Y.Map<Y.Map<unknown>>): string | null {
  for (let struct = type._item; struct; struct = (struct.parent as SharedType)._item) {
    if ((struct.parent as unknown) === records) return struct.parentSub;
  }
  return null;
}
