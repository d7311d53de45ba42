import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { scanUpdate } from '#protocol/update/scan.ts';
import { DocumentLog } from '#server/sync/document-log.ts';
import { newsOf } from '#server/sync/news.ts';
import { putDown } from '#server/sync/placement.ts';
import { Seeded } from '../faults/seeded.ts';
import { BoardWriter } from './board-writer.ts';
import { RichDocs } from './rich-docs.ts';
import { TornStructs } from './torn-structs.ts';

const TORN = Number(process.env.TORN ?? 300); // boards
const STEPS = 60;

/** A document as the server keeps it. */
class Board {
  readonly log = new DocumentLog([]);
  readonly rows: Uint8Array[] = [];

  /** What became of it. */
  offer(bytes: Uint8Array): 'known' | 'gap' | 'torn' | 'taken' | 'changed' {
    const { log } = this;
    const news = newsOf(scanUpdate(bytes)!, {
      clock: (client) => log.clock(client),
      isDeleted: (client, clock, length) => log.isDeleted(client, clock, length),
    });
    if (news === 'gap') return 'gap';
    if (news === 'nothing') return 'known';
    const placed = putDown(news, log.places);
    if (!placed) return 'torn';
    log.append(placed);
    this.rows.push(placed.bytes);
    return placed === news ? 'taken' : 'changed';
  }
}

describe('structs beside anything', { timeout: 900_000 + TORN * 300 }, () => {
  test(`[Y68] on ${TORN} boards nothing makes an ordinary client throw, and all hold the same`, () => {
    const random = new Seeded();
    const counts = { known: 0, gap: 0, torn: 0, taken: 0, changed: 0 };
    for (let run = 0; run < TORN; run += 1) {
      const board = new Board();
      const writers = [new BoardWriter(10, true), new BoardWriter(20, true), new BoardWriter(30, false)];
      const send = ({ sent }: BoardWriter) => {
        for (const update of sent.splice(0)) expect(board.offer(update)).toMatch(/^(taken|known)$/);
      };
      const hostile = new TornStructs(random);
      for (let step = 0; step < STEPS; step += 1) {
        const writer = writers[random.between(0, 2)]!;
        const what = random.between(0, process.env.HONEST ? 3 : 4);
        if (what < 2) writer.edit(random);
        else if (what === 2) send(writer);
        else if (what === 3) writer.hear(board.rows, random.between(0, board.rows.length));
        else counts[board.offer(hostile.next(random.between(50, 51), board.log.clocks))] += 1;
      }
      const settle = () => {
        for (const writer of writers) send(writer);
        for (const writer of writers) writer.hear(board.rows);
      };
      settle();
      settle();
      const late = new Y.Doc();
      Y.applyUpdate(late, board.log.whole());
      const [first, ...others] = [...writers.map(({ doc }) => doc), late].map(contents);
      for (const other of others) expect(other).toEqual(first);
      writers[0]!.clear(); // what was left behind in something shows when that goes
      settle();
    }
    console.log(`${TORN} boards: ${JSON.stringify(counts)}, seed ${random.seed}`);
    expect(Math.min(counts.torn, counts.taken, counts.changed)).toBeGreaterThan(TORN / 10);
  });

  test(`[Y68] what people send always passes, edit by edit or after a long time offline`, () => {
    const random = new Seeded();
    const counts = { known: 0, gap: 0, torn: 0, taken: 0, changed: 0 };
    for (let run = 0; run < TORN; run += 1) {
      const rich = new RichDocs(random);
      rich.edit(random.between(5, 60));
      const board = new Board();
      for (const update of rich.updates.slice(0, random.between(0, rich.updates.length)))
        counts[board.offer(update)] += 1;
      for (const doc of rich.docs) counts[board.offer(Y.encodeStateAsUpdate(doc))] += 1;
      const again = new DocumentLog([board.log.whole()]);
      for (const [client, end] of board.log.clocks) {
        for (let clock = 0; clock < end; clock += 1) {
          expect(again.places.at(client, clock)).toBe(board.log.places.at(client, clock));
        }
      }
    }
    console.log(`${JSON.stringify(counts)}, seed ${random.seed}`);
    expect([counts.torn, counts.gap, counts.changed]).toEqual([0, 0, 0]);
    expect(counts.taken).toBeGreaterThan(TORN);
  });
});

/** Everything in it. Of a list how often what is there: a neighbour on the wrong side leaves the order open. */
function contents(doc: Y.Doc): unknown {
  const valueOf = ({ content }: Y.Item): unknown =>
    content instanceof Y.ContentType ? all(content.type) : content.getContent();
  const all = (type: Pick<Y.AbstractType<unknown>, '_start' | '_map'>): unknown => {
    const list: string[] = [];
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentString) list.push(...item.content.str);
      else if (item.content instanceof Y.ContentAny) list.push(...item.content.arr.map(String));
      else list.push(JSON.stringify(valueOf(item)));
    }
    const keys = [...type._map]
      .filter(([, { deleted }]) => !deleted)
      .map(([key, item]) => [key, valueOf(item)])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
    return [list.sort(), Object.fromEntries(keys) as unknown];
  };
  return ['items', 'themes'].map((root) => all(doc.getMap(root)));
}
