import { changesOf, commonWords, lengthOf } from './merge-text.ts';

/** For each unit of a text where it is in another one, -1 where it is not: also within words, which some scripts do not part. */
export function unitsIn(before: string, after: string): number[] {
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
    const [a, b] = [[...before.slice(from, to)], [...text]];
    const end = at + text.length;
    let [nextA, nextB] = [0, 0];
    for (const pair of commonWords(a, b, 0, { a: a.length, b: b.length })) {
      drop(lengthOf(a, nextA, pair.a));
      at += lengthOf(b, nextB, pair.b);
      keep(a[pair.a]!.length);
      [nextA, nextB] = [pair.a + 1, pair.b + 1];
    }
    drop(lengthOf(a, nextA, a.length));
    at = end;
  }
  keep(before.length - places.length);
  return places;
}
