import { textOfRuns, type Run } from '#domain/languages/text.ts';
import type { PastedLine } from './pasted-line.ts';
import { linesOfHtml } from './pasted-html.ts';
import { linesOfText } from './pasted-text.ts';

/** What a clipboard holds, as lines: by its HTML where that says more than its text. */
export function linesPasted(html: string, text: string): PastedLine[] {
  const lines = html === '' ? [] : linesOfHtml(html);
  return lines.length > 0 ? lines : linesOfText(text);
}

/** Whether it is a table's cells: as HTML, or as a spreadsheet's text. */
export const isTable = (html: string, text: string): boolean =>
  html === '' ? text.includes('\t') : /<t[dr][\s>]/i.test(html);

/** Rows of a table are lines of their own: what stands before and behind them in the field is not theirs. */
export function seamsOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): [before: string, after: string] {
  return [
    /[^\n]$/.test(value.slice(0, selectionStart)) ? '\n' : '',
    /^[^\n]/.test(value.slice(selectionEnd)) ? '\n' : '',
  ];
}

/** For a plain field. */
export const textOfLines = (lines: readonly PastedLine[]): string =>
  lines.map(({ runs }) => textOfRuns(runs)).join('\n');

/**
 * One text for each entry of the first level and each paragraph; what lies deeper in a list stays with the entry above it, as its list.
 */
export function ideasIn(lines: readonly PastedLine[]): string[] {
  const ideas: string[] = [];
  const top = Math.min(...lines.map(({ level }) => level ?? 0));
  for (const { runs, level } of lines) {
    const text = textOfRuns(runs);
    const last = ideas.length - 1;
    if (level !== null && level > top && last >= 0) ideas[last] += `\n- ${text}`;
    else ideas.push(text);
  }
  return ideas;
}

/** How many entries lie deeper in a list than those around them: a list here has one level. */
export function deeperEntries(lines: readonly PastedLine[]): number {
  const levels = lines.flatMap(({ level }) => level ?? []);
  const top = levels.reduce((least, level) => Math.min(least, level), Infinity);
  return levels.filter((level) => level > top).length;
}

/** As the plainest HTML, which the editor's own schema reads. */
export function htmlOfLines(lines: readonly PastedLine[]): string {
  let html = '';
  for (const [index, { runs, level }] of lines.entries()) {
    const words = runs.map(runHtml).join('');
    const [before, after] = [lines[index - 1]?.level ?? null, lines[index + 1]?.level ?? null];
    if (level === null) html += `<p>${words}</p>`;
    else html += `${before === null ? '<ul>' : ''}<li><p>${words}</p></li>${after === null ? '</ul>' : ''}`;
  }
  return html;
}

function runHtml({ text, strong, em, href }: Run): string {
  let html = escaped(text);
  if (em) html = `<em>${html}</em>`;
  if (strong) html = `<strong>${html}</strong>`;
  return href === undefined ? html : `<a href="${escaped(href)}">${html}</a>`;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
