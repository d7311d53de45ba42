import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import { addComment, addItem, type Writer } from './edit.ts';
import { fairShare } from './fair-share.ts';
import { readBoard } from './read.ts';
import { boardShape } from './shape.ts';

const PEOPLE = 35;
const EACH = 4;
const FLOOD = 5_200;
const TIMES = [1, 0, -1, 9e15, -1e308, Infinity, NaN, 5e-324, 'now', null, undefined];

const paragraph = (text: string) => [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }] as const;

/** A board of a whole room, to whose first idea everybody said something. */
function boardOfRoom(): Y.Doc {
  const doc = new Y.Doc();
  for (let person = 0; person < PEOPLE; person += 1) {
    const own = new Y.Doc();
    own.clientID = 1_000 + person;
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    const writer: Writer = { seat: `seat${person}` as SeatId, at: 1_700_000_000_000 + person };
    own.transact(() => {
      for (let index = 0; index < EACH; index += 1) {
        const id = `p${person}i${index}` as ItemId;
        addItem(own, { id, theme: null, lang: 'en', blocks: paragraph(`words of ${id}`) }, writer);
        addComment(own, 'p0i0' as ItemId, { id: `c${id}` as CommentId, text: { text: 'Yes', lang: 'en' } }, writer);
      }
    });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(own));
  }
  return doc;
}

const ROOM = Y.encodeStateAsUpdate(boardOfRoom());

interface Flood {
  readonly client: number;
  /** As many clientIDs as it has items; a seat may have any number. */
  readonly isScattered?: boolean;
  readonly by?: string;
  readonly time: (index: number) => unknown;
  /** Takes the others' names away, which deleting a value can do. */
  readonly unsigns?: boolean;
}

/** What one guest adds to it who wants others gone, without touching their words. */
function flooded({ client, isScattered = false, by, time, unsigns = false }: Flood): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, ROOM);
  doc.clientID = client;
  const { items } = boardShape(doc);
  const next = () => (isScattered ? (doc.clientID += 1) : client);
  let index = 0;
  const comments = items.get('p0i0')!.get('comments') as Y.Map<unknown>;
  doc.transact(() => {
    for (const record of items.values()) {
      record.set('at', time((index += 1)));
      if (unsigns) record.delete('by');
    }
  });
  doc.transact(() => {
    for (; index < FLOOD; index += 1) {
      next();
      const signed: [string, unknown][] = by === undefined ? [] : [['by', by]];
      const entries: [string, unknown][] = [['at', time(index)], ['body', new Y.XmlFragment()], ...signed]; // prettier-ignore
      items.set(`0flood${index}`, new Y.Map(entries));
      const signature = index % 2 === 0 ? 'flooder' : ''; // all that the server lets somebody sign with
      if (index < 2_000) comments.set(`0flood${index}`, { by: signature, at: time(index), text: '', lang: 'en' });
    }
  });
  return Y.encodeStateAsUpdate(doc);
}

const copyOf = (...updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};
const ofPeople = ({ loose }: Board) => loose.filter(({ id }) => id.startsWith('p'));

describe('[B62] whoever floods a board pushes out only what is theirs', () => {
  test('whatever one client claims, each idea and each comment of the others is read, on every copy alike', () => {
    const cases: Flood[] = [
      { client: 1, time: (index) => TIMES[index % TIMES.length] },
      { client: 10, isScattered: true, time: () => 1 },
      { client: 2_036, by: 'flooder', isScattered: true, time: (index) => -index },
      { client: 2 ** 32 - 1, unsigns: true, time: () => 1 },
    ];
    for (const each of cases) {
      const flood = flooded(each);
      const board = readBoard(copyOf(flood));
      const shown = ofPeople(board);
      expect(shown).toHaveLength(PEOPLE * EACH);
      for (const { id, blocks } of shown) expect(textOfBlocks(blocks)).toBe(`words of ${id}`);
      const { comments } = shown.find(({ id }) => id === 'p0i0')!;
      expect(comments).toHaveLength(LIMITS.commentsOnItem.most);
      expect(comments.filter(({ text }) => text.text === 'Yes')).toHaveLength(PEOPLE * EACH);
      expect(comments).toEqual(comments.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));
      expect(board.loose).toHaveLength(LIMITS.itemsOnBoard.most);
      expect(board.beyond?.items).toBe(FLOOD - LIMITS.itemsOnBoard.most);
      expect(readBoard(copyOf(ROOM, flood))).toEqual(board);
    }
  });

  test('who has no more than their share loses nothing, whoever else writes how much', () => {
    const writer = fc.integer({ min: 0, max: 60 });
    const time = fc.double({ noNaN: true });
    fc.assert(
      fc.property(
        fc.array(writer, { minLength: 1, maxLength: 12 }),
        fc.array(time, { minLength: 7 }),
        fc.boolean(),
        (counts, times, isSigned) => {
          const all = counts.flatMap((count, of) =>
            Array.from({ length: count }, (_, index) => ({
              of,
              index,
              at: times[(of * 5 + index) % 7]!,
              id: `${of} ${index}`,
            })),
          );
          const most = 40;
          const [shown, beyond] = fairShare(all, most, ({ of, at, id, index }) => [
            at,
            id,
            isSigned ? `seat${of}` : '',
            isSigned ? index % 7 : of,
          ]);
          expect(shown.length + beyond).toBe(all.length);
          expect(shown).toHaveLength(Math.min(all.length, most));
          const kept = (writer: number) => shown.filter(({ of }) => of === writer).length;
          for (const [of, count] of counts.entries()) {
            if (count <= most / counts.length || all.length <= most) expect(kept(of)).toBe(count);
            const others = all.length - count;
            if (others <= most / 2) expect(shown.length - kept(of)).toBe(others);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[B60] nobody can say for somebody else when it was written', () => {
    const { items } = boardShape(copyOf(ROOM));
    const doc = items.doc!;
    const at = (id: string) => readBoard(doc).loose.find((item) => item.id === id)!.at;
    expect(at('p1i0')).toBe(1_700_000_000_001);
    items.get('p1i0')!.set('at', 1);
    items.get('p2i0')!.set('at', -1e308);
    items.get('p3i0')!.delete('at');
    expect(['p1i0', 'p2i0', 'p3i0'].map(at)).toEqual([0, 0, 0]);
    expect(at('p4i0')).toBe(1_700_000_000_004);
  });
});
