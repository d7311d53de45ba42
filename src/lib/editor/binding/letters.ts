import * as Y from 'yjs';

/** Letters of one author with consecutive ids. What a paragraph shows is a list of them. */
export interface Letters {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export function letterAt(list: readonly Letters[], offset: number): Y.ID | null {
  let left = offset;
  if (left < 0) return null;
  for (const { client, clock, length } of list) {
    if (left < length) return Y.createID(client, clock + left);
    left -= length;
  }
  return null;
}

/** -1 when it is not there. */
export function offsetOf(list: readonly Letters[], { client, clock }: Y.ID): number {
  let offset = 0;
  for (const letters of list) {
    if (holds(letters, client, clock)) return offset + clock - letters.clock;
    offset += letters.length;
  }
  return -1;
}

export const holds = (letters: Letters, client: number, clock: number): boolean =>
  letters.client === client && letters.clock <= clock && clock < letters.clock + letters.length;

export function slice(list: readonly Letters[], from: number, to: number): Letters[] {
  const cut: Letters[] = [];
  let offset = 0;
  for (const { client, clock, length } of list) {
    const [begin, end] = [Math.max(0, from - offset), Math.min(length, to - offset)];
    if (begin < end) cut.push({ client, clock: clock + begin, length: end - begin });
    offset += length;
  }
  return cut;
}

/** The list with other letters at [from, to). */
export const splice = (list: readonly Letters[], from: number, to: number, others: readonly Letters[]): Letters[] =>
  joined([...slice(list, 0, from), ...others, ...slice(list, to, Infinity)]);

export function joined(list: readonly Letters[]): Letters[] {
  const all: Letters[] = [];
  for (const next of list) {
    const last = all.at(-1);
    if (last && last.client === next.client && last.clock + last.length === next.clock) {
      all[all.length - 1] = { ...last, length: last.length + next.length };
    } else all.push(next);
  }
  return all;
}

export const idsOf = ({ client, clock, length }: Letters): Y.ID[] =>
  Array.from({ length }, (_, index) => Y.createID(client, clock + index));

/** As few stretches as they are: half an emoji must not be deleted by itself, Yjs would write a sign for what is broken. */
export const lettersOf = (ids: readonly Y.ID[]): Letters[] =>
  joined(ids.map(({ client, clock }) => ({ client, clock, length: 1 })));

/** The stored item that holds a letter; null when it was collected as garbage or is not known here. */
export function itemOf({ store }: Y.Doc, { client, clock }: Y.ID): Y.Item | null {
  if (clock < 0 || clock >= Y.getState(store, client)) return null;
  const item = Y.getItem(store, Y.createID(client, clock)) as Y.Item | Y.GC;
  return item instanceof Y.Item ? item : null;
}

/** The same letters by the items that hold them. */
export function* piecesOf(doc: Y.Doc, letters: Letters): Generator<{ item: Y.Item | null; part: Letters }> {
  const end = letters.clock + letters.length;
  for (let { clock } = letters; clock < end;) {
    const item = itemOf(doc, Y.createID(letters.client, clock));
    const next = item ? Math.min(end, item.id.clock + item.length) : clock + 1;
    yield { item, part: { client: letters.client, clock, length: next - clock } };
    clock = next;
  }
}

/** What is on the screen behind a letter of a text. */
export function letterBehind(doc: Y.Doc, { client, clock }: Y.ID): Y.ID | null {
  const item = itemOf(doc, Y.createID(client, clock));
  if (!item) return null;
  if (clock < item.lastId.clock) return Y.createID(client, clock + 1);
  for (let next = item.right; next; next = next.right)
    if (!next.deleted && next.content instanceof Y.ContentString) return next.id;
  return null;
}
