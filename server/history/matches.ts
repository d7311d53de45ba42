const MOST_CELLS = 4_000_000; // of the table; what is longer is compared at its two ends only

/** Pairs of places in `now` and `then` (both rising) that hold the same: a longest such list. */
export function matches<T>(
  now: readonly T[],
  then: readonly T[],
  isSame: (a: T, b: T) => boolean,
): [now: number, then: number][] {
  let start = 0;
  while (start < now.length && start < then.length && isSame(now[start]!, then[start]!)) start += 1;
  let [nowEnd, thenEnd] = [now.length, then.length];
  while (nowEnd > start && thenEnd > start && isSame(now[nowEnd - 1]!, then[thenEnd - 1]!)) {
    nowEnd -= 1;
    thenEnd -= 1;
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, index) => [index, index]);
  pairs.push(...between(now.slice(start, nowEnd), then.slice(start, thenEnd), isSame).map(shifted(start, start)));
  for (let index = nowEnd; index < now.length; index += 1) pairs.push([index, thenEnd + index - nowEnd]);
  return pairs;
}

const shifted =
  (byNow: number, byThen: number) =>
  ([now, then]: [number, number]): [number, number] => [now + byNow, then + byThen];

function between<T>(now: readonly T[], then: readonly T[], isSame: (a: T, b: T) => boolean): [number, number][] {
  const width = then.length + 1;
  if (now.length * then.length === 0 || (now.length + 1) * width > MOST_CELLS) return [];
  const longest = new Uint32Array((now.length + 1) * width);
  for (let a = now.length - 1; a >= 0; a -= 1) {
    for (let b = then.length - 1; b >= 0; b -= 1) {
      longest[a * width + b] = isSame(now[a]!, then[b]!)
        ? longest[(a + 1) * width + b + 1]! + 1
        : Math.max(longest[(a + 1) * width + b]!, longest[a * width + b + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < now.length && b < then.length;) {
    if (isSame(now[a]!, then[b]!)) pairs.push([a++, b++]);
    else if (longest[(a + 1) * width + b]! >= longest[a * width + b + 1]!) a += 1;
    else b += 1;
  }
  return pairs;
}
