import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { scanStored } from '#protocol/update/scan.ts';
import { readFrame } from './client-frame.ts';
import { DocumentLog } from './document-log.ts';
import { Newcomers } from './newcomers.ts';

const doc = new Y.Doc();
const rows: Uint8Array[] = [];
doc.on('update', (update: Uint8Array) => rows.push(update));
for (let word = 0; word < 200; word += 1) doc.getText('text').insert(0, `${word} `);

/** What somebody has who gets these websocket frames. */
function textOf(frames: readonly Uint8Array[]): string {
  const copy = new Y.Doc();
  for (const frame of frames) {
    const header = frame[1]! < 126 ? 2 : 4;
    const read = readFrame(frame.subarray(header));
    if (read && 'bytes' in read) Y.applyUpdate(copy, read.bytes);
  }
  return copy.getText('text').toString();
}

test('[Y1] each newcomer gets all of the moment, whatever was made ready for those before', () => {
  const log = new DocumentLog(rows.slice(0, 50));
  const newcomers = new Newcomers(log);
  const expected = new Y.Doc();
  for (const row of rows.slice(0, 50)) Y.applyUpdate(expected, row);
  for (const row of rows.slice(50)) {
    expect(textOf(newcomers.answer(new Map()))).toBe(expected.getText('text').toString());
    log.append(scanStored(row));
    newcomers.appended(scanStored(row));
    Y.applyUpdate(expected, row);
  }
  expect(newcomers.answer(new Map())).toEqual(newcomers.answer(new Map()));
  const half = new Map([[doc.clientID, 100]]);
  expect(newcomers.answer(half)).toHaveLength(1);
  expect(newcomers.answer(half)[0]).toBe(newcomers.answer(half)[0]);
});
