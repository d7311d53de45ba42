import { directionOf, type Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import type { MergedItem, OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import { layOut } from './layout.ts';
import { classOf, codeClass, escapeText, inlineHtml, langAttributes } from './markup.ts';
import type { DelegationRow, Piece, Words } from './piece.ts';
import { wordingOf } from './wording.ts';

/** A post as WordPress' REST interface takes and gives it. Never published by itself. */
export interface WordPressPost {
  readonly title: { readonly raw: string; readonly rendered: string };
  readonly content: { readonly raw: string; readonly rendered: string };
  readonly status: 'draft';
  readonly lang: Language;
}

/**
 * Blocks whose HTML is what the editor itself would save: a `lang` on a block's own element would make the editor call the
 * block broken, so language and direction are on a span within it.
 */
export function renderWordPress(document: OutcomeDocument): WordPressPost {
  const { front, body, annexes } = layOut(document, wordingOf(document.language));
  // The post's title is the headline where there is one; the forum's own title then stands in the text.
  const shown = [...front, ...body, ...annexes].filter((piece) => !isPostTitle(piece, document));
  const raw = withoutShortcodes(shown.map((piece) => blockOf(piece, document.language)).join('\n\n'));
  const title = document.headline ?? document.title;
  return {
    title: { raw: escapeText(title), rendered: escapeText(title) },
    content: { raw, rendered: raw.replace(/<!-- \/?wp:.*? -->\n?/g, '') },
    status: 'draft',
    lang: document.language,
  };
}

/** What somebody wrote in brackets would be done by the site's plugins; so written it is shown. */
const withoutShortcodes = (html: string): string => html.replaceAll('[', '&#91;');

function isPostTitle(piece: Piece, { headline }: OutcomeDocument): boolean {
  if (piece.kind === 'heading' && piece.role === 'title') return headline === null;
  return piece.kind === 'paragraph' && piece.role === 'headline';
}

function blockOf(piece: Piece, language: Language): string {
  switch (piece.kind) {
    case 'heading':
      return heading(
        Math.max(2, piece.level),
        piece.own ? classOf(piece.role) : classOf(piece.role, 'by-default'),
        spoken(piece.text),
      );
    case 'agendaHeading': {
      const time = piece.time
        ? ` <span class="${classOf('time', codeClass(piece.code))}" dir="ltr">${escapeText(piece.time)}</span>`
        : '';
      return heading(3, classOf('agenda-item', `is-${piece.item}`), spoken(piece.text) + time);
    }
    case 'themeHeading':
      return heading(
        3,
        classOf('theme'),
        `<span class="${classOf('number')}">${piece.number}.</span> ${spoken(piece.text)}`,
      );
    case 'paragraph':
      return paragraph(classOf(piece.role), piece.lang, inlineHtml(piece.inlines, piece.lang));
    case 'list':
      return list(
        classOf(piece.role),
        piece.entries.map((entry) => span(piece.lang, inlineHtml(entry, piece.lang))),
      );
    case 'recommendations':
      return list(
        classOf(piece.role),
        piece.entries.map((entry) => recommendation(entry, language, piece.mergedLabel)),
      );
    case 'delegations':
      return delegations(piece);
    default:
      return unreachable(piece);
  }
}

const span = (lang: Language, html: string): string =>
  `<span class="${classOf('text')}"${langAttributes(lang)}>${html}</span>`;
const spoken = ({ text, lang }: Words): string => span(lang, escapeText(text));

const heading = (level: number, classes: string, html: string): string =>
  block(
    'heading',
    { ...(level === 2 ? {} : { level }), className: classes },
    `<h${level} class="wp-block-heading ${classes}">${html}</h${level}>`,
  );

function paragraph(classes: string, lang: Language, html: string): string {
  const rightToLeft = directionOf(lang) === 'rtl';
  return block(
    'paragraph',
    { className: classes, ...(rightToLeft && { direction: 'rtl' }) },
    `<p class="${classes}"${rightToLeft ? ' dir="rtl"' : ''}>${span(lang, html)}</p>`,
  );
}

const list = (classes: string, entries: readonly string[]): string =>
  block(
    'list',
    { className: classes },
    `<ul class="wp-block-list ${classes}">${entries.map((entry) => block('list-item', {}, `<li>${entry}</li>`)).join('\n\n')}</ul>`,
  );

function recommendation(
  { number, lang, blocks, room, merged }: OutcomeRecommendation,
  language: Language,
  label: Words,
): string {
  const mark = number ? `<span class="${classOf('number')}">${number}</span> ` : '';
  const from =
    room === null ? '' : ` <span class="${classOf('room')}"${langAttributes(language)}>${escapeText(room)}</span>`;
  return mark + blocksHtml(blocks, lang) + from + mergedList(merged, label);
}

const blocksHtml = (blocks: readonly Block[], lang: Language): string =>
  blocks.map((part, index) => recommendationBlock(part, lang, index)).join('');

function mergedList(merged: readonly MergedItem[], { text, lang }: Words): string {
  if (merged.length === 0) return '';
  const label = `<br><span class="${classOf('merged-label')}"${langAttributes(lang)}>${escapeText(text)}</span>`;
  const entries = merged.map((item) => blocksHtml(item.blocks, item.lang));
  return label + list(classOf('merged'), entries);
}

/** The class says the recommendation's own language, the attribute that of this stretch. */
function recommendationBlock(part: Block, own: Language, index: number): string {
  const code = codeClass(own);
  if (part.kind === 'paragraph') {
    const html = inlineHtml(part.runs, part.lang);
    return `${index > 0 ? '<br>' : ''}<span class="${classOf('block', code)}"${langAttributes(part.lang)}>${html}</span>`;
  }
  return list(
    classOf('block', code),
    part.items.map((runs) => span(part.lang, inlineHtml(runs, part.lang))),
  );
}

function delegations({ head, headLang, rows }: Extract<Piece, { kind: 'delegations' }>): string {
  const [country, people, names] = head;
  const titles = [country, people, ...(names === null ? [] : [names])].map(
    (text) => `<th>${span(headLang, escapeText(text))}</th>`,
  );
  const lines = rows.map((row) => delegation(row, names !== null));
  const table = `<table class="has-fixed-layout"><thead><tr>${titles.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
  const classes = classOf('delegations');
  return block('table', { className: classes }, `<figure class="wp-block-table ${classes}">${table}</figure>`);
}

function delegation({ code, country, count, people }: DelegationRow, named: boolean): string {
  const classes = code === null ? classOf('country') : classOf('country', codeClass(code));
  const names = people.map(({ name, organisation }) => {
    const at =
      organisation === null ? '' : `, <span class="${classOf('organisation')}">${escapeText(organisation)}</span>`;
    return `<span class="${classOf('member')}"><span class="${classOf('person')}">${escapeText(name)}</span>${at}</span>`;
  });
  const where = `<td><span class="${classes}"${langAttributes(country.lang)}>${escapeText(country.text)}</span></td>`;
  return `<tr>${where}<td><span class="${classOf('count')}">${count}</span></td>${named ? `<td>${names.join('; ')}</td>` : ''}</tr>`;
}

function block(name: string, attributes: Record<string, unknown>, html: string): string {
  const json = Object.keys(attributes).length > 0 ? `${JSON.stringify(attributes)} ` : '';
  return `<!-- wp:${name} ${json}-->\n${html}\n<!-- /wp:${name} -->`;
}
