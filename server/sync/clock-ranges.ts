/** Clocks of one client as ranges, in order and without seams: what of it is deleted. */
export class ClockRanges {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  static of(ranges: readonly { readonly clock: number; readonly length: number }[]): ClockRanges {
    const all = new ClockRanges();
    // in order, each goes to the end
    for (const { clock, length } of ranges.toSorted((one, other) => one.clock - other.clock)) {
      all.add(clock, clock + length);
    }
    return all;
  }

  /** Whether all of `clock … end - 1` is in it. */
  covers(clock: number, end: number): boolean {
    const at = this.#lastStartingBy(clock);
    return at >= 0 && this.#ends[at]! >= end;
  }

  add(clock: number, end: number): void {
    const before = this.#lastStartingBy(clock);
    const first = before >= 0 && this.#ends[before]! >= clock ? before : before + 1;
    let last = first;
    while (last < this.#starts.length && this.#starts[last]! <= end) last += 1;
    const from = last > first ? Math.min(clock, this.#starts[first]!) : clock;
    const to = last > first ? Math.max(end, this.#ends[last - 1]!) : end;
    this.#starts.splice(first, last - first, from);
    this.#ends.splice(first, last - first, to);
  }

  forEach(callback: (clock: number, end: number) => void): void {
    for (const [index, clock] of this.#starts.entries()) callback(clock, this.#ends[index]!);
  }

  #lastStartingBy(clock: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= clock) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
