/**
 * How many sit in each room: as even as `fixed`, who keep their rooms, allow. Where chairs are over, the rooms that are `preferred`
 * most get one more, among equals the first.
 */
export function evenSizes(people: number, fixed: readonly number[], preferred: readonly number[] = []): number[] {
  const sizes = [...fixed];
  let left = people - fixed.reduce((sum, count) => sum + count, 0);
  while (left > 0) {
    const least = Math.min(...sizes);
    const lowest = sizes.flatMap((size, room) => (size === least ? [room] : []));
    const next = Math.min(...sizes.filter((size) => size > least), Infinity);
    const rise = Math.min(next - least, Math.floor(left / lowest.length));
    if (rise > 0) {
      for (const room of lowest) sizes[room] = least + rise;
      left -= rise * lowest.length;
      continue;
    }
    lowest.sort((a, b) => (preferred[b] ?? 0) - (preferred[a] ?? 0) || a - b);
    for (const room of lowest.slice(0, left)) sizes[room] = least + 1;
    left = 0;
  }
  return sizes;
}

/** Pairs, threes, fours …: as many of `size` as there can be, no other differs by more than it must, and nobody is left alone. */
export function groupSizes(people: number, size: number): number[] {
  const counts = [Math.floor(people / size), Math.ceil(people / size)].filter((count) => count > 0);
  const off = (count: number) =>
    Math.max(...evenSizes(people, Array<number>(count).fill(0)).map((many) => Math.abs(many - size)));
  const [few = 0, many = few] = counts;
  const count = few === 0 || off(many) < off(few) ? many : few;
  return evenSizes(people, Array<number>(count).fill(0));
}
