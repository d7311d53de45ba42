import { encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import { joinUpdates } from '#protocol/update/join.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { DocumentLog } from './document-log.ts';
import { framed } from './ws-frame.ts';

const MOST_BEHIND = 64; // updates sent after the shared frame before it is made anew
const MOST_ANSWERS = 16; // state vectors whose answers are kept: after a restart a whole hall asks the same

/** Answers to SyncStep1, each encoded once for everybody who asks the same. */
export class Newcomers {
  readonly #log: DocumentLog;
  #whole: Uint8Array | null = null;
  #behind: ScannedUpdate[] = [];
  #behindFrame: Uint8Array | null = null;
  readonly #answers = new Map<string, Uint8Array>();

  constructor(log: DocumentLog) {
    this.#log = log;
  }

  /** The document grew. */
  appended(update: ScannedUpdate): void {
    this.#answers.clear();
    this.#behindFrame = null;
    if (!this.#whole) return;
    this.#behind.push(update);
    if (this.#behind.length > MOST_BEHIND) {
      this.#whole = null;
      this.#behind = [];
    }
  }

  /** Frames for somebody with these clocks: a SyncStep2, and what came since the shared one was made. */
  answer(clocks: ReadonlyMap<number, number>): Uint8Array[] {
    if (clocks.size === 0) return this.#answerAll();
    const key = [...clocks].join();
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = framed(encodeStep2(this.#log.since(clocks)));
      if (this.#answers.size < MOST_ANSWERS) this.#answers.set(key, answer);
    }
    return [answer];
  }

  #answerAll(): Uint8Array[] {
    this.#whole ??= framed(encodeStep2(this.#log.whole()));
    if (this.#behind.length === 0) return [this.#whole];
    this.#behindFrame ??= framed(encodeUpdate(joinUpdates(this.#behind)));
    return [this.#whole, this.#behindFrame];
  }
}
