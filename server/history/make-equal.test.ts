import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeEqual } from './make-equal.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 300);

function docWith(...updates: Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

const stateOf = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc);

/** Neighbours of one format are one run, however many marks lie between them. */
function deltaOf(text: Y.Text): unknown[] {
  const runs: { insert: unknown; attributes: unknown }[] = [];
  for (const op of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    const attributes = JSON.stringify(Object.entries(op.attributes ?? {}).toSorted());
    const last = runs.at(-1);
    if (typeof op.insert === 'string' && typeof last?.insert === 'string' && last.attributes === attributes) {
      last.insert += op.insert;
    } else {
      runs.push({ insert: shown(op.insert), attributes });
    }
  }
  return runs;
}

/** Everything a reader of the type could see. */
function shown(value: unknown): unknown {
  if (value instanceof Y.XmlElement) {
    return { name: value.nodeName, attributes: value.getAttributes(), children: value.toArray().map(shown) };
  }
  if (value instanceof Y.Text) return { attributes: value.getAttributes(), delta: deltaOf(value) };
  if (value instanceof Y.Array || value instanceof Y.XmlFragment) return (value.toArray() as unknown[]).map(shown);
  if (value instanceof Y.Map)
    return Object.fromEntries([...value].map(([key, entry]) => [key, shown(entry)]).toSorted());
  return value;
}

function shownIn(doc: Y.Doc): unknown {
  return [doc.getMap('items'), doc.getArray('list'), doc.getText('text'), doc.getXmlFragment('page')].map(shown);
}

// No surrogate pairs: an edit in the middle of one makes Yjs itself end with different texts.
const LETTERS = ['a', 'b', 'ё', 'ارد'];
const pick = <T>(values: readonly T[], number: number): T => values[number % values.length]!;

/** One edit, somewhere in a document whose roots hold each other's kinds. */
function edit(doc: Y.Doc, deed: number, first: number, second: number): void | null {
  const items = doc.getMap<Y.Map<unknown>>('items');
  const list = doc.getArray<unknown>('list');
  const page = doc.getXmlFragment('page');
  const id = `item${first % 5}`;
  const body = items.get(id)?.get('body');
  switch (deed % 20) {
    case 0:
      items.set(
        id,
        new Y.Map<unknown>([
          ['order', second],
          ['body', new Y.XmlFragment()],
          ['tags', new Y.Array()],
        ]),
      );
      return;
    case 1:
      return items.delete(id);
    case 2:
      return void items
        .get(id)
        ?.set(pick(['order', 'lang', 'merged'], second), pick([null, 1, 'x', { a: [1] }], first));
    case 3:
      return void items.get(id)?.delete(pick(['order', 'lang', 'merged'], second));
    case 4: {
      if (!(body instanceof Y.XmlFragment)) return;
      const paragraph = new Y.XmlElement(pick(['paragraph', 'heading'], second));
      paragraph.setAttribute('lang', pick(['en', 'ur'], first));
      paragraph.insert(0, [new Y.XmlText(pick(LETTERS, second))]);
      return body.insert(second % (body.length + 1), [paragraph]);
    }
    case 5:
      return body instanceof Y.XmlFragment && body.length > 0 ? body.delete(second % body.length, 1) : undefined;
    case 6: {
      const paragraph: unknown =
        body instanceof Y.XmlFragment && body.length > 0 ? body.get(second % body.length) : null;
      if (!(paragraph instanceof Y.XmlElement)) return;
      paragraph.setAttribute('level', String(second));
      return change(paragraph.get(0) as Y.XmlText, first, second);
    }
    case 7:
      return list.insert(first % (list.length + 1), pick([[1, 'two'], [null], [new Uint8Array([second])]], second));
    case 8:
      return list.insert(first % (list.length + 1), [new Y.Map([['n', second]]), new Y.Text(pick(LETTERS, second))]);
    case 9:
      return list.length > 0 ? list.delete(first % list.length, 1) : undefined;
    case 10:
      return page.insert(first % (page.length + 1), [new Y.XmlText(pick(LETTERS, second)), new Y.XmlElement('image')]);
    case 11:
      return page.length > 0 ? page.delete(first % page.length, 1) : undefined;
    default:
      return change(doc.getText('text'), first, second);
  }
}

function change(text: Y.Text, first: number, second: number): void | null {
  const at = first % (text.length + 1);
  const length = Math.min(1 + (second % 4), text.length - at);
  switch ((first + second) % 7) {
    case 0:
      return length > 0 ? text.delete(at, length) : undefined;
    case 1:
      return length > 0 ? text.format(at, length, { bold: pick([true, null], second) }) : undefined;
    case 2:
      return length > 0
        ? text.format(at, length, { link: pick([{ href: 'x' }, { href: 'y' }, null], second) })
        : undefined;
    case 3:
      return text.insertEmbed(at, pick([{ image: 1 }, { image: 2 }], second));
    case 4:
      return text.insert(at, pick(LETTERS, second), { bold: true });
    case 5:
      // Without a word in it such a root could not be told from a map.
      return text.parent && text.setAttribute('align', pick(['left', 'right'], second));
    default:
      return text.insert(at, pick(LETTERS, second).repeat(1 + (second % 3)));
  }
}

const number = fc.nat(999);
const history = fc.array(fc.tuple(fc.nat(2), number, number, number), { minLength: 1, maxLength: 60 });

describe('a document made equal to an earlier version', () => {
  test(`[Y23] over ${HISTORIES} random histories it shows what that version showed, and others converge on it`, () => {
    let differing = 0;
    fc.assert(
      fc.property(history, number, number, history, (steps, which, other, meanwhile) => {
        const people = [new Y.Doc(), new Y.Doc()];
        people.forEach((doc, index) => (doc.clientID = index + 1));
        const versions: Uint8Array[] = [stateOf(people[0]!)];
        for (const [who, deed, first, second] of steps) {
          if (who === 2) {
            for (const [to, from] of [people, people.toReversed()]) Y.applyUpdate(to!, stateOf(from!));
          } else edit(people[who]!, deed, first, second);
          versions.push(stateOf(docWith(...people.map(stateOf))));
        }
        const current = docWith(versions.at(-1)!);
        // There and back: the second time what was deleted has come back under new ids.
        for (const choice of [which, other, which]) {
          const version = docWith(versions[choice % versions.length]!);
          const wanted = shownIn(docWith(stateOf(version)));
          if (JSON.stringify(shownIn(docWith(stateOf(current)))) !== JSON.stringify(wanted)) differing += 1;
          makeEqual(current, version);
          expect(shownIn(current)).toEqual(wanted);
          expect(shownIn(docWith(stateOf(current)))).toEqual(wanted);
          const before = stateOf(current);
          makeEqual(current, version);
          expect(stateOf(current)).toEqual(before);
        }
        const late = people[0]!;
        for (const [, deed, first, second] of meanwhile) edit(late, deed, first, second);
        Y.applyUpdate(late, stateOf(current));
        Y.applyUpdate(current, stateOf(late));
        expect(shownIn(current)).toEqual(shownIn(late));
      }),
      { numRuns: HISTORIES },
    );
    console.log(`make equal: ${differing} of ${3 * HISTORIES} restores had something to change`);
    expect(differing).toBeGreaterThan(HISTORIES);
  });

  test('[Y23] what somebody types meanwhile into an item that stays, stays', () => {
    const doc = new Y.Doc();
    const items = doc.getMap<Y.Map<unknown>>('items');
    for (const id of ['one', 'two']) {
      items.set(id, new Y.Map([['body', new Y.XmlFragment()]]));
      (items.get(id)!.get('body') as Y.XmlFragment).insert(0, [new Y.XmlText(`text of ${id}`)]);
    }
    const version = docWith(stateOf(doc));
    items.delete('two');
    (items.get('one')!.get('body') as Y.XmlFragment).insert(1, [new Y.XmlText(' and more')]);
    const away = docWith(stateOf(doc));
    const bodyAway = away.getMap<Y.Map<unknown>>('items').get('one')!.get('body') as Y.XmlFragment;
    (bodyAway.get(0) as Y.XmlText).insert(0, 'the late ');

    makeEqual(doc, version);
    Y.applyUpdate(doc, stateOf(away));
    expect(shown(items)).toEqual({
      one: { body: [{ attributes: {}, delta: [{ insert: 'the late text of one', attributes: '[]' }] }] },
      two: { body: [{ attributes: {}, delta: [{ insert: 'text of two', attributes: '[]' }] }] },
    });
  });

  test('marks come back and go, and whole characters are exchanged', () => {
    const doc = new Y.Doc();
    const text = doc.getText('text');
    text.insert(0, 'one 😀 two');
    text.format(0, 3, { bold: true });
    const version = docWith(stateOf(doc));
    text.delete(4, 2);
    text.insert(4, '😁');
    text.format(0, 3, { bold: null });
    text.format(7, 3, { italic: true });
    makeEqual(doc, version);
    expect(deltaOf(doc.getText('text'))).toEqual(deltaOf(version.getText('text')));
    expect(text.toJSON()).toBe('one 😀 two');
  });

  test('only what differs is in the edit', () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'a long text that stays as it is '.repeat(100));
    const version = docWith(stateOf(doc));
    doc.getText('text').insert(500, 'a word');
    doc.getText('text').delete(1_000, 3);
    const before = Y.encodeStateVector(doc);
    makeEqual(doc, version);
    expect(doc.getText('text').toJSON()).toBe(version.getText('text').toJSON());
    const written = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, before)).structs.reduce(
      (sum, { length }) => sum + length,
      0,
    );
    expect(written).toBe(3);
  });
});
