/** One element of a list, or one character of a text, with the id that Yjs gave it; `length` as Yjs counts. */
export interface Unit {
  readonly id: string;
  readonly value: unknown;
  readonly length: number;
}

/** Elements `from … to` of the current list stand where the wanted one has `wantedFrom … wantedTo`. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly wantedFrom: number;
  readonly wantedTo: number;
}

export interface Alignment {
  /** Positions [current, wanted] of what stays, in order. */
  readonly kept: readonly (readonly [number, number])[];
  /** What is between, in order; one side of each may be empty, never both. */
  readonly gaps: readonly Gap[];
}

/**
 * Which elements of a list stay when it is to become another one. What has the same id is the same element, so no comparison
 * of contents can pair strangers. Between those, equal ends are paired by content: an earlier restore gave its copies new ids.
 */
export function align(
  current: readonly Unit[],
  wanted: readonly Unit[],
  isSame: (current: unknown, wanted: unknown) => boolean,
  isEqual: (current: unknown, wanted: unknown) => boolean,
): Alignment {
  const positions = new Map(current.map(({ id }, index) => [id, index]));
  const anchors: [number, number][] = [];
  let last = -1;
  for (const [at, { id, value }] of wanted.entries()) {
    const position = positions.get(id);
    // Yjs never reorders, so ids that both lists have come in the same order.
    if (position === undefined || position <= last || !isSame(current[position]!.value, value)) continue;
    anchors.push([position, at]);
    last = position;
  }
  const kept: [number, number][] = [];
  const gaps: Gap[] = [];
  let [from, wantedFrom] = [0, 0];
  for (const anchor of [...anchors, [current.length, wanted.length] as const]) {
    let [to, wantedTo] = anchor;
    const equal = () => isEqual(current[from]!.value, wanted[wantedFrom]!.value);
    while (from < to && wantedFrom < wantedTo && equal()) kept.push([from++, wantedFrom++]);
    const tail: [number, number][] = [];
    while (from < to && wantedFrom < wantedTo && isEqual(current[to - 1]!.value, wanted[wantedTo - 1]!.value)) {
      tail.unshift([(to -= 1), (wantedTo -= 1)]);
    }
    if (from < to || wantedFrom < wantedTo) gaps.push({ from, to, wantedFrom, wantedTo });
    kept.push(...tail);
    if (anchor[0] < current.length) kept.push([anchor[0], anchor[1]]);
    [from, wantedFrom] = [anchor[0] + 1, anchor[1] + 1];
  }
  return { kept, gaps };
}
