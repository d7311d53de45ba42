import { textOfBlocks } from '#domain/languages/text.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { printable } from './printable.ts';

const HEAD = ['number', 'theme', 'text', 'lang', 'room', 'merged'];

/** Recommendations as a flat table; what has no theme stands at the end without a number. */
export function renderCsv({ themes, parkingLot }: OutcomeDocument): string {
  const rows = [
    ...themes.flatMap(({ title, recommendations }) => recommendations.map((entry) => ({ entry, theme: title.text }))),
    ...parkingLot.map((entry) => ({ entry, theme: '' })),
  ].map(({ entry: { number, blocks, lang, room, merged }, theme }) => [
    number,
    theme,
    textOfBlocks(blocks),
    lang,
    room ?? '',
    merged.map((item) => textOfBlocks(item.blocks)).join('\n\n'),
  ]);
  // The mark makes spreadsheets read UTF-8.
  return `\ufeff${[HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Also behind what spreadsheets skip (spaces, marks without width) and in the wide signs that they take for the same. */
const FORMULA = /^[\t\r\n]|^[\s\p{Default_Ignorable_Code_Point}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A cell that begins like a formula is run by spreadsheets: an apostrophe in front makes it text (OWASP ASVS 1.2.10). */
function cell(value: string): string {
  const text = printable(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
