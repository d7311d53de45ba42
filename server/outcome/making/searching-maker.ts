import type { FileMaker } from './exports.ts';
import type { MadeFile, MakeJob } from './job.ts';
import { MakeError } from './maker.ts';

type Job = Omit<MakeJob, 'id'>;

const MOST_LEFT_OUT = 8;
const TRIES = 100; // 8 texts among 5,000, by halves
const SHORTEST = 8; // seconds for a part: one long text takes 3
const CLOCK = 4; // as a file has it

export interface SearchLimits {
  /** Of the processor for a file; the whole search has the clock of one. */
  readonly seconds: number;
}

/**
 * A maker that does not give up when a document ends its process: the texts over which it ends are found by halves, each half
 * in a process that may end as well, and left out. What is too large as a whole, and in no part, is refused as before.
 */
export class SearchingMaker implements FileMaker {
  readonly #maker: FileMaker;
  readonly #limits: SearchLimits;
  #isSearching = false;
  #isEnded = false;

  constructor(maker: FileMaker, limits: SearchLimits) {
    this.#maker = maker;
    this.#limits = limits;
  }

  get isBusy(): boolean {
    return this.#isSearching || this.#maker.isBusy;
  }

  async make(job: Job): Promise<MadeFile> {
    this.#isSearching = true;
    try {
      return await this.#maker.make(job);
    } catch (error) {
      if (!endedProcess(error) || this.#isEnded) throw error;
      const without = await this.#textsThatEnd(job);
      if (without.length === 0 || this.#isEnded) throw error;
      return await this.#maker.make({ ...job, part: { from: 0, to: Infinity, without } });
    } finally {
      this.#isSearching = false;
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#maker.end();
  }

  /** Where time or tries run out, all of a part that is known to end the process. */
  async #textsThatEnd(job: Job): Promise<number[]> {
    const { seconds } = this.#limits;
    const until = performance.now() + seconds * CLOCK * 1_000;
    let tries = 0;
    const attempt = async (from: number, to: number, own: number) => {
      tries += 1;
      const left = Math.max(1, (until - performance.now()) / 1_000 / CLOCK);
      return this.#maker.make({ ...job, part: { from, to, without: [] }, seconds: Math.min(own, left) });
    };
    const { texts = 0 } = await attempt(0, 0, seconds);
    const found: number[] = [];
    const bad = [{ from: 0, to: texts }];
    for (let part = bad.shift(); part && !this.#isEnded; part = bad.shift()) {
      const { from, to } = part;
      if (to - from === 1) {
        found.push(from);
        continue;
      }
      const middle = (from + to) >>> 1;
      const halves = [
        { from, to: middle },
        { from: middle, to },
      ];
      const isOver = tries >= TRIES || performance.now() > until || found.length + bad.length >= MOST_LEFT_OUT;
      if (isOver) {
        for (let index = from; index < to; index += 1) found.push(index);
        continue;
      }
      for (const half of halves) {
        const own = Math.max(SHORTEST, (seconds * (half.to - half.from)) / texts);
        const isTaken = await attempt(half.from, half.to, own).then(
          () => true,
          (error: unknown) => !endedProcess(error),
        );
        if (!isTaken) bad.push(half);
      }
    }
    return found.sort((one, other) => one - other);
  }
}

const endedProcess = (error: unknown): boolean =>
  error instanceof MakeError && (error.name === 'ExportTooLong' || error.name === 'ExportEnded');
