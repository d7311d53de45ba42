import { textOfBlocks } from '#domain/languages/text.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { printable } from './markup.ts';

const HEAD = ['number', 'theme', 'text', 'lang', 'room'];

/** Recommendations as a flat table; what has no theme stands at the end without a number. */
export function renderCsv({ themes, parkingLot }: OutcomeDocument): string {
  const rows = [
    ...themes.flatMap(({ title, recommendations }) => recommendations.map((entry) => ({ entry, theme: title.text }))),
    ...parkingLot.map((entry) => ({ entry, theme: '' })),
  ].map(({ entry: { number, blocks, lang, room }, theme }) => [number, theme, textOfBlocks(blocks), lang, room ?? '']);
  // The mark makes spreadsheets read UTF-8.
  return `\ufeff${[HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula is run by spreadsheets: an apostrophe in front makes it text (OWASP ASVS 1.2.10). */
function cell(value: string): string {
  const text = printable(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
