import { directionOf, type Language } from '#domain/languages/language.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import { isSafeHref } from '#protocol/rich-text.ts';
import { compilePdf } from '../pdf/compile.ts';
import { layOut } from './layout.ts';
import { printable } from './markup.ts';
import { wovenBandSvg } from './ornament.ts';
import type { Inline, Piece } from './piece.ts';
import { wordingOf } from './wording.ts';

/** A tagged PDF (PDF/UA-1) with its fonts in it. The text goes to the typesetter as data, so no sign of it is ever markup. */
export async function renderPdf(document: OutcomeDocument): Promise<Uint8Array<ArrayBuffer>> {
  const wording = wordingOf(document.language);
  const { front, body, annexes } = layOut(document, wording, { repeat: false });
  const input = {
    title: printable(document.headline ?? document.title),
    running: printable(document.title),
    authors: document.organisers.map(({ name }) => printable(name)),
    ...speech(document.language),
    kind: spoken(wording.labels.outcomeDocument, wording.lang),
    of: wording.labels.pageOf,
    ofSpeech: speech(wording.lang),
    band: wovenBandSvg(13),
    front: front.map(data),
    body: [...body, ...annexes].map(data),
  };
  return compilePdf(JSON.stringify(input));
}

/** The typesetter knows languages without script or region. */
const speech = (tag: Language) => ({ lang: tag.split('-')[0] ?? tag, dir: directionOf(tag) });
const spoken = (text: string, lang: Language) => ({ inlines: [{ text: printable(text) }], ...speech(lang) });

const inlineData = ({ text, strong, em, href, role, lang }: Inline, around: Language) => ({
  text: printable(text),
  ...(strong && { strong }),
  ...(em && { em }),
  ...(href && isSafeHref(href) && { href }),
  ...(role === 'label' && { label: true }),
  ...(lang && lang !== around && speech(lang)),
});
const inlinesData = (inlines: readonly Inline[], lang: Language) => ({
  inlines: inlines.map((inline) => inlineData(inline, lang)),
  ...speech(lang),
});

function data(piece: Piece): object {
  switch (piece.kind) {
    case 'heading':
      return { kind: piece.kind, level: piece.level, role: piece.role, ...spoken(piece.text.text, piece.text.lang) };
    case 'agendaHeading':
      return { kind: piece.kind, time: piece.time, ...spoken(piece.text.text, piece.text.lang) };
    case 'themeHeading':
      return { kind: piece.kind, number: String(piece.number), ...spoken(piece.text.text, piece.text.lang) };
    case 'paragraph':
      return { kind: piece.kind, role: piece.role, ...inlinesData(piece.inlines, piece.lang) };
    case 'list':
      return {
        kind: piece.kind,
        role: piece.role,
        ...speech(piece.lang),
        entries: piece.entries.map((entry) => inlinesData(entry, piece.lang)),
      };
    case 'recommendations':
      return {
        kind: piece.kind,
        role: piece.role,
        entries: piece.entries.map(({ number, lang, blocks, room }) => ({
          number,
          room: room === null ? null : printable(room),
          ...speech(lang),
          blocks: blocks.map((block) =>
            block.kind === 'paragraph'
              ? { kind: block.kind, ...inlinesData(block.runs, block.lang) }
              : {
                  kind: block.kind,
                  ...speech(block.lang),
                  entries: block.items.map((runs) => inlinesData(runs, block.lang)),
                },
          ),
        })),
      };
    case 'delegations':
      return {
        kind: piece.kind,
        head: piece.head.filter((title) => title !== null),
        named: piece.head[2] !== null,
        ...speech(piece.headLang),
        rows: piece.rows.map(({ country, count, people }) => ({
          country: spoken(country.text, country.lang),
          count: String(count),
          names: people
            .map(({ name, organisation }) => printable([name, organisation].filter(Boolean).join(', ')))
            .join('; '),
        })),
      };
    default:
      return unreachable(piece);
  }
}
