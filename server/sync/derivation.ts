import type { SeatId } from '#domain/ids.ts';
import type { DeleteRange, ScannedUpdate } from '#protocol/update/scan.ts';
import { UpdateWriter } from '#protocol/update/write.ts';
import { replayDerived } from '#server/history/replayer.ts';
import { inBackground } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import { Credits } from './credits.ts';
import type { DocumentLog } from './document-log.ts';

interface Question {
  readonly seat: SeatId;
  readonly deletes: readonly DeleteRange[];
  resolve(isDerived: boolean): void;
}

const QUESTIONS = { perSecond: 0.2, burst: 10 }; // of one seat: one for each time that it connects, or that writing ends
const MOST_AT_ONCE = 64; // questions that one replay answers
const FORGET_ABOVE = 1_000; // seats

/**
 * Deletions that no update carries and that every copy has all the same (`derivedFrom`). They are asked for only when somebody who may
 * not write offers deletions that the log does not know: the document is replayed in a thread then, once for all who wait, and what
 * was learned is kept with the log.
 */
export class Derivation {
  readonly #name: string;
  readonly #log: () => DocumentLog;
  readonly #clock: () => number;
  readonly #credits = new Map<SeatId, Credits>();
  #waiting: Question[] = [];
  #isRunning = false;

  constructor(name: string, log: () => DocumentLog, clock: () => number) {
    this.#name = name;
    this.#log = log;
    this.#clock = clock;
  }

  /** Whether it may be nothing but that: all that it names is there, and no struct is new. */
  isPossible({ sections, deletes }: ScannedUpdate): boolean {
    const log = this.#log();
    return (
      sections.every(({ client, end }) => end <= log.clock(client)) &&
      deletes.every(({ client, clock, length }) => clock + length <= log.clock(client))
    );
  }

  /** Who asks too often waits for the answer. */
  async explains({ deletes }: ScannedUpdate, seat: SeatId): Promise<boolean> {
    const wait = this.#waitOf(seat);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait).unref());
    return new Promise((resolve) => {
      this.#waiting.push({ seat, deletes, resolve });
      if (!this.#isRunning) inBackground('what a document deletes was not derived', this.#run());
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#waiting.length > 0) await this.#answerSome(this.#waiting.splice(0, MOST_AT_ONCE));
    } finally {
      this.#isRunning = false;
    }
  }

  async #answerSome(asked: readonly Question[]): Promise<void> {
    const log = this.#log();
    const open = asked.filter(({ deletes, resolve }) => {
      const isKnown = areDeleted(log, deletes);
      if (isKnown) resolve(true);
      return !isKnown;
    });
    if (open.length > 0) await this.#answer(open, log);
  }

  async #answer(questions: readonly Question[], log: DocumentLog): Promise<void> {
    try {
      const { deleted, areTidy } = await replayDerived(log.whole(), questions.map(unknownOf(log)));
      // Read again meanwhile it is the same document still, and what was deleted in it stays so.
      for (const current of new Set([log, this.#log()])) {
        for (const [client, ranges] of byClient(deleted)) current.imply(client, ranges);
        for (const [index, { deletes }] of questions.entries()) {
          if (areTidy[index]) for (const range of deletes) current.imply(range.client, [range]);
        }
      }
      for (const [index, { resolve }] of questions.entries()) resolve(areTidy[index] ?? false);
    } catch (error) {
      report(`${this.#name} was not replayed`, error);
      for (const { resolve } of questions) resolve(false);
    }
  }

  #waitOf(seat: SeatId): number {
    const now = this.#clock();
    if (this.#credits.size > FORGET_ABOVE) this.#credits.clear();
    let credits = this.#credits.get(seat);
    if (!credits) this.#credits.set(seat, (credits = new Credits(QUESTIONS, now)));
    return credits.spend(1, now) ? 0 : credits.wait;
  }
}

const areDeleted = (log: DocumentLog, deletes: readonly DeleteRange[]) =>
  deletes.every(({ client, clock, length }) => log.isDeleted(client, clock, length));

const unknownOf =
  (log: DocumentLog) =>
  ({ deletes }: Question): Uint8Array => {
    const writer = new UpdateWriter();
    for (const range of deletes) {
      if (!log.isDeleted(range.client, range.clock, range.length)) writer.delete(range);
    }
    return writer.toUint8Array().slice();
  };

function byClient(flat: Float64Array): Map<number, { clock: number; length: number }[]> {
  const ranges = new Map<number, { clock: number; length: number }[]>();
  for (let at = 0; at < flat.length; at += 3) {
    const of = ranges.get(flat[at]!);
    const range = { clock: flat[at + 1]!, length: flat[at + 2]! };
    if (of) of.push(range);
    else ranges.set(flat[at]!, [range]);
  }
  return ranges;
}
