const FEW = 32; // ranges that are put in one by one

/** Clocks of one client as ranges, in order and without seams: what of it is deleted. */
export class ClockRanges {
  #starts: number[] = [];
  #ends: number[] = [];

  /** Whether all of `clock … end - 1` is in it. */
  covers(clock: number, end: number): boolean {
    const at = this.#lastStartingBy(clock);
    return at >= 0 && this.#ends[at]! >= end;
  }

  add(clock: number, end: number): void {
    if (clock > (this.#ends.at(-1) ?? -1)) {
      this.#starts.push(clock);
      this.#ends.push(end);
      return;
    }
    const before = this.#lastStartingBy(clock);
    const first = before >= 0 && this.#ends[before]! >= clock ? before : before + 1;
    let last = first;
    while (last < this.#starts.length && this.#starts[last]! <= end) last += 1;
    const from = last > first ? Math.min(clock, this.#starts[first]!) : clock;
    const to = last > first ? Math.max(end, this.#ends[last - 1]!) : end;
    this.#starts.splice(first, last - first, from);
    this.#ends.splice(first, last - first, to);
  }

  /** Many at once, in whatever order: each by itself would move all that lie behind it. */
  addAll(ranges: readonly { readonly clock: number; readonly length: number }[]): void {
    const added = ranges.toSorted((one, other) => one.clock - other.clock);
    if (added.length > FEW && added[0]!.clock < (this.#starts.at(-1) ?? 0)) this.#merge(added);
    else for (const { clock, length } of added) this.add(clock, clock + length);
  }

  get count(): number {
    return this.#starts.length;
  }

  forEach(callback: (clock: number, end: number) => void): void {
    for (let index = 0; index < this.#starts.length; index += 1) callback(this.#starts[index]!, this.#ends[index]!);
  }

  #merge(added: readonly { readonly clock: number; readonly length: number }[]): void {
    const starts = this.#starts;
    const ends = this.#ends;
    this.#starts = [];
    this.#ends = [];
    let old = 0;
    for (const { clock, length } of added) {
      for (; old < starts.length && starts[old]! <= clock; old += 1) this.add(starts[old]!, ends[old]!);
      this.add(clock, clock + length);
    }
    for (; old < starts.length; old += 1) this.add(starts[old]!, ends[old]!);
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
