import type { Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import type { MergedItem, OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import { HTML_STYLE, WOVEN_BAND } from './html-style.ts';
import { layOut } from './layout.ts';
import { classOf, codeClass, escapeHtml, escapeText, inlineHtml, langAttributes } from './markup.ts';
import type { DelegationRow, Piece, Words } from './piece.ts';
import { wordingOf } from './wording.ts';

/** A whole page in one file: no script, nothing fetched, ready to print. */
export function renderHtml(document: OutcomeDocument): string {
  const wording = wordingOf(document.language);
  const { front, body, annexes } = layOut(document, wording);
  const html = (pieces: readonly Piece[]) => pieces.map((piece) => pieceHtml(piece, document.language)).join('\n');
  return `<!doctype html>
<html${langAttributes(document.language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Dastarkhan">
<title>${escapeHtml(document.title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body class="${classOf('outcome')}">
<header>
${WOVEN_BAND}
<p class="${classOf('kind')}"${langAttributes(wording.lang)}>${escapeText(wording.labels.outcomeDocument)}</p>
${html(front)}
</header>
<main>
${html(body)}
</main>
${annexes.length > 0 ? `<footer>\n${html(annexes)}\n</footer>\n` : ''}</body>
</html>
`;
}

function pieceHtml(piece: Piece, language: Language): string {
  switch (piece.kind) {
    case 'heading': {
      const tag = `h${piece.level}`;
      const classes = piece.own ? classOf(piece.role) : classOf(piece.role, 'by-default');
      return `<${tag} class="${classes}"${langAttributes(piece.text.lang)}>${escapeText(piece.text.text)}</${tag}>`;
    }
    case 'agendaHeading': {
      const time = piece.time
        ? ` <span class="${classOf('time', codeClass(piece.code))}" dir="ltr">${escapeHtml(piece.time)}</span>`
        : '';
      const words = `<span class="${classOf('text')}">${escapeText(piece.text.text)}</span>`;
      return `<h3 class="${classOf('agenda-item', `is-${piece.item}`)}"${langAttributes(piece.text.lang)}>${words}${time}</h3>`;
    }
    case 'themeHeading': {
      const words = `<span class="${classOf('text')}">${escapeText(piece.text.text)}</span>`;
      return `<h3 class="${classOf('theme')}"${langAttributes(piece.text.lang)}><span class="${classOf('number')}">${piece.number}.</span> ${words}</h3>`;
    }
    case 'paragraph':
      return `<p class="${classOf(piece.role)}"${langAttributes(piece.lang)}>${inlineHtml(piece.inlines, piece.lang)}</p>`;
    case 'list': {
      const entries = piece.entries.map((entry) => `<li>${inlineHtml(entry, piece.lang)}</li>`);
      return `<ul class="${classOf(piece.role)}"${langAttributes(piece.lang)}>${entries.join('')}</ul>`;
    }
    case 'recommendations':
      return `<ol class="${classOf(piece.role)}">\n${piece.entries.map((entry) => recommendationHtml(entry, language, piece.mergedLabel)).join('\n')}\n</ol>`;
    case 'delegations': {
      const [country, people, names] = piece.head;
      const cells = [country, people, ...(names === null ? [] : [names])].map(
        (cell) => `<th scope="col">${escapeText(cell)}</th>`,
      );
      const rows = piece.rows.map((row) => delegationHtml(row, names !== null));
      return `<table class="${classOf('delegations')}"><thead${langAttributes(piece.headLang)}><tr>${cells.join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
    }
    default:
      return unreachable(piece);
  }
}

function recommendationHtml(
  { number, lang, blocks, room, merged }: OutcomeRecommendation,
  language: Language,
  label: Words,
): string {
  const mark = number ? `<span class="${classOf('number')}" dir="ltr">${number}</span> ` : '';
  const from =
    room === null ? '' : ` <span class="${classOf('room')}"${langAttributes(language)}>${escapeText(room)}</span>`;
  return `<li${langAttributes(lang)}>${mark}${blocks.map(blockHtml).join('')}${from}${mergedHtml(merged, label)}</li>`;
}

function mergedHtml(merged: readonly MergedItem[], label: Words): string {
  if (merged.length === 0) return '';
  const entries = merged.map(({ lang, blocks }) => `<li${langAttributes(lang)}>${blocks.map(blockHtml).join('')}</li>`);
  return `<p class="${classOf('merged-label')}"${langAttributes(label.lang)}>${escapeText(label.text)}</p><ul class="${classOf('merged')}">${entries.join('')}</ul>`;
}

const blockHtml = (block: Block): string =>
  block.kind === 'paragraph'
    ? `<p class="${classOf('block')}"${langAttributes(block.lang)}>${inlineHtml(block.runs, block.lang)}</p>`
    : `<ul class="${classOf('block')}"${langAttributes(block.lang)}>${block.items
        .map((runs) => `<li>${inlineHtml(runs, block.lang)}</li>`)
        .join('')}</ul>`;

function delegationHtml({ code, country, count, people }: DelegationRow, named: boolean): string {
  const classes = code === null ? classOf('country') : classOf('country', codeClass(code));
  const names = people.map(({ name, organisation }) => {
    const at =
      organisation === null ? '' : `, <span class="${classOf('organisation')}">${escapeText(organisation)}</span>`;
    return `<span class="${classOf('member')}" dir="auto"><span class="${classOf('person')}">${escapeText(name)}</span>${at}</span>`;
  });
  const cell = named ? `<td>${names.join('; ')}</td>` : '';
  return `<tr><th scope="row"><span class="${classes}"${langAttributes(country.lang)}>${escapeText(country.text)}</span></th><td class="${classOf('count')}">${count}</td>${cell}</tr>`;
}
