import type { FrameWriter } from './frame-writer.ts';

const MOST_BUFFERED = 8_000_000; // bytes a slow reader may have waiting; it is cut and syncs again
const LEAST_PROGRESS = 65_536; // bytes between two looks at a reader that is behind
const MOST_STUCK_BEATS = 8; // 40 s

/** How far one reader is behind, and how long it may be. */
export class Arrears {
  readonly #writer: Pick<FrameWriter, 'waiting' | 'taken'>;
  /** Bytes of a first answer that may wait beside everything else. */
  #owed = 0;
  #takenBefore = 0;
  #stuckBeats = 0;

  constructor(writer: Pick<FrameWriter, 'waiting' | 'taken'>) {
    this.#writer = writer;
  }

  /** More waits than a reader may let wait. */
  get areTooLarge(): boolean {
    return this.#writer.waiting > MOST_BUFFERED + this.#owed;
  }

  /** It asked for so much: whoever takes a large document in slowly has all the time, as long as it goes on. */
  owe(bytes: number): void {
    if (this.#writer.waiting + bytes > MOST_BUFFERED / 2) this.#owed = Math.max(this.#owed, bytes);
  }

  /** Asked at every beat. False when it has taken in next to nothing for too long. */
  shrink(): boolean {
    const { waiting, taken } = this.#writer;
    if (waiting < MOST_BUFFERED / 2) this.#owed = 0;
    if (waiting === 0 || taken - this.#takenBefore > LEAST_PROGRESS) {
      this.#takenBefore = taken;
      this.#stuckBeats = 0;
    } else this.#stuckBeats += 1;
    return this.#stuckBeats <= MOST_STUCK_BEATS;
  }
}
