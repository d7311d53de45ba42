import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { UpdateWriter } from '#protocol/update/write.ts';
import { derivedFrom } from './derived.ts';

function boardWithTitle(words: string): { doc: Y.Doc; title: Y.Text } {
  const doc = new Y.Doc();
  const title = new Y.Text(words);
  doc.getMap('themes').set('theme001', title);
  return { doc, title };
}

function deletionOf(items: readonly Y.Item[]): Uint8Array {
  const writer = new UpdateWriter();
  for (const { id, length } of items) writer.delete({ client: id.client, clock: id.clock, length });
  return writer.toUint8Array();
}

function itemsOf(title: Y.Text, isMeant: (item: Y.Item) => boolean): Y.Item[] {
  const items: Y.Item[] = [];
  for (let item = title._start; item; item = item.right) if (!item.deleted && isMeant(item)) items.push(item);
  return items;
}

const isMark = ({ content }: Y.Item) => content instanceof Y.ContentFormat;
const verdict = (doc: Y.Doc, ...items: Y.Item[]) =>
  derivedFrom(Y.encodeStateAsUpdate(doc), [deletionOf(items)]).areTidy[0];

test('[Y60] a mark that says what holds already may go, one that says something may not', () => {
  const { doc, title } = boardWithTitle('clean water');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  title.format(0, 11, { strong: true });
  other.getMap<Y.Text>('themes').get('theme001')!.format(0, 11, { strong: true });
  doc.transact((transaction) => {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    transaction.local = true; // so that it is not tidied up
  });
  const [first, second] = itemsOf(title, isMark);
  expect(verdict(doc, first!)).toBe(true);
  expect(verdict(doc, second!)).toBe(true);
  expect(verdict(doc, first!, second!)).toBe(false);
  expect(verdict(doc, ...itemsOf(title, (item) => !isMark(item)))).toBe(false);
});

test('[Y60] what nobody deleted by a word of theirs is told apart from what they did', () => {
  const { doc } = boardWithTitle('water');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  doc.getMap('themes').set('order', 1);
  other.getMap('themes').set('order', 2);
  const whole = Y.mergeUpdates([Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(other)]);
  expect(Y.decodeUpdate(whole).ds.clients.size).toBe(0);
  const { deleted } = derivedFrom(whole, []);
  expect([...deleted].length).toBe(3);
  expect([doc.clientID, other.clientID]).toContain(deleted[0]);
});
