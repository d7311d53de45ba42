import { expect, test } from 'vitest';
import { isUnsavedHere } from './left-device.ts';

const storage = (entries: Record<string, string>) => ({
  length: Object.keys(entries).length,
  key: (at: number) => Object.keys(entries)[at] ?? null,
  getItem: (key: string) => entries[key] ?? null,
});

test('[A52] what is not saved yet is looked for in all copies and drafts of the device', () => {
  const saved = { 'sync:seat2:board/south': JSON.stringify({ unsaved: { tab: 0 }, drafts: [] }), theme: 'dark' };
  const north = (kept: unknown) => storage({ ...saved, 'sync:seat1:board/north': JSON.stringify(kept) });
  expect(isUnsavedHere(storage(saved))).toBe(false);
  expect(isUnsavedHere(north({ unsaved: { tab1: 0, tab2: 1 } }))).toBe(true);
  expect(isUnsavedHere(north({ unsaved: {}, drafts: [{ edits: 4 }] }))).toBe(true);
});

test('[A52] what somebody else wrote into the store is not counted and stops nobody', () => {
  const kept = {
    'sync:a': 'no json',
    'sync:b': 'null',
    'sync:c': '{"unsaved":{"t":"many"},"drafts":7}',
    'sync:d': '{"unsaved":{"t":-5,"u":1e400},"drafts":[null,{"edits":"x"}]}',
  };
  expect(isUnsavedHere(storage(kept))).toBe(false);
  expect(isUnsavedHere(storage({ ...kept, 'sync:e': '{"unsaved":{"t":-5,"v":2}}' }))).toBe(true);
});
