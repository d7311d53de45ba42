import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { scanStored, type ScannedUpdate } from '#protocol/update/scan.ts';
import { DocumentLog } from './document-log.ts';
import { isKnown, newsOf } from './news.ts';

/** Somebody's edits of one text, each as its update. */
function writing(client: number, ...words: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const word of words) {
    const text = doc.getText('text');
    if (word === '⌫') text.delete(text.length - 1, 1);
    else text.insert(text.length, word);
  }
  return updates;
}

const scanned = (updates: readonly Uint8Array[]) => updates.map((update) => scanStored(update));
const textOf = (updates: readonly Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
  return doc.getText('text').toJSON();
};
const whole = (updates: readonly Uint8Array[]) => scanStored(Y.mergeUpdates([...updates]));

describe('what is new in an update', () => {
  test('[Y2] is all of it, nothing, or the part behind what is known', () => {
    const updates = writing(5, 'one ', 'two ', 'three', '⌫');
    const log = new DocumentLog(updates.slice(0, 2));
    const [first, , third] = scanned(updates);
    expect(newsOf(third!, log)).toBe(third);
    expect(newsOf(first!, log)).toBe('nothing');
    expect(isKnown(first!, log)).toBe(true);
    const rest = newsOf(whole(updates), log) as ScannedUpdate;
    expect(rest.sections).toMatchObject([{ client: 5, clock: 8, end: 13 }]);
    log.append(rest);
    expect(textOf([log.whole()])).toBe('one two thre');
    expect(newsOf(whole(updates), log)).toBe('nothing');
  });

  test('[Y2] cuts a struct in two of which the first half is known, and a pair of surrogates never', () => {
    const [short] = writing(5, 'abc');
    const [long] = writing(5, 'abc😀d');
    const log = new DocumentLog([short!]);
    const rest = newsOf(scanStored(long!), log) as ScannedUpdate;
    log.append(rest);
    expect(textOf([log.whole()])).toBe('abc😀d');
  });

  test('[Y8] is a gap when it builds on what nobody has, or on itself', () => {
    const updates = writing(5, 'one ', 'two ', 'three', '⌫');
    const [first, second, , deletion] = scanned(updates);
    expect(newsOf(second!, new DocumentLog([]))).toBe('gap');
    expect(newsOf(deletion!, new DocumentLog([updates[0]!]))).toBe('gap');
    expect(newsOf(first!, new DocumentLog([]))).toBe(first);
    // two clients, each left of the other: Yjs would wait for ever
    const circle = [2, 1, 9, 0, 0x84, 8, 0, 1, 0x78, 1, 8, 0, 0x84, 9, 0, 1, 0x79, 0];
    expect(newsOf(scanStored(Uint8Array.from(circle)), new DocumentLog([]))).toBe('gap');
  });
});

describe('a document as its log', () => {
  test('[Y1] gives everybody what they lack, whatever they have', () => {
    const updates = [...writing(5, 'one ', 'two ', '⌫', 'three'), ...writing(9, 'four ', 'five', '⌫', '⌫')];
    const log = new DocumentLog(updates);
    const expected = textOf(updates);
    for (let has = 0; has <= updates.length; has += 1) {
      const doc = new Y.Doc();
      for (const update of updates.slice(0, has)) Y.applyUpdate(doc, update);
      const clocks = new Map([...doc.store.clients.keys()].map((client) => [client, Y.getState(doc.store, client)]));
      Y.applyUpdate(doc, log.since(clocks));
      expect(doc.getText('text').toJSON()).toBe(expected);
    }
    expect(Y.decodeStateVector(log.stateVector())).toEqual(
      Y.decodeStateVector(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(updates))),
    );
  });

  test('[Y1] stays the same when its tail is joined into its base', () => {
    const updates = writing(5, ...Array.from({ length: 600 }, (_, index) => (index % 7 === 6 ? '⌫' : `${index} `)));
    expect(textOf([new DocumentLog(updates).whole()])).toBe(textOf(updates));
  });

  test('[Y17] takes no row that does not follow the ones before', () => {
    const [first, second] = writing(5, 'one ', 'two ');
    expect(() => new DocumentLog([second!])).toThrow('does not follow');
    expect(() => new DocumentLog([first!, first!])).toThrow('does not follow');
  });
});
