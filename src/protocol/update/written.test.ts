import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { boardShape } from '#protocol/board/shape.ts';
import { scanStored } from './scan.ts';
import { writtenIn } from './written.ts';

/** What each of several changes brings, one after the other. */
function brought(...changes: ((doc: Y.Doc) => void)[]) {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const change of changes) doc.transact(() => change(doc));
  return updates.map((update) => writtenIn(scanStored(update), 'items'));
}
const item = (text: string) => {
  const body = new Y.XmlFragment();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  body.insert(0, [paragraph]);
  const map = new Y.Map<unknown>();
  map.set('body', body);
  map.set('order', 'a');
  return map;
};

const counted = (...changes: Parameters<typeof brought>) =>
  brought(...changes).map(({ entries, letters }) => ({ entries, letters }));

test('[W111] an idea counts once, with its letters; moving it, a theme and a deletion count for none', () => {
  const first = (doc: Y.Doc) => boardShape(doc).items.get('one')!;
  expect(
    counted(
      (doc) => void boardShape(doc).items.set('one', item('Water')),
      (doc) => {
        boardShape(doc).items.set('two', item('Ab'));
        boardShape(doc).items.set('three', item('c'));
      },
      (doc) => void first(doc).set('order', 'b'),
      (doc) => void boardShape(doc).themes.set('one', new Y.Map([['title', new Y.Text('Rivers')]])),
      (doc) => void boardShape(doc).items.delete('one'),
    ),
  ).toEqual([
    { entries: 1, letters: 5 },
    { entries: 2, letters: 3 },
    { entries: 0, letters: 0 },
    { entries: 0, letters: 6 },
    { entries: 0, letters: 0 },
  ]);
});

test('[W143] the last letter of what was written is known by its place in the log; a move and a deletion have none', () => {
  const [idea, move, gone] = brought(
    (doc) => void boardShape(doc).items.set('one', item('Water')),
    (doc) => void boardShape(doc).items.get('one')!.set('order', 'b'),
    (doc) => void boardShape(doc).items.delete('one'),
  );
  expect([move!.last, gone!.last]).toEqual([null, null]);
  expect(idea!.last?.clock).toBe(8); // after the record, its body, a paragraph, its text and four letters
});
