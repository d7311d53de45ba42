import * as Y from 'yjs';
import type { Letters } from './letters.ts';

/**
 * What who splits, joins or wraps paragraphs says to the others, as an attribute of the whole text. Programs that do not know
 * it lose nothing: the words stand where they stand.
 */
export interface MoveRecord {
  /** The client who did it; the copies are theirs. */
  readonly by: number;
  readonly letters: readonly { readonly from: Letters; readonly to: Y.ID }[];
  /** Paragraphs that went with it. */
  readonly gone: readonly Y.ID[];
  /** What the client knew of those who wrote in them: what came later goes on in the copy. */
  readonly seen: ReadonlyMap<number, number>;
  /** Letters in front of which something was put that parts them from the one before: where a paragraph was split. */
  readonly cut: readonly Y.ID[];
  /** Somebody took their own letters after those that had moved: nobody else's stood behind them. */
  readonly isCarry: boolean;
}

const NAME = 'moved.';
const KEPT = 16; // of each client: who comes later needs them while somebody still writes without having heard
const MOST = 3_000; // numbers in a list; more than a page with a new author every third letter

export function writeRecord(
  fragment: Y.XmlFragment,
  { letters, gone, cut, seen, isCarry }: Omit<MoveRecord, 'by'>,
): void {
  const { clientID } = fragment.doc!;
  const mine = `${NAME}${clientID.toString(36)}.`;
  const value = {
    letters: letters.flatMap(({ from, to }) => [from.client, from.clock, from.length, to.clock]).slice(0, MOST),
    gone: gone.flatMap(({ client, clock }) => [client, clock]).slice(0, MOST),
    ...(cut.length > 0 && { cut: cut.flatMap(({ client, clock }) => [client, clock]).slice(0, MOST) }),
    ...(!isCarry && { seen: [...seen].flat().slice(0, MOST) }),
  };
  const count = [...fragment._map.keys()].filter((key) => key.startsWith(mine)).length;
  const oldest = [...fragment._map]
    .filter(([key]) => key.startsWith(mine))
    .sort(([, a], [, b]) => a.id.clock - b.id.clock)[0];
  // Yjs has names and values for every type, and gives them to elements only
  const setAttribute = Y.XmlElement.prototype.setAttribute as unknown as (name: string, value: object) => void;
  setAttribute.call(fragment, count < KEPT || !oldest ? `${mine}${count}` : oldest[0], value);
}

/** What a transaction brought of them into a text. */
export function newRecords(transaction: Y.Transaction, fragment: Y.XmlFragment): MoveRecord[] {
  const found: MoveRecord[] = [];
  const { store } = transaction.doc;
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0;
    const structs = store.clients.get(client);
    if (begin >= end || !structs) continue;
    for (let at = Y.findIndexSS(structs, begin); at < structs.length; at += 1) {
      const record = recordIn(structs[at], fragment);
      if (record) found.push(record);
    }
  }
  return found;
}

/** Those that a text still has. */
export function keptRecords(fragment: Y.XmlFragment): MoveRecord[] {
  const items = [...fragment._map.values()].filter(({ deleted }) => !deleted);
  return items.flatMap((item) => recordIn(item, fragment) ?? []);
}

function recordIn(struct: unknown, fragment: Y.XmlFragment): MoveRecord | null {
  if (!(struct instanceof Y.Item) || !struct.parentSub?.startsWith(NAME)) return null;
  if (!(struct.content instanceof Y.ContentAny)) return null;
  if (struct.parent !== fragment) return null;
  const { letters, gone, cut, seen } = (struct.content.arr[0] ?? {}) as Record<string, unknown>;
  const by = struct.id.client;
  return {
    by,
    letters: rows(letters, 4).flatMap(([client, clock, length, to]) =>
      length! > 0 ? [{ from: { client: client!, clock: clock!, length: length! }, to: Y.createID(by, to!) }] : [],
    ),
    gone: idsIn(gone),
    cut: idsIn(cut),
    isCarry: seen === undefined,
    seen: new Map(rows(seen, 2).map(([client, clock]) => [client!, clock!])),
  };
}

const idsIn = (list: unknown): Y.ID[] => rows(list, 2).map(([client, clock]) => Y.createID(client!, clock!));

function rows(list: unknown, width: number): number[][] {
  if (!Array.isArray(list) || list.length > MOST) return [];
  if (!list.every((one) => Number.isSafeInteger(one) && one >= 0)) return [];
  const numbers = list as number[];
  return Array.from({ length: Math.floor(numbers.length / width) }, (_, row) =>
    numbers.slice(row * width, (row + 1) * width),
  );
}
