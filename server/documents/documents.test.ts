import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { ItemId, RoomId, SeatId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { addItem } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { forum as sample } from '../../tests/integration/outcome-sample.ts';
import { Documents } from './documents.ts';
import { JobProcess } from './job-process.ts';

const ROOMS = ['room0001', 'room0002'] as RoomId[];
const nameOf = (room: RoomId) => documentName({ kind: 'board', room });
const forum = {
  ...sample,
  agenda: sample.agenda.flatMap((item) =>
    item.kind === 'workshop' ? [{ ...item, rooms: ROOMS.map((id) => ({ id, name: id })) }] : [],
  ),
};

let documents: Documents | null = null;
afterEach(() => {
  documents?.close();
  documents = null;
});

/** Documents in memory; counts how often one is taken out. */
class Shelf {
  readonly docs = new Map<string, { doc: Y.Doc; seq: number }>();
  taken = 0;

  write(name: DocumentName, id: string, text = `text of ${id}`): void {
    const entry = this.docs.get(name) ?? { doc: new Y.Doc(), seq: 0 };
    this.docs.set(name, entry);
    entry.seq += 1;
    const blocks = [{ kind: 'paragraph' as const, lang: 'en', runs: [{ text }] }];
    addItem(entry.doc, { id: id as ItemId, theme: null, lang: 'en', blocks }, { seat: 'aida' as SeatId, at: 1 });
  }

  readonly stored = (name: DocumentName) => {
    const { doc, seq } = this.docs.get(name) ?? { doc: new Y.Doc(), seq: 0 };
    return Promise.resolve({
      lineage: 'l',
      seq,
      bytes: () => {
        this.taken += 1;
        return Y.encodeStateAsUpdate(doc);
      },
    });
  };
}

const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
const outcomeOf = async () => {
  const { contents, mark } = await documents!.outcome(forum, []);
  return { document: json(contents.json) as OutcomeDocument, mark };
};

describe('[B67] what a document says', () => {
  test('is read once for everybody who asks for the same state, and anew when it changed', async () => {
    const shelf = new Shelf();
    documents = new Documents(shelf.stored);
    const [name] = ROOMS.map(nameOf) as [DocumentName];
    shelf.write(name, 'one');
    const all = await Promise.all(Array.from({ length: 300 }, () => documents!.board(name)));
    expect(new Set(all).size).toBe(1);
    expect(json(all[0]!.json)).toEqual(readBoard(shelf.docs.get(name)!.doc));
    shelf.write(name, 'two');
    const later = await Promise.all(Array.from({ length: 300 }, () => documents!.board(name)));
    expect((json(later[0]!.json) as Board).loose.map(({ id }) => id)).toEqual(['one', 'two']);
    expect([documents.readings, shelf.taken]).toEqual([2, 2]);
  });

  test('that is written to while it is read is read once more, however many wait for the newest', async () => {
    const shelf = new Shelf();
    documents = new Documents(shelf.stored);
    const [name] = ROOMS.map(nameOf) as [DocumentName];
    const asked: Promise<unknown>[] = [];
    for (let index = 0; index < 50; index += 1) {
      shelf.write(name, `i${index}`);
      asked.push(documents.board(name));
      await Promise.resolve();
    }
    await Promise.all(asked);
    expect((json((await documents.board(name)).json) as Board).loose).toHaveLength(50);
    expect(documents.readings).toBeLessThanOrEqual(3);
  });

  test('is in the outcome, whose mark changes with it and only then', async () => {
    const shelf = new Shelf();
    documents = new Documents(shelf.stored);
    shelf.write(nameOf(ROOMS[0]!), 'one');
    const first = await outcomeOf();
    const again = await outcomeOf();
    expect(again.mark).toBe(first.mark);
    expect(documents.readings).toBe(4); // two boards, the draft, the outcome
    shelf.write(nameOf(ROOMS[1]!), 'two');
    const later = await outcomeOf();
    expect(later.mark).not.toBe(first.mark);
    expect(later.document.parkingLot.map(({ blocks }) => textOfBlocks(blocks))).toEqual(['text of one', 'text of two']);
    expect(documents.readings).toBe(6);
  });

  test('is told by its beginning where it is long, and what is missing is counted', async () => {
    const shelf = new Shelf();
    documents = new Documents(shelf.stored);
    const name = nameOf(ROOMS[0]!);
    for (let index = 0; index < 450; index += 1) shelf.write(name, `i${index}`);
    const board = await documents.beginningOfBoard(name);
    expect([board.loose.length, board.isPart]).toEqual([400, true]);
    const { contents } = await documents.outcome(forum, []);
    expect(JSON.parse(contents.beginning)).toMatchObject({ left: 50, isCut: true });
    expect((json(contents.json) as OutcomeDocument).parkingLot).toHaveLength(450);
  });
});

describe('[B66] a document that cannot be read', () => {
  test('costs only itself: its page has a board to wait for, and the outcome names its room', async () => {
    const shelf = new Shelf();
    documents = new Documents(async (name) => {
      const stored = await shelf.stored(name);
      return name === nameOf(ROOMS[0]!) ? { ...stored, bytes: () => Uint8Array.of(1, 2, 3) } : stored;
    });
    shelf.write(nameOf(ROOMS[1]!), 'two');
    expect(await documents.beginningOfBoard(nameOf(ROOMS[0]!))).toEqual({ themes: [], loose: [], isUnread: true });
    const { document } = await outcomeOf();
    expect(document.parkingLot.map(({ id }) => id)).toEqual(['two']);
    expect(textOfBlocks(document.notes)).toMatch(/^room0001: this board/);
  });
});

describe('[B66] a job that takes more than its budget', () => {
  const sample = new URL('./job-process.sample.ts', import.meta.url);
  const jobProcess = (milliseconds = 50_000) =>
    new JobProcess<string>(sample, { milliseconds, megabytes: 24, waiting: 10 });

  async function told(jobs: JobProcess<string>, names: readonly string[]): Promise<unknown[]> {
    const results = await Promise.allSettled(names.map((job) => jobs.run(() => ({ job }))));
    jobs.close();
    return results.map((result) =>
      result.status === 'fulfilled' ? result.value : (result.reason as { reason: string }).reason,
    );
  }

  test('is refused with the reason, and the jobs behind it are done', async () => {
    const names = ['one', 'memory', 'two', 'table', 'end', 'three', 'throw', 'deep', 'four'];
    const reasons = ['one', 'tooMuch', 'two', 'tooMuch', 'ended', 'three', 'failed', 'deep', 'four'];
    expect(await told(jobProcess(), names)).toEqual(reasons);
  });

  test('of time is refused when that has passed, and the one behind it is begun', async () => {
    expect(await told(jobProcess(2_000), ['forever', 'forever'])).toEqual(['tooLong', 'tooLong']);
  });

  test('that could not even begin, since its process did not start, is refused with why', async () => {
    const nowhere = new URL('./no-such-process.ts', import.meta.url);
    const jobs = new JobProcess<string>(nowhere, { milliseconds: 4_000, megabytes: 24, waiting: 10 });
    const one = jobs.run(() => ({ job: 'one' }));
    await expect(one).rejects.toMatchObject({ reason: 'notStarted' });
    await expect(one).rejects.toThrow(/Cannot find module .*no-such-process/);
    jobs.close();
  });

  test('waits in a line that has an end, and is refused when the process is closed', async () => {
    const jobs = jobProcess();
    const waiting = Array.from({ length: 11 }, () =>
      jobs.run(() => ({ job: 'forever' })).catch((error: unknown) => error),
    );
    expect(await waiting[10]).toMatchObject({ reason: 'busy' });
    jobs.close();
    expect(await Promise.all(waiting.slice(0, 10))).toMatchObject(Array(10).fill({ reason: 'ended' }));
    await expect(jobs.run(() => ({ job: 'late' }))).rejects.toMatchObject({ reason: 'ended' });
  });
});
