import type * as Y from 'yjs';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { entriesIn, isId, seatOf, timeOf, valueIn } from '#protocol/shared-value.ts';
import { fairShare, inOrder } from './fair-share.ts';
import { isOrderKey } from './order-key.ts';
import { asItem, asTheme, boardShape } from './shape.ts';

/** How a board's whole records lie. Made in one pass over them: a board may be as large and as tangled as somebody likes. */
export interface Outline {
  /** In the one order that everybody sees: by order key, then by id. */
  readonly themes: ReadonlyMap<ThemeId, Y.Map<unknown>>;
  readonly items: ReadonlyMap<ItemId, Y.Map<unknown>>;
  /** The item in which each item is shown: itself, unless it is merged. */
  readonly roots: ReadonlyMap<ItemId, ItemId>;
  /** Records that are not among these, because there are too many. */
  readonly beyond: { readonly themes: number; readonly items: number };
}

type Entry<Id> = readonly [id: Id, record: Y.Map<unknown>];

export function outlineOf(doc: Y.Doc): Outline {
  const shape = boardShape(doc);
  const [themes, themesBeyond] = shown<ThemeId>(recordsIn(shape.themes, asTheme), LIMITS.themesOnBoard.most);
  const [items, itemsBeyond] = shown<ItemId>(recordsIn(shape.items, asItem), LIMITS.itemsOnBoard.most);
  const inPlace = placed(items);
  return {
    themes: placed(themes),
    items: inPlace,
    roots: mergeRoots(inPlace),
    beyond: { themes: themesBeyond, items: itemsBeyond },
  };
}

export function themeIn({ themes }: Pick<Outline, 'themes'>, item: Y.Map<unknown>): ThemeId | null {
  const theme = valueIn(item, 'theme') as ThemeId;
  return themes.has(theme) ? theme : null;
}

/** A record's fractional index; null when it has none that new keys can be made from. */
export function orderKey(record: Y.Map<unknown>): string | null {
  const key = valueIn(record, 'order');
  return isOrderKey(key) ? key : null;
}

function recordsIn<Id extends string>(
  records: Y.Map<Y.Map<unknown>>,
  as: (value: unknown) => Y.Map<unknown> | null,
): Entry<Id>[] {
  const whole: Entry<Id>[] = [];
  for (const [id, value] of entriesIn(records)) {
    const record = isId(id) ? as(value) : null;
    if (record) whole.push([id as Id, record]);
  }
  return whole;
}

/** A record without a time came last. */
const shown = <Id extends string>(all: Entry<Id>[], most: number): readonly [Entry<Id>[], beyond: number] =>
  fairShare(all, most, ([id, record]) => [
    writtenAt(record) || Infinity,
    id,
    seatOf(valueIn(record, 'by')),
    record._item!.id.client,
  ]);

/** Epoch milliseconds by the clock of whoever made the record; 0 where somebody else has put another time there. */
export function writtenAt(record: Y.Map<unknown>): number {
  const isOwn = record._map.get('at')?.id.client === record._item?.id.client;
  return isOwn ? timeOf(valueIn(record, 'at')) : 0;
}

const placed = <Id extends string>(entries: Entry<Id>[]): Map<Id, Y.Map<unknown>> =>
  new Map(inOrder(entries, ([id, record]) => [orderKey(record) ?? '', id]));

/**
 * Two people may merge A into B and B into A at once: within such a circle the smallest id stays, so that every client
 * shows the same one and nothing disappears.
 */
function mergeRoots(items: ReadonlyMap<ItemId, Y.Map<unknown>>): Map<ItemId, ItemId> {
  const roots = new Map<ItemId, ItemId>();
  for (const start of items.keys()) {
    const path: ItemId[] = [];
    const places = new Map<ItemId, number>();
    let at = start;
    let root = roots.get(at);
    while (root === undefined) {
      const place = places.get(at);
      if (place !== undefined) {
        root = smallest(path, place);
        break;
      }
      places.set(at, path.length);
      path.push(at);
      const next = valueIn(items.get(at)!, 'merged') as ItemId;
      if (!items.has(next)) root = at;
      else root = roots.get((at = next));
    }
    for (const id of path) roots.set(id, root);
  }
  return roots;
}

function smallest(path: readonly ItemId[], from: number): ItemId {
  let least = path[from]!;
  for (let at = from + 1; at < path.length; at += 1) if (path[at]! < least) least = path[at]!;
  return least;
}
