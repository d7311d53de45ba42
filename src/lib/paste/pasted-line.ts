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
export const BULLET = /^\s*(?:[·•◦▪▫■□●○‣⁃∙\u25b8\u25ba➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf076]\s*|[-–—*o§]\s+(?!·\s))(?=\S)/u;
export const NUMBER = /^\s*\(?(?:(\d{1,3})|([a-zа-я]))[.)]\s+(?=\S)/iu;

/**
 * Lines whose marks a program wrote as text become entries. A bullet is one wherever it stands; a dash, a letter or a number only
 * where the lines around have their like: "1." alone may be the first word.
 */
export function withoutMarks(lines: readonly PastedLine[]): PastedLine[] {
  const texts = lines.map(({ runs }) => runs.map(({ text }) => text).join(''));
  const kinds = texts.map(markOf);
  return lines.map((line, index) => {
    const kind = kinds[index] ?? null;
    const hasLike = (kinds[index - 1] ?? kinds[index + 1] ?? null) !== null;
    if (kind === null || (kind !== 'bullet' && !hasLike && line.level === null)) return line;
    const mark = (kind === 'number' ? NUMBER : BULLET).exec(texts[index] ?? '')?.[0] ?? '';
    return { level: line.level ?? 0, runs: from(line.runs, mark.length) };
  });
}

type Mark = 'bullet' | 'dash' | 'number';

function markOf(text: string): Mark | null {
  if (NUMBER.test(text)) return 'number';
  if (!BULLET.test(text)) return null;
  return /^\s*[-–—*o§]/.test(text) ? 'dash' : 'bullet';
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
