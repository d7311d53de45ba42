import { inBackground } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';

const AGAIN_AFTER = 2_000; // ms

interface TokenTable {
  isKnown(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
}

/**
 * Tokens of whoever signed out or left while storage took no writes (a full disk, say): nobody has to stay signed in for that. They open
 * nothing in this process from then on, and are removed as soon as that works.
 */
export class EndedHere {
  readonly #table: TokenTable;
  readonly #hashes = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(table: TokenTable) {
    this.#table = table;
  }

  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  async end(hash: string): Promise<void> {
    try {
      await this.#table.remove(hash);
    } catch (error) {
      // what was made up must not fill the memory
      if (!(await this.#table.isKnown(hash))) return;
      report('a token was ended that storage still has', error);
      this.#hashes.add(hash);
      this.#later();
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#hashes.clear();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      inBackground('ended tokens stay in storage', this.#again());
    }, AGAIN_AFTER).unref();
  }

  async #again(): Promise<void> {
    try {
      for (const hash of [...this.#hashes]) {
        await this.#table.remove(hash);
        this.#hashes.delete(hash);
      }
    } catch {
      if (this.#hashes.size > 0) this.#later(); // storage says by itself that it takes nothing
    }
  }
}
