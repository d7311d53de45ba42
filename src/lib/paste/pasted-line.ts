import type { Run } from '#domain/languages/text.ts';

/** One line of what was pasted: a paragraph, or an entry of a list with how deep it lies, from 0. */
export interface PastedLine {
  readonly runs: readonly Run[];
  readonly level: number | null;
}

/** Invisible signs of word processors and web pages; the joiners stay, Urdu and emoji need them. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc\p{Cc}\p{Co}]/gu;

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/** Cells without words in front of one with some: it keeps its column. */
export const emptyCells = (empty: number): string => '– · '.repeat(empty);

/** Between two cells with words, `empty` of them without any. */
export const seamOfCells = (empty: number): string => ` · ${emptyCells(empty)}`;

/**
 * What stands in front of an entry where a program had no list of its own: a bullet, or a number with its sign. A row of a table may begin
 * with a dash, too, which is an empty cell.
 */
export const BULLET =
  /^\s*(?:[·•◦▪▫■□●○‣⁃∙\u25b6\u25b8\u25ba➔➢➤✓✔❖❑❒◆◇☐☑☒\uf0b7\uf0a7\uf0d8\uf076]\s*|[-–—―*o§]\s+(?!·\s)(?:\[[ x]\]\s+)?)(?=\S)/iu;
export const NUMBER = /^\s*\(?(?:(?:\d{1,3}\.){0,3}\d{1,3}|[۰-۹٠-٩]{1,3}|[ivx]{1,5}|\p{L})[.)۔]\s+(?=\S)/iu;
/** Also the beginning of a day (12.05.) and of a name (А. Осмонова): a mark where its neighbour is the one before or behind it. */
const STEPPED = /^\s*\(?(?<before>(?:\d{1,3}\.)*)(?:(?<number>\d{1,3})|(?<letter>\p{Lu}))\.\s/u;

/**
 * Lines whose marks a program wrote as text become entries. A bullet is one wherever it stands; a dash, a letter or a number only
 * where the lines around have their like: "1." alone may be the first word.
 */
export function withoutMarks(lines: readonly PastedLine[]): PastedLine[] {
  const texts = lines.map(({ runs }) => runs.map(({ text }) => text).join(''));
  const kinds = texts.map(markOf);
  return lines.map((line, index) => {
    const kind = kinds[index] ?? null;
    const hasLike = [index - 1, index + 1].some(
      (at) => (kinds[at] ?? null) !== null && areAlike(texts[index] ?? '', texts[at] ?? ''),
    );
    if (kind === null || (kind !== 'bullet' && !hasLike && line.level === null)) return line;
    const mark = (kind === 'number' ? NUMBER : BULLET).exec(texts[index] ?? '')?.[0] ?? '';
    return { level: line.level ?? 0, runs: from(line.runs, mark.length) };
  });
}

type Mark = 'bullet' | 'dash' | 'number';

function markOf(text: string): Mark | null {
  if (NUMBER.test(text)) return 'number';
  if (!BULLET.test(text)) return null;
  return /^\s*[-–—―*o§]/i.test(text) ? 'dash' : 'bullet';
}

/** Two marks of one list, and no days or names that only look like marks. */
function areAlike(text: string, other: string): boolean {
  const [one, two] = [STEPPED.exec(text)?.groups, STEPPED.exec(other)?.groups];
  if (!one || (one.before === '' && !one.letter)) return true;
  if (!two || one.before !== two.before) return false;
  const placeOf = ({ number, letter }: typeof one) => (letter ? letter.codePointAt(0)! : Number(number));
  return Math.abs(placeOf(one) - placeOf(two)) === 1;
}

/** The runs without their first characters. */
function from(runs: readonly Run[], characters: number): Run[] {
  let left = characters;
  return runs.flatMap((run) => {
    const text = run.text.slice(left);
    left = Math.max(0, left - run.text.length);
    return text === '' ? [] : [{ ...run, text }];
  });
}
