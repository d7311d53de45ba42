import { describe, expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { KeptCopy } from './kept-copy.ts';

class MapStorage {
  readonly #values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
}

const board = 'board/room00001' as DocumentName;
const open = (storage: MapStorage, seat = 'seat0001') => new KeptCopy(board, seat as SeatId, storage);

describe('the copy in the browser', () => {
  test('[Y13] lineage, permission and unsaved count are there after a reload', () => {
    const storage = new MapStorage();
    open(storage).rememberHello({ lineage: 'first', readOnly: false });
    open(storage).rememberUnsaved(3);
    const reloaded = open(storage);
    expect([reloaded.lineage, reloaded.unsaved, reloaded.readOnly]).toEqual(['first', 3, false]);
  });

  test('[Y13] another seat in the same browser has a copy of its own', () => {
    const storage = new MapStorage();
    open(storage).rememberUnsaved(3);
    const other = open(storage, 'seat0002');
    expect(other.unsaved).toBe(0);
    expect(other.database).not.toBe(open(storage).database);
  });

  test('[Y32] two tabs of a seat count for themselves, and what a closed one left is the next one’s', () => {
    const storage = new MapStorage();
    const [first, second] = [open(storage), open(storage)];
    first.rememberUnsaved(3);
    second.rememberUnsaved(2);
    second.rememberUnsaved(0);
    expect([first.unsaved, second.unsaved]).toEqual([3, 0]);
    second.rememberUnsaved(4);
    const third = open(storage); // the others have crashed
    expect(third.unsaved).toBe(7);
    third.rememberUnsaved(0);
    expect(open(storage).unsaved).toBe(0);
  });

  test('[Y10] a copy with unsaved edits becomes a draft when it cannot be merged, one without is of no use', () => {
    const storage = new MapStorage();
    const kept = open(storage);
    const first = kept.database;
    kept.rememberHello({ lineage: 'first', readOnly: false });
    kept.rememberUnsaved(2);
    expect(kept.startAnew(1_000, 2, 'late', Uint8Array.of(0))).toBeNull();
    expect(open(storage).drafts).toEqual([{ database: first, cause: 'late', known: 'AA==', at: 1_000, edits: 2 }]);
    expect([kept.lineage, kept.unsaved]).toEqual([null, 0]);
    const second = kept.database;
    expect(second).not.toBe(first);
    expect(kept.startAnew(2_000, 0, 'late')).toBe(second);
    kept.forgetDraft(kept.drafts[0]!);
    expect(open(storage).drafts).toEqual([]);
  });

  test('[Y10] a second tab neither undoes what the first one started anew nor loses the draft', () => {
    const storage = new MapStorage();
    const [first, second] = [open(storage), open(storage)];
    const old = first.database;
    first.rememberUnsaved(2);
    expect(first.startAnew(1_000, 2, 'restored')).toBeNull();
    first.rememberHello({ lineage: 'second', readOnly: false });
    second.rememberUnsaved(5);
    expect([first.unsaved, first.lineage, second.lineage]).toEqual([0, 'second', null]);
    expect(second.startAnew(2_000, 5, 'restored')).toBeNull();
    expect(second.database).toBe(first.database);
    expect(open(storage).drafts).toEqual([{ database: old, cause: 'restored', known: null, at: 1_000, edits: 2 }]);
    expect(open(storage).lineage).toBe('second');
  });

  test('[Y13] what somebody else wrote under our key does no harm', () => {
    const storage = new MapStorage();
    storage.setItem(`sync:seat0001:${board}`, 'not json');
    expect(open(storage).unsaved).toBe(0);
  });
});
