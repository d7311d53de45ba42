import * as Y from 'yjs';
import { scanStored } from '#protocol/update/scan.ts';
import { ByteWriter } from '#protocol/update/write.ts';
import { Seeded } from '../faults/seeded.ts';

const ROW = 900_000; // bytes: about what one frame takes
const SMALL_ROW = 330; // bytes
const IN_ONE_ROW = 2_000; // values

/** Rows of documents of some megabytes, each in a shape that makes another part of the work long. */
export const LARGE_DOCUMENTS: Record<string, (megabytes: number) => Uint8Array[]> = {
  'some large values': (megabytes) =>
    written((megabytes * 1e6) / ROW, (doc, row) => doc.getMap('items').set(`k${row}`, 'я'.repeat(ROW / 2))),
  'very many small values': (megabytes) =>
    written((megabytes * 28_000) / IN_ONE_ROW, (doc, row) => {
      for (let value = 0; value < IN_ONE_ROW; value += 1) doc.getMap('items').set(`k${row}-${value}`, 'zzzzzzzzzzzz');
    }),
  'very many small rows': (megabytes) => {
    const doc = new Y.Doc();
    const rows: Uint8Array[] = [];
    doc.on('update', (row: Uint8Array) => rows.push(row));
    while (rows.length < (megabytes * 1e6) / SMALL_ROW) doc.getMap('items').set(`k${rows.length}`, 'w'.repeat(300));
    return rows;
  },
  'one text in one struct': (megabytes) => [
    scanned((doc) => doc.getText('text').insert(0, 'длинно '.repeat((megabytes * 1e6) / 13))),
  ],
  'one list in one struct': (megabytes) => [
    scanned((doc) => doc.getArray('list').insert(0, new Array<boolean>(megabytes * 1e6).fill(true))),
  ],
  'deletions here and there': (megabytes) => {
    const count = megabytes * 20_000;
    const text = scanned((doc) => doc.getText('text').insert(0, 't'.repeat(count * 2)));
    const client = scanStored(text).sections[0]!.client;
    const clocks = shuffled(Float64Array.from({ length: count }, (_, index) => index * 2));
    const rows = [text];
    for (let from = 0; from < count; from += 16_000) rows.push(deletions(client, clocks.subarray(from, from + 16_000)));
    return rows;
  },
};

function written(rows: number, edit: (doc: Y.Doc, row: number) => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  for (let row = 0; row < rows; row += 1) {
    updates.push(
      scanned((doc) => {
        doc.clientID = row + 1;
        edit(doc, row);
      }),
    );
  }
  return updates;
}

/** Somebody writes once and leaves. */
function scanned(edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => edit(doc));
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** One character each. */
function deletions(client: number, clocks: Float64Array): Uint8Array {
  const out = new ByteWriter();
  for (const number of [0, 1, client, clocks.length]) out.uint(number);
  for (const clock of clocks) {
    out.uint(clock);
    out.uint(1);
  }
  return out.toUint8Array().slice();
}

function shuffled(values: Float64Array): Float64Array {
  const random = new Seeded(7);
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
  return values;
}
