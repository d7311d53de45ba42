import type * as Y from 'yjs';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { entriesIn, isId, timeOf, valueIn } from '#protocol/shared-value.ts';
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
  const [themes, themesBeyond] = oldest<ThemeId>(recordsIn(shape.themes, asTheme), LIMITS.themesOnBoard.most);
  const [items, itemsBeyond] = oldest<ItemId>(recordsIn(shape.items, asItem), LIMITS.itemsOnBoard.most);
  const placed = new Map(inOrder(items));
  return {
    themes: new Map(inOrder(themes)),
    items: placed,
    roots: mergeRoots(placed),
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

/** What came last has to wait outside, on every copy the same; a record without a time came last. */
function oldest<Id extends string>(all: Entry<Id>[], most: number): readonly [Entry<Id>[], beyond: number] {
  if (all.length <= most) return [all, 0];
  const timed = all.map((entry) => [timeOf(valueIn(entry[1], 'at')) || Infinity, entry] as const);
  timed.sort(([a, [x]], [b, [y]]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  return [timed.slice(0, most).map(([, entry]) => entry), all.length - most];
}

function inOrder<Id extends string>(entries: Entry<Id>[]): Entry<Id>[] {
  const keyed = entries.map((entry) => [orderKey(entry[1]) ?? '', entry] as const);
  keyed.sort(([a, [x]], [b, [y]]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  return keyed.map(([, entry]) => entry);
}

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
