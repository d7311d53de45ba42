import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { onlyRoots } from './only-roots.ts';

const LETTERS = ['a', 'ё', '😀', 'long words '];

/** One edit of a map, a text or a nested type, in a root that is known or not. */
function edit(doc: Y.Doc, root: string, deed: number, at: number): void {
  const map = doc.getMap<unknown>(`${root}map`);
  const text = doc.getText(`${root}text`);
  const key = `k${at % 4}`;
  const inner = map.get(key);
  switch (deed % 6) {
    case 0:
      return void map.set(key, new Y.Map([['x', at]]));
    case 1:
      return void map.set(key, new Y.XmlFragment());
    case 2:
      if (inner instanceof Y.XmlFragment) inner.insert(0, [new Y.XmlElement('p'), new Y.XmlText('words')]);
      else if (inner instanceof Y.Map) inner.set(`y${at}`, new Y.Text('deep'));
      return;
    case 3:
      return map.delete(key);
    case 4:
      return text.length > 0 ? text.delete(at % text.length, 1) : undefined;
    default:
      return text.insert(at % (text.length + 1), LETTERS[at % 4]!, at % 3 ? {} : { bold: true });
  }
}

const shown = (doc: Y.Doc, root: string) => [doc.getMap(`${root}map`).toJSON(), doc.getText(`${root}text`).toDelta()];

describe('an update of some roots only', () => {
  test('[B68] shows in them what it showed, and nothing in others', () => {
    const step = fc.tuple(fc.nat(2), fc.boolean(), fc.nat(5), fc.nat(99));
    let lighter = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const people = [new Y.Doc(), new Y.Doc()];
        people.forEach((doc, index) => (doc.clientID = index + 1));
        for (const [who, isKnown, deed, at] of steps) {
          if (who < 2) edit(people[who]!, isKnown ? 'known ' : 'other ', deed, at);
          else for (const to of people) for (const from of people) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
        }
        const whole = Y.mergeUpdates(people.map((doc) => Y.encodeStateAsUpdate(doc)));
        const kept = onlyRoots(whole, new Set(['known map', 'known text']));
        const [full, part] = [new Y.Doc(), new Y.Doc()];
        Y.applyUpdate(full, whole);
        Y.applyUpdate(part, kept);
        expect(part.store.pendingStructs).toBeNull();
        expect(shown(part, 'known ')).toEqual(shown(full, 'known '));
        expect(shown(part, 'other ')).toEqual([{}, []]);
        expect(Y.decodeStateVector(Y.encodeStateVector(part))).toEqual(Y.decodeStateVector(Y.encodeStateVector(full)));
        if (kept.length < whole.length) lighter += 1;

        // What is written on top of the part is the same on top of the whole.
        part.clientID = 9;
        const before = Y.encodeStateVector(part);
        for (const [, , deed, at] of steps) edit(part, 'known ', deed, at);
        Y.applyUpdate(full, Y.encodeStateAsUpdate(part, before));
        expect(shown(full, 'known ')).toEqual(shown(part, 'known '));
      }),
      { numRuns: 300 },
    );
    expect(lighter).toBeGreaterThan(100);
  });

  test('[B68] is the update itself when there are no others', () => {
    const doc = new Y.Doc();
    doc.getText('known').insert(0, 'words');
    const whole = Y.encodeStateAsUpdate(doc);
    expect(onlyRoots(whole, new Set(['known']))).toBe(whole);
    doc.getText('other').insert(0, 'x'.repeat(100_000));
    expect(onlyRoots(Y.encodeStateAsUpdate(doc), new Set(['known'])).length).toBeLessThan(100);
  });
});
