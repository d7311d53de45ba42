import type { JournalEntry } from './journal.ts';

/** Entries of one document on their way to the disk, and how far they will bring each client's clock. */
export class Waiting {
  readonly #entries = new Set<JournalEntry>();
  readonly #clocks = new Map<number, number>();
  #bytes = 0;

  /** Of all that waits. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  clock(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  has(entry: JournalEntry): boolean {
    return this.#entries.has(entry);
  }

  [Symbol.iterator](): IterableIterator<JournalEntry> {
    return this.#entries.values();
  }

  filter(isMeant: (entry: JournalEntry) => boolean): JournalEntry[] {
    return [...this.#entries].filter(isMeant);
  }

  add(entry: JournalEntry): void {
    this.#entries.add(entry);
    this.#bytes += entry.update.bytes.length;
    this.#promise(entry);
  }

  /** Those that were still waiting. */
  remove(entries: readonly JournalEntry[]): JournalEntry[] {
    const removed = entries.filter((entry) => this.#entries.delete(entry));
    for (const { update } of removed) this.#bytes -= update.bytes.length;
    if (removed.length > 0) {
      this.#clocks.clear();
      for (const entry of this.#entries) this.#promise(entry);
    }
    return removed;
  }

  #promise({ update }: JournalEntry): void {
    for (const { client, end } of update.sections) this.#clocks.set(client, Math.max(this.clock(client), end));
  }
}
