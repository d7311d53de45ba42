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
    .map((line, index) => new TextRun({ ...look, ...speech(lang, look), text: line, ...(index > 0 && { break: 1 }) }));
}

function speech(lang: Language, look: IRunOptions): IRunOptions {
  if (directionOf(lang) === 'ltr') return { language: { value: lang } };
  return {
    rightToLeft: true,
    language: { value: lang, bidirectional: lang },
    ...(look.bold && { boldComplexScript: true }),
    ...(look.italics && { italicsComplexScript: true }),
    ...(lang.startsWith('ur') && { font: { ascii: SERIF, hAnsi: SERIF, eastAsia: SERIF, cs: NASTALIQ } }),
  };
}

/** A paragraph's own direction. */
export const direction = (lang: Language) => (directionOf(lang) === 'rtl' ? { bidirectional: true } : {});
