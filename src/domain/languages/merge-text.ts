/** One stretch of a text that was replaced; offsets count UTF-16 units of the text before. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const MOST_COMPARED = 40_000; // pairs of words; a longer text that was changed in many places is one change

/** What somebody who saw `base` changed, on a text that others have changed meanwhile: the text with both. */
export function mergeText(base: string, mine: string, now: string): string {
  return applyChanges(now, changesOnto(base, mine, now));
}

export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes.reduceRight((result, { from, to, text }) => result.slice(0, from) + text + result.slice(to), text);
}

/**
 * The changes from `base` to `mine`, as changes of `now`, in order. At disjoint places both sides keep theirs, and what both put
 * in at one place stands side by side. Where both replaced the same words, mine stand: two halves would be nobody's.
 */
export function changesOnto(base: string, mine: string, now: string): TextChange[] {
  if (base === mine) return [];
  const theirs = changesOf(base, now);
  const own = changesOf(base, mine).filter((change) => !theirs.some((other) => isSame(change, other)));
  return joined(
    own.map((change) => over(change, theirs, base)),
    base,
  ).map(({ from, to, text }) => ({ from: moved(from, theirs, true), to: moved(to, theirs, from === to), text }));
}

/** Word by word, then without what the ends of a changed word have in common. */
export function changesOf(before: string, after: string): TextChange[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start += 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const changes: TextChange[] = [];
  let at = lengthOf(a, 0, start);
  const end = { a: endA, b: endB };
  let from = { a: start, b: start };
  for (const pair of [...commonWords(a, b, start, end), end]) {
    const [removed, added] = [a.slice(from.a, pair.a).join(''), b.slice(from.b, pair.b).join('')];
    if (removed !== '' || added !== '') changes.push(trimmed(before, at, removed, added));
    at += removed.length + (a[pair.a]?.length ?? 0);
    from = { a: pair.a + 1, b: pair.b + 1 };
  }
  return changes;
}

/** Words and the space between them. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/gu) ?? [];

const lengthOf = (words: readonly string[], from: number, to: number): number => words.slice(from, to).join('').length;

/** A longest common sequence of words (or letters) between `start` and the ends, as pairs of places. */
export function commonWords(
  a: readonly string[],
  b: readonly string[],
  start: number,
  end: { readonly a: number; readonly b: number },
  most = MOST_COMPARED,
): { a: number; b: number }[] {
  const [rows, columns] = [end.a - start, end.b - start];
  if (rows * columns > most) return [];
  const lengths = new Uint16Array((rows + 1) * (columns + 1));
  const cell = (i: number, j: number) => lengths[i * (columns + 1) + j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const isSame = a[start + i] === b[start + j];
      lengths[i * (columns + 1) + j] = isSame ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const pairs: { a: number; b: number }[] = [];
  for (let [i, j] = [0, 0]; i < rows && j < columns;) {
    if (a[start + i] === b[start + j]) pairs.push({ a: start + i++, b: start + j++ });
    else if (cell(i + 1, j) >= cell(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

function trimmed(before: string, at: number, removed: string, added: string): TextChange {
  const shorter = Math.min(removed.length, added.length);
  let start = 0;
  while (start < shorter && removed[start] === added[start]) start += 1;
  if (isInPair(removed, start) || isInPair(added, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && removed.at(-1 - end) === added.at(-1 - end)) end += 1;
  if (isInPair(removed, removed.length - end) || isInPair(added, added.length - end)) end -= 1;
  return { from: at + start, to: at + removed.length - end, text: added.slice(start, added.length - end) };
}

/** A character beyond the basic plane is two units: half of one is none. */
const isInPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '');

const isSame = (a: TextChange, b: TextChange): boolean => a.from === b.from && a.to === b.to && a.text === b.text;

const doOverlap = (a: TextChange, b: TextChange): boolean => a.from < b.to && b.from < a.to;

/** The change, widened over whatever of theirs it cuts into. */
function over(change: TextChange, theirs: readonly TextChange[], base: string): TextChange {
  const cut = theirs.filter((other) => doOverlap(change, other));
  const from = Math.min(change.from, ...cut.map((other) => other.from));
  const to = Math.max(change.to, ...cut.map((other) => other.to));
  return { from, to, text: base.slice(from, change.from) + change.text + base.slice(change.to, to) };
}

/** Changes that were widened into each other are one. */
function joined(changes: readonly TextChange[], base: string): TextChange[] {
  const result: TextChange[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (!last || change.from >= last.to) {
      result.push(change);
      continue;
    }
    // what the two have in common is base text that neither replaced, or the same stretch of theirs
    const shared = base.slice(change.from, Math.min(last.to, change.to));
    const head = last.text.endsWith(shared) ? last.text.slice(0, last.text.length - shared.length) : last.text;
    result[result.length - 1] = { from: last.from, to: Math.max(last.to, change.to), text: head + change.text };
  }
  return result;
}

/** Where a place of the base is after their changes; `isBehind`: behind what they put in just there. */
function moved(place: number, theirs: readonly TextChange[], isBehind: boolean): number {
  let shift = 0;
  for (const { from, to, text } of theirs) {
    const isInsertionHere = from === to && to === place;
    if (to <= place && (isBehind || !isInsertionHere)) shift += text.length - (to - from);
  }
  return place + shift;
}
