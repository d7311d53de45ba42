import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { GONE } from '#protocol/update/place.ts';
import { scanStored } from '#protocol/update/scan.ts';
import { DocumentLog } from './document-log.ts';
import { putDown } from './placement.ts';

type Id = readonly [client: number, clock: number];

interface Written {
  readonly left?: Id;
  readonly right?: Id;
  readonly parent?: Id | string;
  readonly key?: string;
  /** Null: something that is gone (GC). */
  readonly text?: string | null;
}

const HOSTILE = 9;

/** Structs of the hostile client, from clock 0 on, as they are on the wire. */
function update(structs: readonly Written[], deletes: readonly number[] = []): Uint8Array {
  const encoder = encoding.createEncoder();
  const id = ([client, clock]: Id) => {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  };
  for (const number of [1, structs.length, HOSTILE, 0]) encoding.writeVarUint(encoder, number);
  for (const { left, right, parent = 'items', key, text = 'x' } of structs) {
    const isFirst = !left && !right;
    const flags = (left ? 0x80 : 0) | (right ? 0x40 : 0) | (key !== undefined && isFirst ? 0x20 : 0);
    encoding.writeUint8(encoder, text === null ? 0 : 4 | flags);
    if (text === null) {
      encoding.writeVarUint(encoder, 1);
      continue;
    }
    for (const neighbour of [left, right]) if (neighbour) id(neighbour);
    if (isFirst) {
      encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0);
      if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
      else id(parent);
      if (key !== undefined) encoding.writeVarString(encoder, key);
    }
    encoding.writeVarString(encoder, text);
  }
  encoding.writeVarUint(encoder, deletes.length > 0 ? 1 : 0);
  if (deletes.length > 0) for (const number of [HOSTILE, deletes.length]) encoding.writeVarUint(encoder, number);
  for (const clock of deletes) for (const number of [clock, 1]) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

/** Two items with a text of two words each, and what lies where. */
function board() {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const item = () => new Y.Map<unknown>([['text', new Y.Text('ab')]]);
  doc.getMap('items').set('one', item());
  doc.getMap('items').set('two', item());
  const idOf = (type: Pick<Y.Map<unknown>, '_item'> | undefined): Id => [1, type!._item!.id.clock];
  const letters = (id: string): Id => {
    const text = (doc.getMap('items').get(id) as Y.Map<Y.Text>).get('text')!;
    return [1, text._start!.id.clock];
  };
  const items = doc.getMap<Y.Map<Y.Text>>('items');
  const [one, two] = [items.get('one'), items.get('two')];
  return {
    log: new DocumentLog([Y.encodeStateAsUpdate(doc)]),
    doc,
    one: { item: idOf(one), text: idOf(one?.get('text')), letters: letters('one') },
    two: { item: idOf(two), text: idOf(two?.get('text')), letters: letters('two') },
  };
}

const after = ([client, clock]: Id, by = 1): Id => [client, clock + by];

describe('where structs are put', () => {
  const { log, one, two } = board();
  const put = (structs: readonly Written[], deletes?: readonly number[]) => {
    const put = putDown(scanStored(update(structs, deletes)), log.places);
    const isThere = log.places.end(HOSTILE) > 0;
    log.places.cutBack(HOSTILE, 0);
    expect(isThere).toBe(put !== null);
    return put;
  };

  test.each<[string, Written[]]>([
    ['in a text between two letters', [{ left: one.letters, right: after(one.letters) }]],
    ['at its beginning', [{ right: one.letters }]],
    ['at its end', [{ left: after(one.letters) }]],
    ['behind what the same frame brings', [{ left: after(one.letters), text: 'yz' }, { left: [HOSTILE, 1] }]],
    ['before it', [{ right: one.letters }, { right: [HOSTILE, 0] }]],
    ['in a new text', [{ parent: one.item, key: 'new' }]],
    ['as the next value of a key', [{ left: one.text }]],
    ['where all is gone', [{ text: null }, { left: [HOSTILE, 0] }]],
    [
      'between two first letters',
      [{ parent: 'list' }, { parent: 'list' }, { left: [HOSTILE, 0], right: [HOSTILE, 1] }],
    ],
  ])('[Y68] %s it is taken as it is', (_where, structs) => {
    const bytes = update(structs);
    expect(put(structs)?.bytes).toEqual(bytes);
  });

  test.each<[string, Written[]]>([
    ['between letters of two texts', [{ left: one.letters, right: two.letters }]],
    ['between a letter and the text that it is in', [{ left: one.letters, right: one.text }]],
    ['between values of two keys', [{ left: one.item, right: two.item }]],
    ['before a value of a key', [{ right: one.item }]],
    ['between two values of one key', [{ left: one.text }, { left: one.text, right: [HOSTILE, 0] }]],
    [
      'beside what the frame itself brings elsewhere',
      [{ left: one.letters }, { left: [HOSTILE, 0], right: two.letters }],
    ],
    ['between two roots', [{ parent: 'items' }, { parent: 'themes' }, { left: [HOSTILE, 0], right: [HOSTILE, 1] }]],
    [
      'between a root and a key of the same letters',
      [{ parent: 'it', key: 'ems' }, { parent: 'items' }, { left: [HOSTILE, 1], right: [HOSTILE, 0] }],
    ],
    ['as a value of a key that can be cut in two', [{ parent: one.item, key: 'new', text: 'xy' }]],
    ['behind a value of a key, and can be cut in two', [{ left: one.text, text: 'xy' }]],
  ])('[Y68] %s nothing of it is taken', (_where, structs) => {
    expect(put(structs)).toBeNull();
  });

  test('[Y68] a value of a key that is deleted as a whole may be long: an undo keeps several as one', () => {
    expect(put([{ parent: one.item, key: 'new', text: 'xy' }], [0, 1])).not.toBeNull();
    expect(put([{ parent: one.item, key: 'new', text: 'xy' }], [1])).toBeNull();
  });

  test('[Y68] a parent counts as the same however its number is written', () => {
    const plain = update([{ parent: one.item, key: 'k' }]);
    const at = plain.indexOf(one.item[1], 8);
    const long = Uint8Array.from([...plain.subarray(0, at), 0x80 | one.item[1], 0, ...plain.subarray(at + 1)]);
    const [first, second] = [plain, long].map((bytes) => scanStored(bytes).sections[0]!.structs[0]!.place);
    expect(second).toBe(first);
  });

  test('[Y68] what stands beside something that is gone, and beside something that is not, is stored as gone', () => {
    const structs = [{ text: null }, { left: one.letters, right: [HOSTILE, 0] as const, text: 'xyz' }];
    const put = putDown(scanStored(update(structs)), log.places)!;
    expect(put.sections[0]!.structs.map(({ place }) => place)).toEqual([GONE, GONE]);
    expect(put.sections[0]!.end).toBe(4);
    expect([log.places.at(HOSTILE, 1), log.places.end(HOSTILE)]).toEqual([GONE, 4]);
    log.places.cutBack(HOSTILE, 0);
  });

  test('[Y68] a long value of a key that was cut made whoever deleted its item throw', () => {
    const { doc, log, one } = board();
    const bytes = update([{ parent: one.item, key: 'new', text: 'xy' }], [1]);
    expect(putDown(scanStored(bytes), log.places)).toBeNull();
    Y.applyUpdate(doc, bytes);
    expect(() => doc.getMap('items').delete('one')).toThrow();
  });
});
