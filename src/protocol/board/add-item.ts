import * as Y from 'yjs';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import { writeBlocks } from '#protocol/rich-text.ts';
import { valueIn } from '#protocol/shared-value.ts';
import { keyBehind, recordsOf, type Records } from './place-key.ts';
import { asItem, boardShape, themeRecord } from './shape.ts';

/** Who edits a board. Each edit is one Yjs transaction with the given origin, so that one undo takes back one deed. */
export interface Writer {
  readonly seat: SeatId;
  /** Epoch milliseconds on the writer's clock. */
  readonly at: number;
  /** Origin of the Yjs transaction; an UndoManager tracks its own. */
  readonly origin?: unknown;
}

export interface NewItem {
  readonly id: ItemId;
  readonly theme: ThemeId | null;
  readonly lang: Language;
  readonly blocks: readonly Block[];
}

export function addItem(doc: Y.Doc, item: NewItem, writer: Writer): void {
  const { items } = boardShape(doc);
  doc.transact(() => {
    const record = new Y.Map<unknown>();
    const body = new Y.XmlFragment();
    record.set('theme', item.theme);
    record.set('lang', item.lang);
    record.set('order', keyBehind(itemsIn(doc, item.theme)));
    record.set('by', writer.seat);
    record.set('at', writer.at);
    record.set('merged', null);
    record.set('body', body);
    record.set('comments', new Y.Map());
    record.set('reactions', new Y.Map());
    items.set(item.id, record);
    writeBlocks(body, item.blocks, item.lang);
  }, writer.origin);
}

function* itemsIn(doc: Y.Doc, theme: ThemeId | null): Records {
  const { items, themes } = boardShape(doc);
  for (const record of recordsOf(items, asItem)) {
    const own = valueIn(record, 'theme');
    const isKnown = typeof own === 'string' && themeRecord(themes, own) !== null;
    if (isKnown ? own === theme : theme === null) yield record;
  }
}
