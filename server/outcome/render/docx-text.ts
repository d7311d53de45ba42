import { ExternalHyperlink, TextRun, type IRunOptions, type ParagraphChild } from 'docx';
import { directionOf, type Language } from '#domain/languages/language.ts';
import { NASTALIQ, SERIF } from './docx-styles.ts';
import { addressOf } from './address.ts';
import { printable } from './printable.ts';
import type { Inline } from './piece.ts';

/** Runs with language and direction of their own: Word checks spelling and orders words by them. */
export const docxRuns = (inlines: readonly Inline[], around: Language): ParagraphChild[] =>
  inlines.flatMap((inline): ParagraphChild[] => {
    const lang = inline.lang ?? around;
    const link = addressOf(inline.href);
    const style = link ? 'Hyperlink' : inline.role === 'label' ? 'Label' : inline.role === 'room' ? 'Room' : undefined;
    const look = { bold: inline.strong, italics: inline.em, style };
    const children = textRuns(inline.text, lang, look);
    return link ? [new ExternalHyperlink({ link, children })] : children;
  });

export function textRuns(text: string, lang: Language, look: IRunOptions = {}): TextRun[] {
  return printable(text)
    .split('\n')
    .flatMap((line, index) =>
      stretches(line, directionOf(lang)).map(
        (stretch, at) =>
          new TextRun({
            ...look,
            ...speech(stretch.direction, lang, look),
            text: stretch.text,
            ...(index > 0 && at === 0 && { break: 1 }),
          }),
      ),
    );
}

const RIGHT_TO_LEFT = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]`;
const WORDS = new RegExp(String.raw`((?:${RIGHT_TO_LEFT}\p{M}*)+)|(?:(?!${RIGHT_TO_LEFT})\p{L}\p{M}*)+`, 'gu');

interface Stretch {
  readonly text: string;
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Word and its like take the font, the size and the direction of Arabic letters from other settings than those of Latin ones, by what
 * the run says it is: words of the other direction are a run of their own. A line without words is one too.
 */
function stretches(line: string, direction: 'ltr' | 'rtl'): Stretch[] {
  const found: Stretch[] = [];
  const add = (at: number, to: number, way: Stretch['direction']) => {
    if (to > at) found.push({ text: line.slice(at, to), direction: way });
  };
  const other = direction === 'ltr' ? 'rtl' : 'ltr';
  let [from, start, end] = [0, 0, 0];
  for (const { 0: words, 1: rightToLeft, index } of line.matchAll(WORDS)) {
    if ((rightToLeft !== undefined) !== (direction === 'rtl')) {
      if (start === end) start = index;
      end = index + words.length;
    } else if (end > start) {
      add(from, start, direction);
      add(start, end, other);
      from = start = end;
    }
  }
  if (end > start) {
    add(from, start, direction);
    add(start, end, other);
    from = end;
  }
  if (from < line.length || found.length === 0) found.push({ text: line.slice(from), direction });
  return found;
}

function speech(direction: 'ltr' | 'rtl', lang: Language, look: IRunOptions): IRunOptions {
  if (direction === 'ltr') return { language: { value: lang } };
  // Such words in a text of another language are mostly Urdu, whose letters the fonts of many machines lack.
  const spoken = directionOf(lang) === 'rtl' ? lang : 'ur';
  return {
    rightToLeft: true,
    language: { value: lang, bidirectional: spoken },
    ...(look.bold && { boldComplexScript: true }),
    ...(look.italics && { italicsComplexScript: true }),
    ...(spoken.startsWith('ur') && { font: { ascii: SERIF, hAnsi: SERIF, eastAsia: SERIF, cs: NASTALIQ } }),
  };
}

/** A paragraph's own direction. */
export const direction = (lang: Language) => (directionOf(lang) === 'rtl' ? { bidirectional: true } : {});
