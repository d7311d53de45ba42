import { directionOf, type Language } from '#domain/languages/language.ts';
import { isBlank, type Block } from '#domain/languages/text.ts';
import type { MergedItem, OutcomeDocument } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Coverage } from '../fonts/coverage.ts';
import { FAMILY_ROWS } from '../fonts/families.ts';
import { withKnownSigns } from '../fonts/signs.ts';
import { addressOf } from './address.ts';
import { breakable } from './breakable.ts';
import { dayOf } from './day.ts';
import { layOut } from './layout.ts';
import { runningTitle } from './running-title.ts';
import { wovenBandSvg } from './ornament.ts';
import type { Inline, Piece, Words } from './piece.ts';
import { printable } from './printable.ts';
import { wordingOf } from './wording.ts';

/** The document as the typesetter's template (`outcome.typ`) reads it: data, so that no sign of it is ever markup. */
export function pdfData(document: OutcomeDocument, fonts: readonly Coverage[]): string {
  const wording = wordingOf(document.language);
  const { front, body, annexes } = layOut(document, wording, { repeat: false });
  const data = new PdfData(fonts);
  const title = [document.headline, document.title].find((text) => text !== null && !isBlank(text));
  return JSON.stringify({
    fonts: FAMILY_ROWS,
    title: data.text(title ?? wording.labels.outcomeDocument),
    running: data.text(runningTitle(document.title)),
    authors: document.organisers.map(({ name }) => data.text(name)),
    date: dayOf(document.to),
    ...speech(document.language),
    kind: data.words({ text: wording.labels.outcomeDocument, lang: wording.lang }),
    of: wording.labels.pageOf,
    ofSpeech: speech(wording.lang),
    band: wovenBandSvg(13),
    front: front.flatMap((piece) => data.piece(piece)),
    body: [...body, ...annexes].flatMap((piece) => data.piece(piece)),
  });
}

/** Signs of a word without end that fit into a column of a table, or into a line of the largest heading. */
const NARROW = 24;

/** The typesetter knows languages without script or region. */
const speech = (tag: Language) => ({ lang: tag.split('-')[0] ?? tag, dir: directionOf(tag) });

class PdfData {
  readonly #fonts: readonly Coverage[];

  constructor(fonts: readonly Coverage[]) {
    this.#fonts = fonts;
  }

  /** What people wrote was cleaned and noted before; here go the words that we say around it, and addresses. */
  text(text: string, longest?: number): string {
    return breakable(withKnownSigns(printable(text).replaceAll('\t', ' '), this.#fonts), longest);
  }

  words({ text, lang }: Words, longest?: number) {
    return { inlines: [{ text: this.text(text, longest) }], ...speech(lang) };
  }

  piece(piece: Piece): object[] {
    switch (piece.kind) {
      case 'heading':
      case 'agendaHeading':
      case 'themeHeading':
        return [this.#heading(piece)];
      case 'paragraph':
        return [{ kind: piece.kind, role: piece.role, ...this.#inlines(piece.inlines, piece.lang) }];
      case 'list':
        return [
          {
            kind: piece.kind,
            role: piece.role,
            ...speech(piece.lang),
            entries: piece.entries.map((entry) => this.#inlines(entry, piece.lang)),
          },
        ];
      case 'recommendations':
        return [this.#recommendations(piece)];
      case 'delegations':
        return [this.#delegations(piece)];
      default:
        return unreachable(piece);
    }
  }

  /** A heading of which nothing is seen would be a bookmark without a name, which PDF/UA forbids. */
  #heading(piece: Extract<Piece, { text: Words }>): object {
    const words = this.words(isBlank(piece.text.text) ? { ...piece.text, text: '–' } : piece.text, NARROW);
    switch (piece.kind) {
      case 'heading':
        return { kind: piece.kind, level: piece.level, role: piece.role, ...words };
      case 'agendaHeading':
        return { kind: piece.kind, time: this.text(piece.time), ...words };
      case 'themeHeading':
        return { kind: piece.kind, number: String(piece.number), ...words };
      default:
        return unreachable(piece);
    }
  }

  #recommendations({ kind, role, entries, mergedLabel }: Extract<Piece, { kind: 'recommendations' }>): object {
    return {
      kind,
      role,
      entries: entries.map(({ number, room, merged, ...item }) => ({
        number,
        room: room === null ? null : this.text(room),
        ...this.#item(item),
        mergedLabel: this.words(mergedLabel),
        merged: merged.map((inside) => this.#item(inside)),
      })),
    };
  }

  #item({ lang, blocks }: Pick<MergedItem, 'lang' | 'blocks'>) {
    return { ...speech(lang), blocks: blocks.map((block) => this.#block(block)) };
  }

  #block(block: Block): object {
    if (block.kind === 'paragraph') return { kind: block.kind, ...this.#inlines(block.runs, block.lang) };
    const entries = block.items.map((runs) => this.#inlines(runs, block.lang));
    return { kind: block.kind, ...speech(block.lang), entries };
  }

  #delegations({ kind, head, headLang, rows }: Extract<Piece, { kind: 'delegations' }>): object {
    return {
      kind,
      head: head.filter((title) => title !== null),
      named: head[2] !== null,
      ...speech(headLang),
      rows: rows.map(({ country, count, people }) => ({
        country: this.words(country, NARROW),
        count: String(count),
        names: people
          .map(({ name, organisation }) => this.text([name, organisation].filter(Boolean).join(', '), NARROW))
          .join('; '),
      })),
    };
  }

  #inlines(inlines: readonly Inline[], around: Language) {
    return { inlines: inlines.map((inline) => this.#inline(inline, around)), ...speech(around) };
  }

  #inline({ text, strong, em, href, role, lang }: Inline, around: Language) {
    const address = addressOf(href);
    return {
      // The typesetter loses a link that begins with a soft hyphen.
      text: this.text(address === undefined ? text : text.replaceAll('\u00ad', '')),
      ...(strong && { strong }),
      ...(em && { em }),
      ...(address !== undefined && { href: address }),
      ...(role === 'label' && { label: true }),
      ...(lang && lang !== around && speech(lang)),
    };
  }
}
