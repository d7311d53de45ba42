import * as Y from 'yjs';
import { isShared, type Shared } from './shared-types.ts';

/**
 * Whether two shared types consist of the same structs, which then say the same: an id is given once. It compares ids only, keeps nothing,
 * and says no when in doubt (copies have ids of their own).
 */
export function haveSameStructs(one: Shared, other: Shared): boolean {
  // not by calling itself: a text may be nested as deep as somebody likes
  const pairs: [Shared, Shared][] = [[one, other]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    if (!haveSameEntries(...pair, pairs) || !haveSameSequence(...pair, pairs)) return false;
  }
  return true;
}

function haveSameEntries(one: Shared, other: Shared, pairs: [Shared, Shared][]): boolean {
  let count = 0;
  for (const [key, item] of one._map) {
    if (item.deleted) continue;
    count += 1;
    const same = other._map.get(key);
    if (!same || same.deleted || !isSameId(lastOf(item), lastOf(same)) || !pushTypes(item, same, pairs)) return false;
  }
  for (const item of other._map.values()) if (!item.deleted) count -= 1;
  return count === 0;
}

interface At {
  item: Y.Item | null;
  /** Units of the item that were compared. */
  done: number;
}

function haveSameSequence(one: Shared, other: Shared, pairs: [Shared, Shared][]): boolean {
  const [a, b] = [one, other].map((type): At => ({ item: standing(type._start), done: 0 })) as [At, At];
  while (a.item && b.item) {
    const [x, y] = [a.item, b.item];
    if (x.id.client !== y.id.client || x.id.clock + a.done !== y.id.clock + b.done) return false;
    if (!pushTypes(x, y, pairs)) return false;
    const step = Math.min(x.length - a.done, y.length - b.done);
    forward(a, step);
    forward(b, step);
  }
  return a.item === b.item;
}

function forward(at: At, by: number): void {
  at.done += by;
  if (!at.item || at.done < at.item.length) return;
  at.item = standing(at.item.right);
  at.done = 0;
}

function standing(item: Y.Item | null): Y.Item | null {
  while (item?.deleted) item = item.right;
  return item;
}

/** False when one is a type and the other is not. */
function pushTypes(one: Y.Item, other: Y.Item, pairs: [Shared, Shared][]): boolean {
  const [a, b] = [one.content, other.content].map((content) =>
    content instanceof Y.ContentType ? content.type : null,
  );
  if (isShared(a) && isShared(b)) pairs.push([a, b]);
  return isShared(a) === isShared(b);
}

const lastOf = ({ id, length }: Y.Item) => ({ client: id.client, clock: id.clock + length - 1 });
const isSameId = (a: { client: number; clock: number }, b: { client: number; clock: number }) =>
  a.client === b.client && a.clock === b.clock;
