import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { textContent } from 'domutils';
import { describe, expect, test } from 'vitest';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { importOutcome } from '#server/outcome/import/import-outcome.ts';
import { hostileOutcome } from '../../../tests/integration/hostile-outcome.ts';
import { GLYPH_POSTS, HOSTILE_STRINGS } from '../../../tests/integration/hostile-strings.ts';
import { boardsOf } from '../import/imported.ts';
import { OUTCOME_FORMATS, renderOutcome } from './render.ts';
import { entryOfZip } from '../../../tests/integration/outcome-zip.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';

/** Full length takes ten minutes: `HOSTILE_LENGTH=20000` once, and here what shows the same kinds. */
const LENGTH = Number(process.env.HOSTILE_LENGTH ?? 400);
const RANDOM = Number(process.env.HOSTILE_RANDOM ?? 64);
const BATCH = 16;

const batches = (strings: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(strings.length / BATCH) }, (_, index) =>
    strings.slice(index * BATCH, (index + 1) * BATCH),
  );

/** Makes every format and looks whether it is what its readers take. */
async function expectWhole(document: OutcomeDocument): Promise<void> {
  for (const format of OUTCOME_FORMATS) {
    const { bytes, notes } = await renderOutcome(document, format);
    expect(notes.filter(({ kind }) => kind === 'tagsMissing' || kind === 'textLeftOut')).toEqual([]);
    const text = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    switch (format) {
      case 'pdf':
        expect(Buffer.from(bytes).toString('latin1', 0, 5)).toBe('%PDF-');
        expect(Buffer.from(bytes).includes('pdfuaid:part')).toBe(true);
        break;
      case 'docx':
        for (const part of [
          'word/document.xml',
          'word/_rels/document.xml.rels',
          'docProps/core.xml',
          'word/header2.xml',
        ])
          expectWellFormed(entryOfZip(bytes, part));
        break;
      case 'json':
        expect(JSON.parse(text())).toEqual(document);
        break;
      case 'wordpress':
        expect(JSON.parse(text())).toMatchObject({ status: 'draft' });
        break;
      default:
        expect(FORBIDDEN.exec(text())?.[0]).toBeUndefined();
    }
  }
}

/** Not in XML 1.0 at all, nor anywhere a reader expects text. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** A small check of well-formedness: signs that XML has, tags that close in order, no stray ampersand. */
function expectWellFormed(xml: string): void {
  expect(FORBIDDEN.exec(xml)?.[0]).toBeUndefined();
  const open: string[] = [];
  const text = xml
    .replace(/<\?.*?\?>/g, '')
    .replace(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, attributes: string, alone) => {
      expect(attributes.replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, '')).not.toContain('&');
      if (end) expect(open.pop()).toBe(name);
      else if (!alone) open.push(name as string);
      return '';
    });
  expect(open).toEqual([]);
  expect(text.replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, '')).not.toMatch(/[<&]/);
}

describe('[O60] whatever people write, every format comes out', () => {
  test.each(batches(HOSTILE_STRINGS.map((text) => text.slice(0, LENGTH))))(
    'every field with %j and its neighbours',
    async (...strings) => {
      await expectWhole(hostileOutcome(strings));
    },
    600_000,
  );

  test('each string alone in the fields that there are once', async () => {
    for (const text of HOSTILE_STRINGS) {
      const { title, headline, place, hostEvent, agendaHeading, recommendationsHeading, source } = hostileOutcome([
        text.slice(0, 200),
      ]);
      const once = { title, headline, place, hostEvent, agendaHeading, recommendationsHeading, source };
      const { notes } = await renderOutcome({ ...hostileOutcome([]), ...once }, 'pdf');
      expect(notes.filter(({ kind }) => kind !== 'signsReplaced')).toEqual([]);
    }
  }, 300_000);

  test('random strings of all of Unicode', async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc
        .array(
          fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
          { maxLength: 12 },
        )
        .map((units) => units.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: BATCH, maxLength: BATCH }), (strings) =>
        expectWhole(hostileOutcome(strings)),
      ),
      { numRuns: Math.ceil(RANDOM / BATCH) },
    );
  }, 600_000);

  test.skipIf(GLYPH_POSTS.length === 0)(
    'posts with signs that no font had once',
    async () => {
      for (const post of GLYPH_POSTS) {
        const imported = importOutcome(post);
        if (!imported.ok) throw new Error(imported.refusal.kind);
        let id = 0;
        const boards = boardsOf(imported.value, [{ id: 'room', name: 'Room' }], () => `id${(id += 1)}`);
        await expectWhole(assembleOutcome({ ...sources, boards, draft: imported.value.draft }));
      }
    },
    120_000,
  );
});

describe('[O62] what cannot be printed is replaced in sight and named', () => {
  const { themes } = assembleOutcome(sources);
  const document = {
    ...assembleOutcome(sources),
    place: 'Osh \u0007',
    themes: themes.map((theme, index) => ({
      ...theme,
      recommendations: theme.recommendations.map((entry) =>
        index === 0 && entry.number === '1.2'
          ? {
              ...entry,
              blocks: [
                { kind: 'paragraph' as const, lang: 'en', runs: [{ text: 'a \ue000 b \ue000 c \u{12000} 👍' }] },
              ],
            }
          : entry,
      ),
    })),
  };

  test('by code and clause, on paper', async () => {
    const { notes } = await renderOutcome(document, 'pdf');
    expect(notes).toEqual([
      { kind: 'signsReplaced', place: 'place', signs: ['U+0007'], count: 1 },
      { kind: 'signsReplaced', place: '1.2', signs: ['U+E000', 'U+12000'], count: 3 },
    ]);
  });

  test('in formats whose reader has fonts of its own the signs stand as they were written', async () => {
    for (const format of ['html', 'docx', 'md', 'wordpress', 'csv'] as const) {
      const { notes } = await renderOutcome(document, format);
      expect(notes).toEqual([{ kind: 'signsReplaced', place: 'place', signs: ['U+0007'], count: 1 }]);
    }
    const html = new TextDecoder().decode((await renderOutcome(document, 'html')).bytes);
    expect(textContent(parseDocument(html).children)).toContain('a \ue000 b \ue000 c \u{12000} 👍');
  });

  test.skipIf(!installed('pdftotext'))('the page says which sign stood there', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'outcome-')), 'outcome.pdf');
    writeFileSync(path, (await renderOutcome(document, 'pdf')).bytes);
    expect(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })).toContain(
      'a ‹U+E000› b ‹U+E000› c ‹U+12000› 👍',
    );
  });
});

function installed(command: string): boolean {
  try {
    execFileSync(command, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
