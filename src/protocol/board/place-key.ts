import { generateKeyBetween } from 'fractional-indexing';
import type * as Y from 'yjs';
import { entriesIn } from '#protocol/shared-value.ts';
import { isOrderKey } from './order-key.ts';
import { orderKey } from './outline.ts';

export type Records = Iterable<Y.Map<unknown>>;

export function* recordsOf(map: Y.Map<Y.Map<unknown>>, as: (value: unknown) => Y.Map<unknown> | null): Records {
  for (const [, value] of entriesIn(map)) {
    const record = as(value);
    if (record) yield record;
  }
}

/** An order key behind all of these, without putting them in order: boards are also filled item by item. */
export function keyBehind(records: Records): string {
  const keys: string[] = [];
  let last: string | null = null;
  for (const record of records) {
    const key = orderKey(record);
    if (key === null) continue;
    keys.push(key);
    if (last === null || key > last) last = key;
  }
  const key = generateKeyBetween(last, null);
  return isOrderKey(key) ? key : keyBetween(keys.sort(), null);
}

/** An order key right before `before`, or behind the last. */
export function keyBefore<Id extends string>(order: ReadonlyMap<Id, Y.Map<unknown>>, before: Id | null): string {
  const below: string[] = [];
  let isBelow = true;
  for (const [id, record] of order) {
    if (id === before) isBelow = false;
    const key = orderKey(record);
    if (key === null) continue;
    if (!isBelow) return keyBetween(below, key);
    below.push(key);
  }
  return keyBetween(below, null);
}

/**
 * A key below `upper` (null: no bound) and above the last of `below`, which are in order. Neighbours with equal keys, or with keys as
 * long as a key may be, leave no room between: then the next free gap in front of them.
 */
function keyBetween(below: string[], upper: string | null): string {
  for (;;) {
    while (upper !== null && below.length > 0 && below.at(-1)! >= upper) below.pop();
    const lower = below.at(-1) ?? null;
    const key = generateKeyBetween(lower, upper);
    if (isOrderKey(key) || lower === null) return key;
    upper = lower;
  }
}
