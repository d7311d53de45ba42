import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import * as edit from './edit.ts';
import { readBoard } from './read.ts';
import { boardShape } from './shape.ts';

const aida = { seat: 'aida' as SeatId, at: 1 };
const add = (doc: Y.Doc, id: string, at = 1, text = `text of ${id}`) =>
  edit.addItem(
    doc,
    { id: id as ItemId, theme: null, lang: 'en', blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }] },
    { ...aida, at },
  );

/** Two items; what is done to the first must not touch the second. */
function board(...ids: string[]): Y.Doc {
  const doc = new Y.Doc();
  for (const id of ids) add(doc, id);
  return doc;
}
const record = (doc: Y.Doc, id: string) => boardShape(doc).items.get(id)!;
const looseIds = (doc: Y.Doc) => readBoard(doc).loose.map(({ id }) => id);
const all = ({ themes, loose }: Board): Item[] =>
  [...themes.flatMap(({ items }) => items), ...loose].flatMap((item) => [item, ...item.merged]);

describe('[B60] a bad field', () => {
  const values: [string, () => unknown][] = [
    ['a number', () => 7],
    ['no language', () => ''],
    ['an object', () => ({ toString: 1, text: 2 })],
    ['a list', () => [1, ['x']]],
    ['not a number', () => NaN],
    ['bytes', () => new Uint8Array([1])],
    ['a big number', () => 10n ** 30n],
    ['a text', () => new Y.Text('words')],
    ['a map', () => new Y.Map([['x', 1]])],
    ['a document', () => new Y.Doc()],
    ['half a character', () => '\uD83D'],
    ['a prototype', () => '__proto__'],
  ];
  test.each(values)('that is %s falls back and costs nothing else', (_, value) => {
    for (const field of ['theme', 'order', 'lang', 'by', 'at', 'merged', 'comments', 'reactions']) {
      const doc = board('a', 'b');
      const intact = readBoard(doc).loose[1];
      record(doc, 'a').set(field, value());
      const { loose } = readBoard(doc);
      expect(loose.find(({ id }) => id === 'b')).toEqual(intact);
      const item = loose.find(({ id }) => id === 'a')!;
      expect(textOfBlocks(item.blocks)).toBe('text of a');
      expect([typeof item.by, typeof item.at, typeof item.lang]).toEqual(['string', 'number', 'string']);
      expect(JSON.parse(JSON.stringify(item))).toEqual(item);
      expect(JSON.stringify(item).isWellFormed()).toBe(true);
    }
  });

  test('of a text is ignored and its words are read', () => {
    const doc = board('a');
    const paragraph = edit.itemBody(doc, 'a' as ItemId)!.get(0) as Y.XmlElement;
    paragraph.setAttribute('lang', 7 as never);
    const text = paragraph.get(0) as Y.XmlText;
    text.format(0, 4, { strong: { deep: [1] }, em: 0, link: 5, __proto__x: 1 });
    text.insertEmbed(2, { image: 'x' });
    text.insertEmbed(3, new Y.Map());
    text.insert(0, '\uD83D', {});
    expect(readBoard(doc).loose[0]?.blocks).toEqual([
      { kind: 'paragraph', lang: 'en', runs: [{ text: '\uFFFD' }, { text: 'text', strong: true }, { text: ' of a' }] },
    ]);
  });

  test('is given its right kind when somebody reacts or comments', () => {
    const doc = board('a');
    record(doc, 'a').set('reactions', 5);
    record(doc, 'a').delete('comments');
    edit.toggleReaction(doc, 'a' as ItemId, 'heart', aida);
    edit.addComment(doc, 'a' as ItemId, { id: 'c' as never, text: { text: 'Why?', lang: 'en' } }, aida);
    expect(readBoard(doc).loose[0]).toMatchObject({ reactions: { heart: ['aida'] }, comments: [{ id: 'c' }] });
  });
});

describe('[B60] a bad record', () => {
  test('costs that record, whatever its id is', () => {
    const doc = board('a', 'b');
    const before = readBoard(doc);
    const { items, themes } = boardShape(doc);
    for (const id of ['', ' ', 'x y', '\uD83D', 'x\u0000', 'l'.repeat(65), 'x\u202E']) {
      items.set(id, new Y.Map([['body', new Y.XmlFragment()]]) as never);
      themes.set(id, new Y.Map([['title', new Y.Text('t')]]) as never);
    }
    for (const [index, value] of [7, null, 'x', [], {}, new Y.Text('x'), new Y.Array()].entries()) {
      items.set(`bad${index}`, value as never);
      themes.set(`bad${index}`, (value instanceof Y.AbstractType ? value.clone() : value) as never);
    }
    doc.getMap('items').set('hook', new Y.XmlHook('x'));
    expect(readBoard(doc)).toEqual(before);
  });

  test('with the name of something that every object has is a record like others', () => {
    const doc = board('__proto__', 'constructor');
    edit.toggleReaction(doc, '__proto__' as ItemId, 'agree', { ...aida, seat: '__proto__' as SeatId });
    expect(readBoard(doc).loose).toMatchObject([
      { id: '__proto__', reactions: { agree: ['__proto__'] } },
      { id: 'constructor' },
    ]);
  });

  test('of a reaction never gives a seat twice', () => {
    const doc = board('a');
    const reactions = record(doc, 'a').get('reactions') as Y.Map<unknown>;
    for (const key of ['agree:x', 'agree:x:y', 'agree:', ':x', 'agree', `agree:${'x'.repeat(1e6)}`, ':'.repeat(1e6)])
      reactions.set(key, true);
    expect(readBoard(doc).loose[0]?.reactions).toEqual({ agree: ['x', 'x:y'] });
  });
});

describe('[B61] what is too long', () => {
  test('is shown up to there and says that it goes on', () => {
    const doc = board('b');
    add(doc, 'a', 1, '😀'.repeat(LIMITS.textInOnePlace.most));
    edit.addTheme(doc, { id: 't' as ThemeId, title: { text: 'x'.repeat(5_000), lang: 'en' } }, aida);
    edit.addComment(doc, 'b' as ItemId, { id: 'c' as never, text: { text: 'y'.repeat(20_000), lang: 'en' } }, aida);
    const { themes, loose } = readBoard(doc);
    const text = textOfBlocks(loose[1]!.blocks);
    expect(text.length).toBeLessThan(LIMITS.textInOnePlace.most + 10);
    expect(text.endsWith('😀 […]') || text.endsWith('\uFFFD […]')).toBe(true);
    expect(themes[0]?.title.text).toBe(`${'x'.repeat(LIMITS.titleOfTheme.most)} […]`);
    expect(loose[0]?.comments[0]?.text.text).toBe(`${'y'.repeat(LIMITS.textOfComment.most)} […]`);
  });

  test('is so too when it is long in elements, and says so once', () => {
    const doc = board('a');
    const body = edit.itemBody(doc, 'a' as ItemId)!;
    const most = LIMITS.textInOnePlace.most;
    body.push(Array.from({ length: most + 10 }, () => new Y.XmlElement('paragraph')));
    const { blocks } = readBoard(doc).loose[0]!;
    expect(blocks.length).toBeLessThanOrEqual(most + 1);
    expect(textOfBlocks(blocks).match(/\[…\]/g)).toHaveLength(1);
  });

  test('of a link is dropped, and so is an address that is none', () => {
    const doc = board('a');
    const text = (edit.itemBody(doc, 'a' as ItemId)!.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    for (const href of [
      `https://x.org/${'x'.repeat(3_000)}`,
      'https://',
      'http://[',
      'https://x.org/\u0000',
      '\uD83D',
    ]) {
      text.format(0, 4, { link: { href } });
      expect(readBoard(doc).loose[0]?.blocks).toEqual([
        { kind: 'paragraph', lang: 'en', runs: [{ text: 'text of a' }] },
      ]);
    }
  });
});

describe('[B62] a board with too much on it', () => {
  test('shows the oldest items and counts the others, on every copy alike', () => {
    const doc = new Y.Doc();
    doc.transact(() => {
      add(doc, 'timeless', 0);
      for (let index = 0; index < 40; index += 1) add(doc, `late${index}`, 1_000);
    });
    const { items } = boardShape(doc);
    doc.transact(() => {
      for (let index = 0; index < LIMITS.itemsOnBoard.most; index += 1) {
        items.set(`i${index}`, new Y.Map<unknown>([['by', aida.seat], ['at', 1 + index / 1e4], ['body', new Y.XmlFragment()]])); // prettier-ignore
      }
    });
    items.get('i7')!.set('merged', 'late7');
    const board = readBoard(doc);
    expect(board.beyond).toEqual({ themes: 0, items: 41, comments: 0 });
    expect(all(board)).toHaveLength(LIMITS.itemsOnBoard.most);
    expect(all(board).every(({ id }) => id.startsWith('i'))).toBe(true);
    expect(board.loose.some(({ id }) => id === 'i7')).toBe(true);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    expect(readBoard(copy)).toEqual(board);
  });

  test('counts themes and comments too, and says nothing where there are few', () => {
    const doc = board('a');
    expect(readBoard(doc)).not.toHaveProperty('beyond');
    const { themes } = boardShape(doc);
    const comments = record(doc, 'a').get('comments') as Y.Map<unknown>;
    doc.transact(() => {
      for (let index = 0; index < LIMITS.themesOnBoard.most + 3; index += 1)
        themes.set(`t${index}`, new Y.Map<unknown>([['title', new Y.Text('t')], ['at', index + 1]])); // prettier-ignore
      for (let index = 0; index < LIMITS.commentsOnItem.most + 2; index += 1)
        comments.set(`c${index}`, { text: 'x', at: index + 1 });
    });
    const { beyond, themes: shown, loose } = readBoard(doc);
    expect(beyond).toEqual({ themes: 3, items: 0, comments: 2 });
    expect(shown.map(({ id }) => id)).not.toContain(`t${LIMITS.themesOnBoard.most}`);
    expect(loose[0]?.comments.at(-1)?.id).toBe(`c${LIMITS.commentsOnItem.most - 1}`);
  });
});

describe('[B63] what is tangled', () => {
  const chain = (length: number): Y.Doc => {
    const doc = new Y.Doc();
    const { items } = boardShape(doc);
    doc.transact(() => {
      for (let index = 0; index < length; index += 1) {
        const entries: [string, unknown][] = [['body', new Y.XmlFragment()], ['merged', `i${index + 1}`], ['at', 1]]; // prettier-ignore
        items.set(`i${index}`, new Y.Map(entries));
      }
    });
    return doc;
  };
  /** Milliseconds for a reading; `readings` at a time, so that both are as often held up by what else the machine does. */
  const taken = (doc: Y.Doc, readings: number) => {
    const times = Array.from({ length: 10 }, () => {
      const from = performance.now();
      for (let index = 0; index < readings; index += 1) readBoard(doc);
      return (performance.now() - from) / readings;
    });
    return Math.min(...times);
  };

  test('a chain of merges is one item with the others inside, in time by its length', { retry: 2 }, () => {
    const [short, long] = [chain(500), chain(5_000)];
    expect(looseIds(long)).toEqual(['i4999']);
    expect(readBoard(long).loose[0]?.merged).toHaveLength(4_999);
    taken(short, 10);
    expect(taken(long, 1) / taken(short, 10)).toBeLessThan(40); // 10 times the items: 100 would be quadratic
  });

  test('a circle with a long tail shows its smallest', () => {
    const doc = chain(3_000);
    record(doc, 'i2999').set('merged', 'i2500');
    const ids = Array.from({ length: 500 }, (_, index) => `i${2_500 + index}`);
    expect(looseIds(doc)).toEqual([ids.toSorted()[0]]);
    expect(readBoard(doc).loose[0]?.merged).toHaveLength(2_999);
    record(doc, 'i0').set('merged', 'i0');
    expect(looseIds(doc)).toContain('i0');
  });

  test('elements ten thousand deep are read for their words', () => {
    const doc = board('a', 'b');
    // In one step: otherwise Yjs tells every element above of each.
    doc.transact(() => {
      let at: Y.XmlElement = new Y.XmlElement('div');
      edit.itemBody(doc, 'a' as ItemId)!.push([at]);
      for (let depth = 0; depth < 10_000; depth += 1) {
        const next = new Y.XmlElement('bullet_list');
        at.insert(0, [new Y.XmlElement('x'), next]);
        at = next;
      }
      at.insert(0, [new Y.XmlText('deep')]);
    });
    expect(readBoard(doc).loose[0]?.blocks[1]).toEqual({
      kind: 'paragraph',
      lang: 'en',
      runs: [{ text: ' ' }, { text: 'deep' }],
    });
  });

  test('ten thousand marks on one text cost no more than they are', () => {
    const doc = board('a');
    const text = (edit.itemBody(doc, 'a' as ItemId)!.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    doc.transact(() => {
      for (let index = 0; index < 2_000; index += 1) text.insert(text.length, 'x', { [`k${index}`]: index });
    });
    expect(textOfBlocks(readBoard(doc).loose[0]!.blocks)).toContain('x'.repeat(2_000));
  });
});

describe('[B64] order keys that somebody else made', () => {
  test.each(['a0é', 'a0\uD83D', 'a00', 'z', 'A'.padEnd(27, '0'), `a0${'V'.repeat(1e6)}`, '\u0000', 'a'])(
    '%.20j is none',
    (key) => {
      const doc = board('a', 'b');
      record(doc, 'b').set('order', key);
      expect(looseIds(doc)).toEqual(['b', 'a']);
      add(doc, 'c');
      edit.moveItem(doc, 'a' as ItemId, null, null, aida);
      expect(looseIds(doc)).toEqual(['b', 'c', 'a']);
    },
  );

  test('as long as a key may be leave room in front of them', () => {
    const doc = board('a', 'b', 'c', 'd');
    const most = LIMITS.orderKey.most;
    record(doc, 'b').set('order', `a1${'V'.repeat(most - 3)}G`);
    record(doc, 'c').set('order', `a1${'V'.repeat(most - 3)}H`);
    record(doc, 'd').set('order', 'z'.repeat(most));
    edit.moveItem(doc, 'a' as ItemId, null, 'c' as ItemId, aida);
    expect(looseIds(doc)).toEqual(['a', 'b', 'c', 'd']);
    add(doc, 'e');
    expect(looseIds(doc)).toEqual(['a', 'b', 'c', 'e', 'd']);
    for (const { id } of readBoard(doc).loose)
      expect(String(record(doc, id).get('order')).length).toBeLessThanOrEqual(most);
  });
});
