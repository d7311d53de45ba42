import type { Place } from '#protocol/update/place.ts';

/** Something that came under a key: a record, or what another program put there. */
export interface Value {
  readonly client: number;
  readonly clock: number;
  /** One value, but for several that are gone, which Yjs writes as one. */
  readonly end: number;
  readonly isRecord: boolean;
  /** What it came instead of: client and clock. */
  readonly left: readonly [client: number, clock: number] | null;
  place: Place;
  isPut: boolean;
  isGone: boolean;
}

export const lastIn = (values: readonly Value[]): Value | undefined => values.at(-1);

/**
 * Puts a value among the others of its key, in the order that every copy of the document finds (YATA, as Yjs' `Item.integrate` has it;
 * values of a key have no right neighbour): of those that came instead of the same one the higher client comes last.
 */
export function putInOrder(values: Value[], value: Value, left: Value | null): void {
  value.isPut = true;
  let place = left ? values.lastIndexOf(left) + 1 : 0;
  const before = new Set<Value>();
  const conflicting = new Set<Value>();
  for (let at = place; at < values.length; at += 1) {
    const other = values[at]!;
    const origin = originOf(values, other);
    before.add(other);
    conflicting.add(other);
    if (origin === left) {
      if (other.client > value.client) break;
      place = at + 1;
      conflicting.clear();
    } else if (origin && before.has(origin)) {
      if (conflicting.has(origin)) continue;
      place = at + 1;
      conflicting.clear();
    } else break;
  }
  values.splice(place, 0, value);
}

function originOf(values: readonly Value[], { left }: Value): Value | null {
  if (!left) return null;
  const [client, clock] = left;
  return values.find((one) => one.client === client && one.clock <= clock && clock < one.end) ?? null;
}
