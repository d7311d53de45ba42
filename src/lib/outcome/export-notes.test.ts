import { describe, expect, test } from 'vitest';
import type { ExportNote } from '#domain/outcome/export-note.ts';
import { readNotes, writeNotes } from './export-notes.ts';

const signs = (count: number) => Array.from({ length: count }, (_, index) => `U+E00${index}`);

describe('[O62] what a file lacks travels in its header', () => {
  test('and comes out as it went in', () => {
    const notes: ExportNote[] = [
      { kind: 'signsReplaced', place: '1.3', signs: signs(2), count: 5 },
      { kind: 'textShortened', place: 'preamble', most: 100_000 },
      { kind: 'textLeftOut', place: 'title' },
      { kind: 'tagsMissing' },
    ];
    expect(readNotes(writeNotes(notes))).toEqual(notes);
  });

  test('short enough for every proxy and in signs that a header may have', () => {
    const many = Array.from({ length: 5_000 }, (_, index): ExportNote => {
      return { kind: 'signsReplaced', place: `${index}.1`, signs: signs(99), count: 99 };
    });
    const header = writeNotes(many);
    expect(header).toMatch(/^[\x20-\x7e]{1,8000}$/);
    expect(readNotes(header)).toHaveLength(40);
  });

  test.each([null, '', '{', '[{"kind":"other"}]', '{"a":1}'])('%j says nothing', (header) => {
    expect(readNotes(header)).toEqual([]);
  });
});
