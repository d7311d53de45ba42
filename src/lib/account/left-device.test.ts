import { expect, test } from 'vitest';
import { unsavedHere } from './left-device.ts';

const storage = (entries: Record<string, string>) => ({
  length: Object.keys(entries).length,
  key: (at: number) => Object.keys(entries)[at] ?? null,
  getItem: (key: string) => entries[key] ?? null,
});

test('[A52] what is not saved yet is counted over all copies and drafts of the device', () => {
  const kept = storage({
    'sync:seat1:board/north': JSON.stringify({ unsaved: { tab1: 2, tab2: 1 }, drafts: [{ edits: 4 }] }),
    'sync:seat2:board/south': JSON.stringify({ unsaved: {} }),
    theme: 'dark',
  });
  expect(unsavedHere(kept)).toBe(7);
});

test('[A52] what somebody else wrote into the store is not counted and stops nobody', () => {
  const kept = storage({
    'sync:a': 'no json',
    'sync:b': 'null',
    'sync:c': '{"unsaved":{"t":"many"},"drafts":7}',
    'sync:d': '{"unsaved":{"t":-5,"u":1e400,"v":2},"drafts":[null,{"edits":"x"}]}',
  });
  expect(unsavedHere(kept)).toBe(2);
});
