import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
  type IPropertiesOptions,
} from 'docx';
import { directionOf, type Language } from '#domain/languages/language.ts';
import type { MergedItem, OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import {
  BULLET_LEVELS,
  docxStyles,
  NASTALIQ,
  NO_LINE,
  RECOMMENDATION_LEVELS,
  SANS,
  SERIF,
  TABLE_LINE,
  TWIPS,
} from './docx-styles.ts';
import { docxBytes } from './docx-bytes.ts';
import { direction, docxRuns, textRuns } from './docx-text.ts';
import { font } from '../fonts/files.ts';
import { layOut } from './layout.ts';
import { runningTitle } from './running-title.ts';
import type { Inline, ParagraphRole, Piece, Words } from './piece.ts';
import { wordingOf, type Wording } from './wording.ts';

/** A Word file that needs no clean-up: named styles, real headings, real numbering, each text in its language. */
export async function renderDocx(document: OutcomeDocument): Promise<Uint8Array<ArrayBuffer>> {
  const wording = wordingOf(document.language);
  const { front, body, annexes } = layOut(document, wording, { repeat: false });
  const kind = new Paragraph({
    style: 'Kind',
    ...direction(wording.lang),
    children: textRuns(wording.labels.outcomeDocument, wording.lang),
  });
  const render = (piece: Piece) => blocks(piece, document.language);
  const gap = new Paragraph({ style: 'Rule' });
  const children = [kind, ...front.flatMap(render), gap, ...[...body, ...annexes].flatMap(render)];
  const fonts = await embeddedFonts(document);
  const make = () =>
    new Document({
      styles: docxStyles(document.language),
      fonts,
      numbering: {
        config: [
          { reference: 'recommendations', levels: [...RECOMMENDATION_LEVELS] },
          { reference: 'bullets', levels: [...BULLET_LEVELS] },
        ],
      },
      sections: [
        {
          properties: {
            page: {
              size: TWIPS.page,
              margin: {
                top: TWIPS.margin,
                bottom: TWIPS.margin,
                left: TWIPS.gutter,
                right: TWIPS.gutter,
                header: 600,
                footer: 560,
              },
            },
            titlePage: true,
          },
          headers: {
            first: new Header({ children: [new Paragraph('')] }),
            default: new Header({ children: [runningHead(document)] }),
          },
          footers: { first: footer(wording), default: footer(wording) },
          children,
        },
      ],
    });
  return docxBytes(make, {
    title: document.headline ?? document.title,
    subject: document.title,
    creator: document.organisers.map(({ name }) => name).join(', ') || 'Dastarkhan',
    day: document.to,
  });
}

const runningHead = ({ title, language }: OutcomeDocument): Paragraph =>
  new Paragraph({ style: 'Small', ...direction(language), children: textRuns(runningTitle(title), language) });

function footer({ labels, lang }: Wording): Footer {
  const number = (field: (typeof PageNumber)[keyof typeof PageNumber]) => new TextRun({ children: [field] });
  return new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        alignment: AlignmentType.CENTER,
        ...direction(lang),
        children: [number(PageNumber.CURRENT), ...textRuns(` ${labels.pageOf} `, lang), number(PageNumber.TOTAL_PAGES)],
      }),
    ],
  });
}

function blocks(piece: Piece, language: Language): FileChild[] {
  switch (piece.kind) {
    case 'heading': {
      const heading = piece.level === 1 ? HeadingLevel.TITLE : HeadingLevel.HEADING_1;
      return [
        new Paragraph({ heading, ...direction(piece.text.lang), children: textRuns(piece.text.text, piece.text.lang) }),
      ];
    }
    case 'agendaHeading': {
      const time = piece.time ? [new TextRun({ text: `  ${piece.time}`, style: 'Room', bold: false })] : [];
      const children = [...textRuns(piece.text.text, piece.text.lang), ...time];
      return [new Paragraph({ heading: HeadingLevel.HEADING_2, ...direction(piece.text.lang), children })];
    }
    case 'themeHeading':
      return [
        new Paragraph({
          style: 'Theme',
          numbering: { reference: 'recommendations', level: 0 },
          ...direction(piece.text.lang),
          children: textRuns(piece.text.text, piece.text.lang),
        }),
      ];
    case 'paragraph':
      return [paragraph(piece.role, piece.lang, piece.inlines)];
    case 'list':
      return piece.entries.map((entry) => bullet(entry, piece.lang, 0));
    case 'recommendations':
      return piece.entries.flatMap((entry) => [
        ...recommendation(entry, language),
        ...mergedItems(entry.merged, piece.mergedLabel),
      ]);
    case 'delegations':
      return [delegations(piece)];
    default:
      return unreachable(piece);
  }
}

const STYLES: Partial<Record<ParagraphRole, string>> = {
  headline: 'Headline',
  dates: 'Fact',
  place: 'Fact',
  organisers: 'Fact',
  'host-event': 'Fact',
  countries: 'Fact',
  languages: 'Fact',
  moderator: 'Detail',
  'speakers-label': 'Detail',
  question: 'Detail',
  rooms: 'Links',
  links: 'Links',
  source: 'Small',
  participants: 'Cell',
};

function paragraph(role: ParagraphRole, lang: Language, inlines: readonly Inline[]): Paragraph {
  const style = STYLES[role];
  const [label, ...rest] = inlines;
  // A fact's label stands in a column of its own.
  const children =
    style === 'Fact' && label?.role === 'label'
      ? [
          ...docxRuns([{ ...label, text: label.text.replace(/:\s*$/, '') }], lang),
          new TextRun({ children: [new Tab()] }),
          ...docxRuns(rest, lang),
        ]
      : docxRuns(inlines, lang);
  return new Paragraph({ style, ...direction(lang), children });
}

const bullet = (inlines: readonly Inline[], lang: Language, level: number): Paragraph =>
  new Paragraph({
    style: 'Bullets',
    numbering: { reference: 'bullets', level },
    ...direction(lang),
    children: docxRuns(inlines, lang),
  });

/** Invisible marks that keep signs at the ends of a name beside it, also within a line of the other direction. */
const MARK = { ltr: '\u200e', rtl: '\u200f' };

/** The first paragraph carries the number; the others stand below it. */
function recommendation({ number, lang, blocks: parts, room }: OutcomeRecommendation, language: Language): Paragraph[] {
  const from: Inline[] =
    room === null
      ? []
      : [
          { text: '  ' },
          { text: `${MARK[directionOf(language)]}${room}${MARK[directionOf(language)]}`, role: 'room', lang: language },
        ];
  const numbering = number ? { reference: 'recommendations', level: 1 } : { reference: 'bullets', level: 0 };
  const rows = parts.flatMap((part): { runs: readonly Inline[]; lang: Language; listed: boolean }[] =>
    part.kind === 'paragraph'
      ? [{ runs: part.runs, lang: part.lang, listed: false }]
      : part.items.map((runs) => ({ runs, lang: part.lang, listed: true })),
  );
  // A recommendation that begins with a list gets its number on a line of its own.
  if (rows[0]?.listed) rows.unshift({ runs: [], lang, listed: false });
  return rows.map(({ runs, lang: own, listed }, index) => {
    const inlines = index === rows.length - 1 ? [...runs, ...from] : runs;
    if (listed) return bullet(inlines, own, 1);
    const style = index > 0 ? 'RecommendationMore' : number ? 'Recommendation' : 'Idea';
    return new Paragraph({
      style,
      ...(index === 0 && { numbering }),
      ...direction(own),
      children: docxRuns(inlines, own),
    });
  });
}

/** Below the clause and not numbered: the numbers are the clauses'. */
function mergedItems(merged: readonly MergedItem[], label: Words): Paragraph[] {
  if (merged.length === 0) return [];
  const head = new Paragraph({
    style: 'Merged',
    ...direction(label.lang),
    children: textRuns(label.text, label.lang),
  });
  const entries = merged.flatMap(({ blocks: parts }) =>
    parts.flatMap((part) =>
      (part.kind === 'paragraph' ? [part.runs] : part.items).map((runs) => bullet(runs, part.lang, 1)),
    ),
  );
  return [head, ...entries];
}

function delegations({ head, headLang, rows }: Extract<Piece, { kind: 'delegations' }>): Table {
  const named = head[2] !== null;
  const width = TWIPS.page.width - 2 * TWIPS.gutter;
  const columnWidths = named ? [width * 0.28, width * 0.14, width * 0.58] : [width * 0.7, width * 0.3];
  const cell = (index: number, style: string, lang: Language, inlines: readonly Inline[]) =>
    new TableCell({
      width: { size: Math.round(columnWidths[index] ?? 0), type: WidthType.DXA },
      borders: { top: NO_LINE, left: NO_LINE, right: NO_LINE, bottom: TABLE_LINE },
      children: [new Paragraph({ style, ...direction(lang), children: docxRuns(inlines, lang) })],
    });
  const titles = head.filter((title) => title !== null);
  return new Table({
    columnWidths: columnWidths.map(Math.round),
    width: { size: width, type: WidthType.DXA },
    visuallyRightToLeft: directionOf(headLang) === 'rtl',
    rows: [
      new TableRow({
        tableHeader: true,
        children: titles.map((text, index) => cell(index, 'CellHead', headLang, [{ text }])),
      }),
      ...rows.map(({ country, count, people }) => {
        const names = people
          .map(({ name, organisation }) => [name, organisation].filter(Boolean).join(', '))
          .join('; ');
        return new TableRow({
          cantSplit: true,
          children: [
            cell(0, 'Cell', country.lang, [{ text: country.text }]),
            cell(1, 'Cell', headLang, [{ text: String(count) }]),
            ...(named ? [cell(2, 'Cell', headLang, [{ text: names }])] : []),
          ],
        });
      }),
    ],
  });
}

/** With its fonts the file looks the same on a computer that has none of them. Nastaliq is large: only where its letters are. */
async function embeddedFonts(document: OutcomeDocument): Promise<NonNullable<IPropertiesOptions['fonts']>> {
  const [serif, serifBold, serifItalic, sans, sansBold] = await Promise.all([
    font('serif'),
    font('serifBold'),
    font('serifItalic'),
    font('sans'),
    font('sansSemiBold'),
  ]);
  const fonts: NonNullable<IPropertiesOptions['fonts']> = [
    { name: SERIF, data: serif, bold: serifBold, italic: serifItalic },
    { name: SANS, data: sans, bold: sansBold },
  ];
  if (!/"lang(?:uage)?":"ur|\p{Script=Arabic}/u.test(JSON.stringify(document))) return fonts;
  return [...fonts, { name: NASTALIQ, data: await font('nastaliq') }];
}
