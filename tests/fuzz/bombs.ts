import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import * as wire from '#protocol/sync.ts';
import { presenceOf } from '../integration/attack-frames.ts';

const HUGE = [0xff, 0xff, 0xff, 0x0f]; // 2^25 - 1
const IN_ROOT = [1, 1, 0x74]; // a root type named t
const update = (...bytes: (number | number[])[]) => wire.encodeUpdate(Uint8Array.from(bytes.flat()));
/** One struct of client 1 at clock 0 in a root type. */
const struct = (info: number, ...content: (number | number[])[]) => update(1, 1, 1, 0, info, IN_ROOT, ...content, 0);

function encoded(write: (encoder: encoding.Encoder) => void): number[] {
  const encoder = encoding.createEncoder();
  write(encoder);
  return [...encoding.toUint8Array(encoder)];
}

const text = (value: string) => encoded((encoder) => encoding.writeVarString(encoder, value));
const number = (value: number) => encoded((encoder) => encoding.writeVarUint(encoder, value));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const large = (size: number) => {
  const doc = new Y.Doc();
  doc.getMap('themes').set('large', 'x'.repeat(size));
  return Y.encodeStateAsUpdate(doc);
};
const json = JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, key) => [key.toString(36), 0])));

/** Frames of few bytes that claim much, and of many bytes that mean little. Each is to be refused, by its bytes. */
export const BOMBS: readonly (readonly [name: string, frame: () => Uint8Array])[] = [
  ['seven bytes that claim 33 million structs', () => update(1, ...HUGE, 7, 0)],
  ['33 million clients', () => update(...HUGE, 1, 1, 0, 0)],
  ['33 million values in one struct', () => struct(8, ...HUGE, 126)],
  ['33 million JSON values in one struct', () => struct(2, ...HUGE, ...text('1'))],
  ['an array of 33 million', () => struct(8, 1, 117, ...HUGE)],
  ['an object of 33 million keys', () => struct(8, 1, 118, ...HUGE)],
  ['bytes that are not there', () => struct(3, ...HUGE)],
  ['deleted structs beyond any clock', () => struct(1, ...number(2 ** 40))],
  ['collected structs beyond any clock', () => update(1, 1, 1, 0, 0, ...number(2 ** 40), 0)],
  ['33 million deletions', () => update(0, 1, 1, ...HUGE, 0, 1)],
  ['33 million clients with deletions', () => update(0, ...HUGE, 1, 1, 0, 1)],
  ['a deletion without end', () => update(0, 1, 1, 1, 0, ...number(2 ** 50))],
  ['60,000 deletions', () => update(0, 1, 1, number(60_000), Array.from({ length: 60_000 }, () => [0, 1]).flat())],
  ['30,000 structs', () => update(1, ...number(30_000), 1, 0, Array.from({ length: 30_000 }, () => [0, 1]).flat(), 0)],
  ['65 clients', () => update(65, ...Array.from({ length: 65 }, (_, id) => [1, id, 0, 0, 1]).flat(), 0)],
  ['values 10,000 deep', () => struct(8, 1, Array.from({ length: 10_000 }, () => [117, 1]).flat(), 126)],
  ['an embed 10,000 deep', () => struct(5, text(nested(10_000)))],
  ['a format 10,000 deep', () => struct(6, ...text('bold'), text(nested(10_000)))],
  ['an embed of 200,000 keys', () => struct(5, text(json))],
  ['a number without end', () => update(...Array.from({ length: 200 }, () => 0xff))],
  ['an update of version 2', () => wire.encodeUpdate(Y.encodeStateAsUpdateV2(docOf('version 2')))],
  ['the update that yjs#687 never comes back from', () => update(1, 1, 0, 0, 8, 1, 1, 0x61, ...HUGE, 0x7d, 0xff, 0xff)],
  ['a state vector of 33 million clients', () => wire.encodeStep1(Uint8Array.from([...HUGE, 1, 1]))],
  ['1,001 people in one awareness frame', () => wire.encodeAwareness(presenceOf(crowd(1_001)))],
  ['33 million people in one awareness frame', () => wire.encodeAwareness(Uint8Array.from([...HUGE, 1, 1, 0]))],
  ['2.2 MB of awareness', () => wire.encodeAwareness(presenceOf(crowd(20_000, 'x'.repeat(90))))],
  ['a text of 5 MB', () => wire.encodeUpdate(large(5_000_000))],
  ['a frame one byte above the limit', () => new Uint8Array(1_000_001)],
];

const crowd = (size: number, item = 'x') =>
  Array.from({ length: size }, (_, client) => ({ client, clock: 1, state: { item } }));

function docOf(words: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, words);
  return doc;
}
