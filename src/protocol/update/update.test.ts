import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { joinUpdates } from './join.ts';
import { scanStored, scanUpdate } from './scan.ts';
import { splitUpdate } from './split.ts';

/** Updates of somebody who uses everything that a document can hold. */
function rich(client: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = doc.getText('text');
  text.insert(0, 'a😀ёارد');
  text.insert(2, 'x');
  text.format(0, 3, { bold: true, link: { href: 'https://example.org' } });
  text.insertEmbed(1, { image: [1, 2, { deep: null }] });
  text.delete(1, 2);
  const map = doc.getMap<unknown>('map');
  map.set('any', [undefined, null, 1, -70_000, 2 ** 40, 1.5, 'text', { key: true }, 10n, Uint8Array.of(1, 2)]);
  map.set('bytes', Uint8Array.of(1, 2, 3));
  map.set('inner', new Y.Map([['array', new Y.Array()]]));
  map.delete('bytes');
  const fragment = doc.getXmlFragment('xml');
  const paragraph = new Y.XmlElement('paragraph');
  fragment.insert(0, [paragraph, new Y.XmlText('words')]);
  paragraph.setAttribute('lang', 'ky');
  fragment.delete(0, 1);
  return updates;
}

function applied(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

describe('scanUpdate', () => {
  test('[Y17] sees in an update what Yjs sees in it', () => {
    for (const update of [...rich(7), Y.encodeStateAsUpdate(applied(rich(7)))]) {
      const scanned = scanUpdate(update);
      const { structs, ds } = Y.decodeUpdate(update);
      const seen = scanned?.sections.flatMap(({ client, structs: all }) => all.map(({ clock }) => [client, clock]));
      expect(seen).toEqual(structs.map(({ id }) => [id.client, id.clock]));
      expect(scanned?.sections.at(-1)?.end).toEqual(
        structs.at(-1) && structs.at(-1)!.id.clock + structs.at(-1)!.length,
      );
      const ranges = [...ds.clients].flatMap(([client, all]) => all.map(({ clock, len }) => [client, clock, len]));
      expect(scanned?.deletes.map(({ client, clock, length }) => [client, clock, length])).toEqual(ranges);
    }
  });

  test.each([
    ['seven bytes that claim 33 million structs', [1, 0xff, 0xff, 0xff, 0x0f, 7, 0]],
    ['a client twice', [2, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0]],
    ['a gap', [1, 1, 1, 0, 10, 5, 0]],
    ['a struct of no length', [1, 1, 1, 0, 0, 0, 0]],
    ['clocks beyond any typing', [1, 1, 1, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 0]],
    ['text that is not UTF-8', [1, 1, 1, 0, 4, 1, 1, 0x74, 2, 0xc3, 0x28, 0]],
    ['an embed that is not JSON', [1, 1, 1, 0, 5, 1, 1, 0x74, 1, 0x7b, 0]],
    ['a type that Yjs does not know', [1, 1, 1, 0, 7, 1, 1, 0x74, 9, 0]],
    ['a document in the document', [1, 1, 1, 0, 9, 1, 1, 0x74, 1, 0x61, 118, 0, 0]],
    ['something behind the end', [0, 0, 0]],
    ['no end', [1, 1, 1]],
    ['nothing', []],
  ])('[Y17] refuses %s', (_name, bytes) => {
    expect(scanUpdate(Uint8Array.from(bytes))).toBeNull();
  });

  test('[Y17] refuses values nested deeper than anybody writes, and keys that reach into prototypes', () => {
    const deep = (levels: number) => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level += 1) value = [value];
      return value;
    };
    const holding = (value: unknown) => {
      const doc = new Y.Doc();
      doc.getMap('map').set('key', value);
      return Y.encodeStateAsUpdate(doc);
    };
    expect(scanUpdate(holding(deep(30)))).not.toBeNull();
    expect(scanUpdate(holding(deep(40)))).toBeNull();
    expect(scanUpdate(holding(JSON.parse('{"__proto__": 1}')))).toBeNull();
    const embed = new Y.Doc();
    embed.getText('text').insertEmbed(0, { deep: deep(40) });
    expect(scanUpdate(Y.encodeStateAsUpdate(embed))).toBeNull();
  });
});

describe('joinUpdates', () => {
  test('[Y17] gives what the updates give one after another, as bytes too', () => {
    const updates = [...rich(7), ...rich(9).slice(0, 4)];
    const joined = joinUpdates(updates.map((update) => scanStored(update)));
    expect(Y.encodeStateAsUpdate(applied([joined]))).toEqual(Y.encodeStateAsUpdate(applied(updates)));
  });

  test('[Y17] throws rather than write updates that do not follow each other', () => {
    const [first, , third] = rich(7).map((update) => scanStored(update));
    expect(() => joinUpdates([first!, third!])).toThrow('do not follow');
  });
});

describe('splitUpdate', () => {
  test('[Y18] cuts an update into pieces that each build on the ones before', () => {
    const one = applied(rich(7));
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    for (let index = 0; index < 200; index += 1) {
      const [writer, reader] = index % 2 ? [one, other] : [other, one];
      writer.getText('text').insert(index % 5, 'word ');
      if (index % 3 === 0) writer.getText('text').delete(index % 7, 2);
      Y.applyUpdate(reader, Y.encodeStateAsUpdate(writer, Y.encodeStateVector(reader)));
    }
    const whole = Y.encodeStateAsUpdate(one);
    const pieces = splitUpdate(whole, 300);
    expect(pieces.length).toBeGreaterThan(5);
    const doc = new Y.Doc();
    for (const piece of pieces) {
      expect(piece.length).toBeLessThan(500);
      Y.applyUpdate(doc, piece);
      expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
    }
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(one));
  });
});

describe('long texts', () => {
  test.each(['x', 'ң', '😀', 'ا', '\uFEFF'])('[Y17] are counted as Yjs counts them: %j', (sign) => {
    for (const times of [100, 511, 512, 513, 5_000]) {
      const doc = new Y.Doc();
      doc.getText('text').insert(0, sign.repeat(times));
      const scanned = scanUpdate(Y.encodeStateAsUpdate(doc));
      expect(scanned?.sections[0]?.end).toBe(sign.length * times);
    }
  });

  test.each([
    ['a lone surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a sign', [0xd2]],
  ])('[Y17] %s in one is malformed, wherever it stands', (_name, broken) => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'x'.repeat(2_000));
    const update = Y.encodeStateAsUpdate(doc);
    for (const at of [100, 1_000, 1_900]) {
      const bytes = update.slice();
      bytes.set(broken, bytes.length - at);
      expect(scanUpdate(bytes)).toBeNull();
    }
  });
});
