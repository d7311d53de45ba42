import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { LetterId } from '#protocol/update/written.ts';
import { itemAt } from './item-at.ts';
import { boardShape } from './shape.ts';

function boardWith(...texts: string[]) {
  const doc = new Y.Doc();
  const written = texts.map((text, index) => {
    const record = new Y.Map<unknown>();
    const body = new Y.XmlFragment();
    const paragraph = new Y.XmlElement('paragraph');
    const words = new Y.XmlText(text);
    paragraph.insert(0, [words]);
    body.insert(0, [paragraph]);
    for (const [key, value] of [
      ['body', body],
      ['order', 'a'],
      ['lang', 'en'],
      ['by', 'aida00000001'],
      ['at', 1],
    ] as const)
      record.set(key, value);
    boardShape(doc).items.set(`idea0000000${index}`, record);
    return words;
  });
  return { doc, written };
}
const lastOf = (text: Y.XmlText): LetterId => {
  let last = text._start!;
  while (last.right) last = last.right;
  return { client: last.id.client, clock: last.id.clock + last.length - 1 };
};

test('[W143] a letter leads to the words of its item, as they are now', () => {
  const { doc, written } = boardWith('Water for all', 'A dam');
  const [water, dam] = written.map(lastOf) as [LetterId, LetterId];
  written[0]!.insert(0, 'Clean ');
  expect(itemAt(doc, water)).toEqual({ text: 'Clean Water for all', lang: 'en' });
  expect(itemAt(doc, dam)).toEqual({ text: 'A dam', lang: 'en' });
});

test('[W143] a letter that was deleted still does; one of an item that is gone, of a title and of nowhere do not', () => {
  const { doc, written } = boardWith('Water', 'A dam');
  const [water, dam] = written.map(lastOf) as [LetterId, LetterId];
  written[0]!.delete(4, 1);
  expect(itemAt(doc, water)).toEqual({ text: 'Wate', lang: 'en' });
  boardShape(doc).items.delete('idea00000001');
  expect(itemAt(doc, dam)).toBeNull();
  const title = new Y.Text('Rivers');
  boardShape(doc).themes.set('theme0000001', new Y.Map([['title', title]]));
  expect(itemAt(doc, lastOf(title as Y.XmlText))).toBeNull();
  expect(itemAt(doc, { client: water.client, clock: 9_999 })).toBeNull();
  expect(itemAt(doc, { client: 12, clock: 0 })).toBeNull();
});
