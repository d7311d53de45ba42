import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { scanStored } from '#protocol/update/scan.ts';
import { AccessChanged, type EpochGuard } from '#server/storage/ports/access.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { Journal, type Author, type JournalEntry, type JournalledDocument } from './journal.ts';

const EMPTY = scanStored(Uint8Array.of(0, 0));

class Recorded implements JournalledDocument {
  readonly name = 'board/room00001' as DocumentName;
  readonly lineage = 'lineage';
  readonly leases = [];
  seq = 0;
  guards: EpochGuard[] = [];
  readonly heard: string[] = [];

  allowed(entries: readonly JournalEntry[]): readonly JournalEntry[] {
    for (const { author, frame } of entries) if (!author.mayWrite) author.notAllowed(frame);
    return entries.filter(({ author }) => author.mayWrite);
  }

  stored(entries: readonly JournalEntry[]): void {
    this.seq += entries.length;
    this.heard.push(`stored ${entries.length}`);
  }

  refused(entries: readonly JournalEntry[]): void {
    this.heard.push(`refused ${entries.length}`);
  }

  reload(): Promise<void> {
    this.heard.push('reload');
    return Promise.resolve();
  }
}

class Somebody implements Author {
  mayWrite = true;
  readonly heard: string[] = [];
  receipt = () => null;
  notStored = (frame: number) => void this.heard.push(`notStored ${frame}`);
  notAllowed = (frame: number) => void this.heard.push(`notAllowed ${frame}`);
}

let document: Recorded;
let author: Somebody;
let append: ReturnType<typeof vi.fn<DocumentStore['append']>>;
let recovered: number;
let refreshed: string[];
let journal: Journal;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  document = new Recorded();
  author = new Somebody();
  append = vi.fn<DocumentStore['append']>(() => Promise.resolve());
  recovered = 0;
  refreshed = [];
  journal = new Journal({
    documents: { append: (...row) => append(...row) },
    clock: Date.now,
    check: () => Promise.resolve(),
    refresh: (scopes) => {
      refreshed.push(...scopes);
      return Promise.resolve();
    },
    onRecovered: () => (recovered += 1),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const offer = (frame = 1) => journal.offer({ document, update: EMPTY, seat: 'aida' as SeatId, author, frame });

describe('a commit', () => {
  test('[Y2] holds the edits of its turn, and those that gather while another runs', async () => {
    let finish = () => {};
    append.mockImplementationOnce(() => new Promise((resolve) => (finish = () => resolve())));
    offer();
    offer();
    await vi.advanceTimersByTimeAsync(1);
    offer();
    await vi.advanceTimersByTimeAsync(100);
    expect(append.mock.calls.map(([rows]) => rows.map(({ seq }) => seq))).toEqual([[1, 2]]);
    finish();
    await vi.advanceTimersByTimeAsync(100);
    expect(append.mock.calls.map(([rows]) => rows.map(({ seq }) => seq))).toEqual([[1, 2], [3]]);
    expect(document.heard).toEqual(['stored 2', 'stored 1']);
  });

  test('[Y19] that was overtaken by a change of access is judged again by the new rules', async () => {
    document.guards = [{ scope: 'workshop:w', epoch: 3 } as unknown as EpochGuard];
    append.mockImplementationOnce(() => {
      author.mayWrite = false;
      return Promise.reject(new AccessChanged([document.guards[0]!.scope]));
    });
    offer(7);
    await vi.advanceTimersByTimeAsync(10);
    expect(append.mock.calls[0]?.[1]?.guards).toEqual(document.guards);
    expect(refreshed).toEqual(['workshop:w']);
    expect(author.heard).toEqual(['notAllowed 7']);
    expect(append).toHaveBeenCalledTimes(1);
    expect(document.heard).toEqual([]);
  });

  test('[Y3] that fails gives everything back, and whoever was refused may offer again when storage is back', async () => {
    append.mockRejectedValueOnce(new StorageError('disk full'));
    offer();
    await vi.advanceTimersByTimeAsync(10);
    expect(document.heard).toEqual(['refused 1']);
    expect([journal.healthy, offer()]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(300);
    expect(document.heard).toEqual(['refused 1', 'reload']);
    expect([journal.healthy, recovered, offer()]).toEqual([true, 1, true]);
  });

  test('[Y3] that hangs is given back after 30 s, and shown if it was stored after all', async () => {
    let finish = () => {};
    append.mockImplementationOnce(() => new Promise((resolve) => (finish = () => resolve())));
    offer();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(journal.healthy).toBe(false);
    offer();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(document.heard).toEqual(['refused 1', 'refused 1']);
    expect(offer()).toBe(false);
    finish();
    await vi.advanceTimersByTimeAsync(10);
    expect(document.heard).toEqual(['refused 1', 'refused 1', 'stored 1', 'reload']);
    expect([journal.healthy, recovered, offer()]).toEqual([true, 1, true]);
  });

  test('[Y3] more than 32 MB that wait are refused, and may come when there is room', async () => {
    let finish = () => {};
    append.mockImplementationOnce(() => new Promise((resolve) => (finish = () => resolve())));
    offer();
    await vi.advanceTimersByTimeAsync(1);
    const large = { ...EMPTY, bytes: new Uint8Array(1_000_000) };
    const took = Array.from({ length: 40 }, () =>
      journal.offer({ document, update: large, seat: null, author, frame: 2 }),
    );
    expect(took.filter(Boolean)).toHaveLength(32);
    finish();
    await vi.advanceTimersByTimeAsync(10);
    expect(recovered).toBe(1);
  });
});
