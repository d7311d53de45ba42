import { fromBase64, toBase64 } from 'lib0/buffer';
import { expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { KeptCopy } from './kept-copy.ts';
import { forgetElsewhere, keptElsewhere } from './kept-elsewhere.ts';
import { MemoryStorage } from './page-storage.ts';

const seat = 'seat0001' as SeatId;
const here = 'board/room00001' as DocumentName;
const other = 'board/room00002' as DocumentName;
const closed = () => false;
const known = Uint8Array.of(1, 7, 3);

test('[B36] words that were never sent, of this seat and another board, are found with what the server had', () => {
  const storage = new MemoryStorage();
  new KeptCopy(here, seat, storage).rememberUnsaved(1, () => known);
  new KeptCopy(other, 'seat0002' as SeatId, storage).rememberUnsaved(4, () => known);
  const copy = new KeptCopy(other, seat, storage);
  expect(keptElsewhere(seat, here, storage, closed)).toEqual([]);
  copy.rememberUnsaved(1, () => known);
  copy.rememberUnsaved(2, () => Uint8Array.of(9)); // what the first one was built on stays
  storage.setItem(`${copy.database}:tail:tab`, JSON.stringify([toBase64(known)]));
  storage.setItem(`sync:${seat}:board/room00003`, 'written by nobody we know');

  const [draft, ...others] = keptElsewhere(seat, here, storage, closed);
  expect(others).toEqual([]);
  expect(draft).toMatchObject({ database: copy.database, edits: 2 });
  expect(fromBase64(draft!.known!)).toEqual(known);

  copy.rememberUnsaved(0);
  expect(keptElsewhere(seat, here, storage, closed)).toEqual([]);
});

test('[B36] what is discarded is neither kept nor sent, and the next copy begins anew', () => {
  const storage = new MemoryStorage();
  const copy = new KeptCopy(other, seat, storage);
  copy.rememberUnsaved(2, () => known);
  copy.startAnew(1_000, 2, 'late');
  copy.rememberUnsaved(1, () => known);
  const [left, unsent] = keptElsewhere(seat, here, storage, closed);
  expect(fromBase64(left!.known!)).toEqual(known);
  forgetElsewhere(left!, storage);
  expect(keptElsewhere(seat, here, storage, closed)).toEqual([unsent]);
  forgetElsewhere(unsent!, storage);
  expect(keptElsewhere(seat, here, storage, closed)).toEqual([]);
  const next = new KeptCopy(other, seat, storage);
  expect(next.unsaved).toBe(0);
  expect([unsent!.database, left!.database]).not.toContain(next.database);
});

test('[B36] what a board that can be opened would send is left to it; what came too late there is found from elsewhere', () => {
  const storage = new MemoryStorage();
  const copy = new KeptCopy(other, seat, storage);
  copy.rememberUnsaved(2, () => known);
  const found = (isOpen: boolean) => keptElsewhere(seat, here, storage, (document) => isOpen && document === other);
  expect([found(true), found(false)]).toEqual([[], [expect.objectContaining({ edits: 2 })]]);
  const late = copy.database;
  copy.startAnew(1_000, 2, 'late');
  copy.rememberUnsaved(1, () => known);
  expect(found(true)).toEqual([expect.objectContaining({ database: late, edits: 2 })]);
  expect(found(false).map(({ database }) => database)).toEqual([late, copy.database]);
});
