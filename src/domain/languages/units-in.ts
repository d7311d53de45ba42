import { changesOf, commonWords } from './merge-text.ts';
import { isSeen } from './seen.ts';

const MOST_LETTERS = 1_000_000; // pairs, some 10 ms; a longer stretch is compared word by word
const ALIKE = 4; // units in a row; words that have nothing to do with each other share fewer

type Become = 'grown' | 'shrunk' | null;

/**
 * For each unit of a text where it is in another one, -1 where it is not: also within words, which some scripts do not part. A few
 * units that are alike between others that are not, such as a space, are not the same. `become`: the other text is this one, written
 * on in, or without what it lacks; so a few between what was put in, or is gone, are the same.
 */
export function unitsIn(before: string, after: string, become: Become = null): number[] {
  return withoutChance(byLetters(before, after) ?? byWords(before, after), before, after, become);
}

/** Null: too many to compare. */
function byLetters(before: string, after: string): number[] | null {
  const [a, b] = [[...before], [...after]];
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start += 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  if ((endA - start) * (endB - start) > MOST_LETTERS) return null;
  const pairs = new Map(commonWords(a, b, start, { a: endA, b: endB }, MOST_LETTERS).map((pair) => [pair.a, pair.b]));
  const starts = [0];
  for (const letter of b) starts.push(starts.at(-1)! + letter.length);
  return a.flatMap((letter, index) => {
    const pair = index < start ? index : index >= endA ? index - endA + endB : pairs.get(index);
    return unitsOf(letter, pair === undefined ? null : starts[pair]!);
  });
}

/** The units of a letter that begins there. */
const unitsOf = (letter: string, at: number | null): number[] =>
  Array.from({ length: letter.length }, (_, unit) => (at === null ? -1 : at + unit));

function byWords(before: string, after: string): number[] {
  const places: number[] = [];
  let at = 0;
  const keep = (count: number) => {
    for (let unit = 0; unit < count; unit += 1) places.push(at++);
  };
  const drop = (count: number) => {
    for (let unit = 0; unit < count; unit += 1) places.push(-1);
  };
  for (const { from, to, text } of changesOf(before, after)) {
    keep(from - places.length);
    drop(to - from);
    at += text.length;
  }
  keep(before.length - places.length);
  return places;
}

/** Units that follow one another in both texts. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Short stretches stay where the other text has nothing else between what is surely the same. */
function withoutChance(places: number[], before: string, after: string, become: Become): number[] {
  const all = stretchesIn(places);
  const isSure = ({ from, to, at }: Stretch) =>
    (from === 0 && at === 0) ||
    (to === before.length && at + to - from === after.length) ||
    (to - from >= ALIKE && isSeen(before.slice(from, to)));
  for (let index = 0; index < all.length; index += 1) {
    if (isSure(all[index]!)) continue;
    const [first, last] = [index, all[index - 1]];
    while (index + 1 < all.length && !isSure(all[index + 1]!)) index += 1;
    const [short, next] = [all.slice(first, index + 1), all[index + 1]];
    const count = short.reduce((sum, { from, to }) => sum + to - from, 0);
    const own = (next?.from ?? before.length) - (last?.to ?? 0);
    const others = (next?.at ?? after.length) - (last ? last.at + last.to - last.from : 0);
    const isLeft = count === others && (become === 'shrunk' || own <= count * ALIKE);
    const isBetween = last !== undefined || next !== undefined;
    if (isBetween && (isLeft || (become === 'grown' && count === own))) continue;
    for (const { from, to } of short) places.fill(-1, from, to);
  }
  return places;
}

function stretchesIn(places: readonly number[]): Stretch[] {
  const all: Stretch[] = [];
  for (let from = 0, to = 0; from < places.length; from = to) {
    const at = places[from]!;
    for (to = from + 1; to < places.length && places[to] === (at < 0 ? -1 : at + to - from);) to += 1;
    if (at >= 0) all.push({ from, to, at });
  }
  return all;
}
