import {
  BULLET,
  emptyCells,
  NUMBER,
  seamOfCells,
  withoutMarks,
  withoutUnseen,
  type PastedLine,
} from './pasted-line.ts';

const HYPHEN = /\p{L}[-\u00ad\u2010]$/u;
const ENDED = /[.!?:;…۔؟»”"')\]]$/u;
const LONG_LINE = 40; // characters; a shorter line was ended by somebody and not by the width of a page

/** Plain text as lines: those that a PDF broke are whole again, marks of lists and the heads of a messenger's messages are gone. */
export function linesOfText(text: string): PastedLine[] {
  const lines = joined(
    text
      .split(/\r\n?|\n|\u2028|\u2029/)
      .map((line) => line.replace(WHATSAPP, '').trimEnd())
      .filter((line) => !TELEGRAM.test(line)),
  );
  return withoutMarks(lines.map(cellsApart).filter(({ runs }) => runs.length > 0));
}

const DAY = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}`;
const TIME = String.raw`\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?`;
/** As its telephones write it, its page, and its files. */
const WHATSAPP = new RegExp(
  String.raw`^\u200e?(?:\[${DAY},? ${TIME}\] |\[${TIME}, ${DAY}\] |${DAY},? ${TIME} - )[^:]{1,60}: `,
  'iu',
);
const TELEGRAM = /^.{1,60}, \[\d{1,2}[./]\d{1,2}[./]\d{2,4} \d{1,2}:\d\d(?::\d\d)?\]:?$/;

function joined(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let wasBlank = true;
  for (const line of lines) {
    const last = whole.at(-1);
    const isBlank = line.trim() === '';
    if (!isBlank) {
      if (last !== undefined && !wasBlank && goesOn(last, line))
        whole[whole.length - 1] = HYPHEN.test(last)
          ? last.slice(0, -1) + line.trimStart()
          : `${last} ${line.trimStart()}`;
      else whole.push(line);
    }
    wasBlank = isBlank;
  }
  return whole;
}

function goesOn(line: string, next: string): boolean {
  if (line.includes('\t') || next.includes('\t') || BULLET.test(next) || NUMBER.test(next)) return false;
  const isMiddle = /^\s*\p{Ll}/u.test(next);
  if (HYPHEN.test(line)) return isMiddle && line.length >= LONG_LINE / 2;
  return isMiddle && line.length >= LONG_LINE && !ENDED.test(line);
}

/** A tab behind a list's mark is part of it; any other stands between cells. */
function cellsApart(line: string): PastedLine {
  const mark = BULLET.exec(line)?.[0] ?? NUMBER.exec(line)?.[0] ?? '';
  const rest = line.slice(mark.length);
  const cells = rest.split('\t').map((cell) => withoutUnseen(cell).replace(/\s+/gu, ' ').trim());
  const text = mark.replace(/\s+/g, ' ') + rowOf(cells);
  return { level: null, runs: text.trim() === '' ? [] : [{ text: mark === '' ? text.trim() : text.trimEnd() }] };
}

/** A cell alone is rather text that stands further in. */
function rowOf(cells: readonly string[]): string {
  const full = [...cells.keys()].filter((at) => cells[at] !== '');
  const lead = full.length > 1 ? emptyCells(full[0] ?? 0) : '';
  return lead + full.map((at, nth) => (nth > 0 ? seamOfCells(at - full[nth - 1]! - 1) : '') + cells[at]).join('');
}
