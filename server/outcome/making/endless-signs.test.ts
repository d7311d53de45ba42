import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import { Maker } from './maker.ts';

/** `ENDLESS_RUNS=200` takes some minutes. */
const RUNS = Number(process.env.ENDLESS_RUNS ?? 4);
const REPEATS = Number(process.env.ENDLESS_REPEATS ?? 1_000);

/** What stands on, joins, turns or stacks the sign before it, in every script that has such. */
const KINDS: Readonly<Record<string, string>> = {
  devanagari: 'क\u094d',
  bengali: 'ক\u09cd',
  gurmukhi: 'ਕ\u0a4d',
  gujarati: 'ક\u0acd',
  oriya: 'କ\u0b4d',
  tamil: 'க\u0bcd',
  telugu: 'క\u0c4d',
  kannada: 'ಕ\u0ccd',
  malayalam: 'ക\u0d4d',
  sinhala: 'ක\u0dca\u200d',
  khmer: '\u1780\u17d2',
  tibetan: '\u0f40\u0f90',
  myanmar: '\u1000\u1031',
  'jamo that begin': '\u1100',
  'jamo of a syllable': '\u1100\u1161\u11a8',
  'marks alone': '\u0301',
  'marks with joiners': '\u0301\u200d',
  'marks around': 'a\u20dd',
  'arabic marks': '\u0628\u0651\u064e',
  'signs before a number': '\u0600',
  selectors: '\ufe0f',
  'ideographic selectors': '王\u{e0100}',
  'regional indicators': '\u{1f1f0}',
  families: '👨\u200d',
  tags: '🏴\u{e0067}',
  music: '\u{1d157}\u{1d165}',
  'both directions': '\u05d0a',
  isolates: '\u2067a\u2069',
  embeddings: '\u202b\u202c',
  'no width': '\u200b',
  'letters without a width between': 'a\u200b',
  'soft hyphens': '\u00ad',
  'word joiners': 'a\u2060',
};

const document = assembleOutcome(sources);
const withText = (text: string) => {
  const [theme, ...themes] = document.themes;
  const [first, ...recommendations] = theme!.recommendations;
  const blocks = [{ kind: 'paragraph' as const, lang: 'en', runs: [{ text }] }];
  return {
    ...document,
    themes: [{ ...theme!, recommendations: [{ ...first!, blocks }, ...recommendations] }, ...themes],
  };
};

describe('[O67] a sign without an end is printed all the same', () => {
  const maker = new Maker({ seconds: LIMITS.exportTime.most, megabytes: LIMITS.exportMemory.most });
  afterAll(() => maker.end());
  const notesOf = async (text: string) => {
    const json = new TextEncoder().encode(JSON.stringify(withText(text)));
    const { bytes, notes } = await maker.make({ json, format: 'pdf' });
    expect(Buffer.from(bytes).toString('latin1', 0, 5)).toBe('%PDF-');
    return notes.filter(({ kind }) => kind !== 'signsReplaced');
  };

  test.each(Object.entries(KINDS))(
    '%s',
    async (_, sign) => {
      expect(await notesOf(sign.repeat(REPEATS))).toEqual([]);
    },
    600_000,
  );

  test('and several in one text', async () => {
    const part = fc.tuple(fc.constantFrom(...Object.values(KINDS)), fc.integer({ min: 1, max: 400 }));
    const text = fc.array(part, { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const sample = parts.map(([sign, count]) => sign.repeat(count)).join('');
        expect(await notesOf(sample)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});
