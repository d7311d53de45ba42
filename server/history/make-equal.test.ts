import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Seeded } from '../../tests/faults/seeded.ts';
import { RichDocs } from '../../tests/fuzz/rich-docs.ts';
import { fingerprint } from './copy-type.ts';
import { makeEqual } from './make-equal.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 300);
const loaded = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
};
const copy = (doc: Y.Doc) => loaded(Y.encodeStateAsUpdate(doc));

function contents(doc: Y.Doc): string[] {
  return [doc.getText('text'), doc.getMap('map'), doc.getArray('array'), doc.getXmlFragment('xml')].map(fingerprint);
}

describe('making a document equal to an earlier version', () => {
  test(`[Y23] in ${HISTORIES} histories it holds exactly that version, again and again, and another client sees the same`, () => {
    const random = new Seeded();
    let restores = 0;
    for (let history = 0; history < HISTORIES; history += 1) {
      const rich = new RichDocs(random);
      const versions: Uint8Array[] = [];
      const doc = new Y.Doc();
      const meet = () => {
        for (const author of rich.docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(author, Y.encodeStateVector(doc)));
        for (const author of rich.docs) rich.tell(doc, author);
      };
      for (let round = 0; round < 8; round += 1) {
        rich.edit(8);
        meet();
        if (round % 3 === 2) {
          const other = copy(doc);
          const version = versions[random.between(0, versions.length - 1)]!;
          const copied = copy(doc); // as the server does: its roots have no types yet
          const before = Y.encodeStateVector(copied);
          makeEqual(copied, loaded(version));
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(copied, before));
          expect(contents(doc), `seed ${random.seed}, history ${history}`).toEqual(contents(loaded(version)));
          Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
          expect(contents(other)).toEqual(contents(doc));
          meet();
          restores += 1;
        }
        versions.push(Y.encodeStateAsUpdate(doc));
      }
    }
    expect(restores).toBe(HISTORIES * 2);
  });

  test('[Y23] what did not differ is not touched: the same version again is no edit at all', () => {
    const random = new Seeded();
    for (let history = 0; history < HISTORIES; history += 1) {
      const rich = new RichDocs(random, 1);
      rich.edit(30);
      const doc = copy(rich.docs[0]!);
      const edits: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => edits.push(update));
      makeEqual(doc, copy(doc));
      expect(edits, `seed ${random.seed}`).toEqual([]);
    }
  });

  test('[Y23] what somebody types meanwhile into an unchanged item, or elsewhere in a changed one, is kept', () => {
    const doc = new Y.Doc();
    const items = doc.getMap<Y.Map<unknown>>('items');
    const item = (words: string) => {
      const [body, paragraph] = [new Y.XmlFragment(), new Y.XmlElement('paragraph')];
      body.insert(0, [paragraph]);
      paragraph.insert(0, [new Y.XmlText(words)]);
      return new Y.Map<unknown>([['body', body]]);
    };
    const words = (of: Y.Doc, id: string) =>
      ((of.getMap<Y.Map<unknown>>('items').get(id)?.get('body') as Y.XmlFragment).get(0) as Y.XmlElement).get(
        0,
      ) as Y.XmlText;
    for (const id of ['same', 'changed', 'removed']) items.set(id, item(`${id} words`));
    const version = copy(doc);
    words(doc, 'changed').insert(7, ' many');
    items.delete('removed');
    items.set('new', item('new words'));
    const typist = copy(doc);
    makeEqual(doc, version);
    words(typist, 'same').insert(4, ' old');
    words(typist, 'changed').insert(0, 'still ');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(typist));
    Y.applyUpdate(typist, Y.encodeStateAsUpdate(doc));
    for (const of of [doc, typist]) {
      expect([...of.getMap('items').keys()].toSorted()).toEqual(['changed', 'removed', 'same']);
      expect(words(of, 'same').toString()).toBe('same old words');
      expect(words(of, 'changed').toString()).toBe('still changed words');
      expect(words(of, 'removed').toString()).toBe('removed words');
    }
  });
});
