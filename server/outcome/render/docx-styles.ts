import { AlignmentType, BorderStyle, LevelFormat, LineRuleType, type ILevelsOptions, type IStylesOptions } from 'docx';
import type { Language } from '#domain/languages/language.ts';

/** Twentieths of a point, as Word counts: 1134 is 2 cm. */
export const TWIPS = { margin: 1134, gutter: 1701, hang: 794, fact: 2552, page: { width: 11906, height: 16838 } };

const INK = '1D2333';
const SOFT = '586078';
const POMEGRANATE = 'A83A2A';
const LAPIS = '2A4F8F';
const LINE = 'D9D2C6';

export const SERIF = 'Source Serif 4';
export const SANS = 'Onest';
export const NASTALIQ = 'Noto Nastaliq Urdu';

const latin = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: 'Times New Roman' });
const sans = (size: number, color = INK) => ({ font: latin(SANS), size, sizeComplexScript: size + 2, color });
const heading = (size: number, before: number, after: number) => ({
  run: { font: latin(SERIF), size, sizeComplexScript: size, bold: true, color: INK },
  paragraph: { spacing: { before, after, line: 264, lineRule: LineRuleType.AUTO }, keepNext: true, keepLines: true },
});

/** Named styles, so that whoever edits the file changes one style and not a hundred paragraphs. Sizes are half points. */
export function docxStyles(language: Language): IStylesOptions {
  return {
    default: {
      document: {
        run: {
          font: latin(SERIF),
          size: 22,
          sizeComplexScript: 24,
          color: INK,
          language: { value: language, bidirectional: language, eastAsia: language },
        },
        paragraph: { spacing: { line: 288, lineRule: LineRuleType.AUTO, after: 140 } },
      },
      title: heading(48, 240, 160),
      heading1: {
        ...heading(32, 480, 200),
        paragraph: {
          spacing: { before: 480, after: 200, line: 264, lineRule: LineRuleType.AUTO },
          keepNext: true,
          border: { top: { style: BorderStyle.SINGLE, size: 6, color: LINE, space: 12 } },
        },
      },
      heading2: heading(25, 320, 120),
      hyperlink: { run: { color: LAPIS, underline: { color: LAPIS } } },
    },
    paragraphStyles: [
      style('Kind', 'Document kind', {
        run: { ...sans(18, POMEGRANATE), allCaps: true, characterSpacing: 20 },
        paragraph: {
          spacing: { before: 0, after: 120 },
          border: { top: { style: BorderStyle.THICK, size: 36, color: POMEGRANATE, space: 14 } },
        },
      }),
      style('Headline', 'Headline', {
        run: { italics: true, size: 26, sizeComplexScript: 28, color: SOFT },
        paragraph: { spacing: { after: 280 } },
      }),
      style('Fact', 'Fact', {
        run: sans(19),
        paragraph: { spacing: { after: 60, line: 264 }, indent: { start: TWIPS.fact, hanging: TWIPS.fact } },
      }),
      style('Rule', 'Rule below the facts', {
        run: { size: 8 },
        paragraph: {
          spacing: { before: 60, after: 200, line: 240 },
          border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: LINE, space: 1 } },
        },
      }),
      style('Detail', 'Agenda detail', { run: sans(18, SOFT), paragraph: { spacing: { after: 60 }, keepNext: true } }),
      style('Links', 'Agenda links', { run: sans(18, SOFT), paragraph: { spacing: { after: 120 } } }),
      style('Bullets', 'Bullets', { paragraph: { spacing: { after: 60 } } }),
      style('Theme', 'Theme', { paragraph: { outlineLevel: 1 } }, 'Heading2'),
      style('Recommendation', 'Recommendation', { paragraph: { spacing: { after: 110 } } }),
      style('RecommendationMore', 'Recommendation, continued', { paragraph: { spacing: { after: 110 } } }),
      style('Merged', 'What was merged into it', {
        run: sans(18, SOFT),
        paragraph: { spacing: { after: 40 }, keepNext: true },
      }),
      style('Idea', 'Idea without a theme', { paragraph: { spacing: { after: 90 } } }),
      style('Cell', 'Table cell', { run: sans(19), paragraph: { spacing: { before: 40, after: 40, line: 252 } } }),
      style('CellHead', 'Table head', {
        run: { ...sans(18, SOFT), bold: true },
        paragraph: { spacing: { before: 40, after: 40 } },
      }),
      style('Small', 'Small print', { run: sans(17, SOFT) }),
    ],
    characterStyles: [
      { id: 'Label', name: 'Label', basedOn: 'DefaultParagraphFont', run: { color: SOFT } },
      { id: 'Room', name: 'Room', basedOn: 'DefaultParagraphFont', run: { font: latin(SANS), size: 17, color: SOFT } },
    ],
  };
}

function style(id: string, name: string, look: object, basedOn = 'Normal') {
  return { id, name, basedOn, next: basedOn === 'Heading2' ? 'Recommendation' : id, quickFormat: true, ...look };
}

const hang = { paragraph: { indent: { start: 0, hanging: TWIPS.hang } } };

/** Themes and recommendations are one list of two levels: Word counts 1, 1.1, 1.2 itself, and the numbers hang in the margin. */
export const RECOMMENDATION_LEVELS: readonly ILevelsOptions[] = [
  {
    level: 0,
    format: LevelFormat.DECIMAL,
    text: '%1',
    alignment: AlignmentType.START,
    style: { ...hang, run: { color: POMEGRANATE } },
  },
  {
    level: 1,
    format: LevelFormat.DECIMAL,
    text: '%1.%2',
    alignment: AlignmentType.START,
    style: { ...hang, run: { color: POMEGRANATE, bold: false } },
  },
];

const bullet = (level: number): ILevelsOptions => ({
  level,
  format: LevelFormat.BULLET,
  text: '•',
  alignment: AlignmentType.START,
  style: { paragraph: { indent: { start: 397 * (level + 1), hanging: 284 } }, run: { color: POMEGRANATE } },
});
export const BULLET_LEVELS: readonly ILevelsOptions[] = [bullet(0), bullet(1)];

export const TABLE_LINE = { style: BorderStyle.SINGLE, size: 4, color: LINE };
export const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
