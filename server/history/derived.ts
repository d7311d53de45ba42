import * as Y from 'yjs';
import { fingerprint } from './fingerprint.ts';

/** What the copies of a document delete by themselves. */
export interface Derived {
  /** All that is deleted in it, said by its updates or not, flat: client, clock, length, client … */
  readonly deleted: Float64Array<ArrayBuffer>;
  /** For each of the offered updates whether it shows nobody anything else. */
  readonly areTidy: readonly boolean[];
}

/**
 * Yjs deletes without saying so: all but one of the values that were set under one key at once, whatever lies in something deleted, and
 * marks of a format that say nothing any more. The first two follow from the updates. The last depends on what a copy was told in
 * which order, so it is known by its effect: what is deleted are marks only, and the text around them reads as before.
 * `offered` are updates without structs.
 */
export function derivedFrom(whole: Uint8Array, offered: readonly Uint8Array[]): Derived {
  const doc = new Y.Doc();
  try {
    apply(doc, whole);
    const deleted = flat(Y.createDeleteSetFromStructStore(doc.store));
    return { deleted, areTidy: offered.map((update) => isTidy(doc, update)) };
  } finally {
    doc.destroy();
  }
}

/** Leaves the document as it is as soon as the answer is no. */
function isTidy(doc: Y.Doc, update: Uint8Array): boolean {
  const texts = textsOfMarks(doc, update);
  if (!texts) return false;
  const copy = new Y.Doc();
  try {
    const before = [...texts].map(fingerprint);
    if (before.length === 0) return true;
    apply(copy, Y.encodeStateAsUpdate(doc), update);
    const after = [...texts].map((text) => fingerprint(sameIn(copy, text)));
    return before.every((content, index) => content === after[index]);
  } finally {
    copy.destroy();
  }
}

/** As if it were this copy's own edit: then Yjs does not tidy up by itself. */
function apply(doc: Y.Doc, ...updates: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update);
    transaction.local = true;
  });
}

/** The texts in which it deletes marks; null when it deletes anything else that is there. */
function textsOfMarks(doc: Y.Doc, update: Uint8Array): Set<Y.Text> | null {
  const texts = new Set<Y.Text>();
  let hasOther = false;
  doc.transact((transaction) => {
    Y.iterateDeletedStructs(transaction, Y.decodeUpdate(update).ds, (struct) => {
      if (struct.deleted || hasOther) return;
      const isMark = struct instanceof Y.Item && struct.content instanceof Y.ContentFormat;
      if (isMark && struct.parent instanceof Y.Text && struct.parent._item) texts.add(struct.parent);
      else hasOther = true;
    });
  });
  return hasOther ? null : texts;
}

function sameIn(copy: Y.Doc, { _item }: Y.Text): unknown {
  const item = _item && Y.getItem(copy.store, _item.id);
  return item instanceof Y.Item && item.content instanceof Y.ContentType ? item.content.type : null;
}

function flat({ clients }: ReturnType<typeof Y.createDeleteSetFromStructStore>): Float64Array<ArrayBuffer> {
  const ranges = [...clients].flatMap(([client, items]) => items.flatMap(({ clock, len }) => [client, clock, len]));
  return Float64Array.from(ranges);
}
