import { directionOf, type Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import type { OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import { isSafeHref } from '#protocol/rich-text.ts';
import { layOut } from './layout.ts';
import { langAttributes } from './markup.ts';
import { printable } from './printable.ts';
import type { Inline, Piece, Words } from './piece.ts';
import { wordingOf } from './wording.ts';

/** CommonMark with a table. A text in another language than the document stands in a span that says which. */
export function renderMarkdown(document: OutcomeDocument): string {
  const { front, body, annexes } = layOut(document, wordingOf(document.language), { repeat: false });
  const markdown = new Markdown(document.language);
  const pieces = [...front, ...body, ...annexes].map((piece) => markdown.piece(piece)).join('\n\n');
  const text =
    directionOf(document.language) === 'rtl'
      ? `<div${langAttributes(document.language)}>\n\n${pieces}\n\n</div>`
      : pieces;
  return `---\ntitle: ${JSON.stringify(printable(document.title))}\nlang: ${document.language}\n---\n\n${text}\n`;
}

class Markdown {
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  piece(piece: Piece): string {
    switch (piece.kind) {
      case 'heading':
        return `${'#'.repeat(piece.level)} ${this.#line([piece.text], piece.text.lang)}`;
      case 'agendaHeading':
        return `### ${this.#line([piece.text], piece.text.lang)}${piece.time ? ` (${piece.time})` : ''}`;
      case 'themeHeading':
        return `### ${piece.number}\\. ${this.#line([piece.text], piece.text.lang)}`;
      case 'paragraph':
        return this.#lines(piece.inlines, piece.lang);
      case 'list':
        return piece.entries.map((entry) => `- ${indented(this.#lines(entry, piece.lang))}`).join('\n');
      case 'recommendations':
        return piece.entries.map((entry) => `- ${indented(this.#recommendation(entry, piece.mergedLabel))}`).join('\n');
      case 'delegations':
        return this.#table(piece);
      default:
        return unreachable(piece);
    }
  }

  #recommendation({ number, blocks, room, merged }: OutcomeRecommendation, label: Words): string {
    const [start = '', ...rest] = this.#blocks(blocks);
    const from = room === null ? [] : [`(${escaped(room)})`];
    const inside = merged.map((item) => `- ${indented(this.#blocks(item.blocks).join('\n\n'))}`).join('\n');
    const below = inside === '' ? [] : [this.#line([label], label.lang), inside];
    return [`${number ? `**${number}** ` : ''}${start}`, ...rest, ...from, ...below].join('\n\n');
  }

  #blocks(blocks: readonly Block[]): string[] {
    return blocks.map((block) =>
      block.kind === 'paragraph'
        ? this.#lines(block.runs, block.lang)
        : block.items.map((runs) => `- ${indented(this.#lines(runs, block.lang))}`).join('\n'),
    );
  }

  #table({ head, rows }: Extract<Piece, { kind: 'delegations' }>): string {
    const titles = head.filter((title) => title !== null).map(escaped);
    const lines = rows.map(({ country, count, people }) => [
      this.#line([country], country.lang),
      String(count),
      ...(head[2] === null
        ? []
        : [
            people.map(({ name, organisation }) => escaped([name, organisation].filter(Boolean).join(', '))).join('; '),
          ]),
    ]);
    const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('\n', ' ')).join(' | ')} |`;
    return [row(titles), row(titles.map((_, index) => (index === 1 ? '---:' : '---'))), ...lines.map(row)].join('\n');
  }

  /** Headings and cells have one line. */
  #line(inlines: readonly Inline[], lang: Language): string {
    return this.#inlines(
      inlines.map((inline) => ({ ...inline, text: inline.text.replaceAll('\n', ' ') })),
      lang,
    );
  }

  #lines(inlines: readonly Inline[], lang: Language): string {
    return this.#inlines(inlines, lang).replaceAll('\n', '  \n');
  }

  #inlines(inlines: readonly Inline[], lang: Language): string {
    const text = inlines
      .map((inline) => this.#marked(inline, lang))
      .join('')
      .replace(LINE_START, '$1\\$2')
      .replace(NUMBER_START, '$1\\$2');
    return lang === this.#language ? text : `<span${langAttributes(lang)}>${text}</span>`;
  }

  /** Marks touch their words: `** bold **` is no bold in Markdown. */
  #marked({ text, strong, em, href, role, lang }: Inline, around: Language): string {
    const shown = printable(text);
    const words = shown.trim();
    if (words === '') return escaped(text);
    const begin = shown.indexOf(words);
    let marked = escaped(words);
    if (em) marked = `*${marked}*`;
    if (strong || role === 'label') marked = `**${marked}**`;
    if (href && isSafeHref(href)) marked = `[${marked}](<${printable(href).replace(/[<>\s\\]/g, encodeURIComponent)}>)`;
    // Names of months and countries have the document's language nearly always: a span around each would bury the text.
    if (lang && lang !== around && lang !== this.#language) marked = `<span${langAttributes(lang)}>${marked}</span>`;
    return shown.slice(0, begin) + marked + shown.slice(begin + words.length);
  }
}

const escaped = (text: string): string => printable(text).replace(/[\\`*_{}[\]<>|~$&#]/g, '\\$&');
const LINE_START = /^([^\S\n\r\u2028\u2029]*)([-+=])/gmu;
const NUMBER_START = /^([^\S\n\r\u2028\u2029]*\d+)([.)])/gmu;
const indented = (text: string): string => text.replace(/\n(?=.)/g, '\n  ');
