import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { MemoryStorage } from '#lib/sync/page-storage.ts';
import { KeptField } from './kept-field.svelte.ts';

const AIDA = 'aida' as SeatId;
const BORIS = 'boris' as SeatId;

/** What the field shows after the page was loaded again. */
function reloaded(seat: SeatId, field: string): string {
  const again = new KeptField(seat, field);
  again.restore();
  return again.text;
}

beforeEach(() => vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => vi.unstubAllGlobals());

test('[B81] what is typed is there after a reload, for this seat and this field only', () => {
  new KeptField(AIDA, 'board/one').text = 'Half a sent';
  expect(reloaded(AIDA, 'board/one')).toBe('Half a sent');
  expect(reloaded(AIDA, 'board/two')).toBe('');
  expect(reloaded(BORIS, 'board/one')).toBe('');
});

test('[B81] what was added is not there any more', () => {
  const field = new KeptField(AIDA, 'board/one');
  field.text = 'A sentence';
  field.text = '';
  expect(reloaded(AIDA, 'board/one')).toBe('');
  expect(localStorage).toHaveLength(0);
});

test('[B81] words typed before the page was ready count, not those from before', () => {
  new KeptField(AIDA, 'board/one').text = 'Old';
  const field = new KeptField(AIDA, 'board/one');
  field.text = 'New';
  field.restore();
  expect(field.text).toBe('New');
});

test('[B81] a store that is closed, full or taken away stops nobody from typing', () => {
  const broken = () => {
    throw new DOMException('no', 'QuotaExceededError');
  };
  vi.stubGlobal('localStorage', { getItem: broken, setItem: broken, removeItem: broken });
  const field = new KeptField(AIDA, 'board/one');
  field.restore();
  field.text = 'Still typed';
  expect(field.text).toBe('Still typed');
  field.text = '';
  Object.defineProperty(globalThis, 'localStorage', { get: broken, configurable: true });
  field.text = 'And so is this';
  expect(field.text).toBe('And so is this');
});
